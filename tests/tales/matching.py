"""Match a board's panels to the sentences of a tale, and its characters to the tale's cast."""

from __future__ import annotations

import re
import unicodedata

from tests.tales.words import HUMAN, KINDS, has, has_any, plain, single, strength


def squash(text, gold):
    text = re.sub(r"\s+", "", unicodedata.normalize("NFC", text or ""))
    return "".join(c for c in text.lower() if c not in gold["markup"]) if "markup" in gold else text


def place(gold, scenes):
    """Find for each sentence its (first, last) panel, or None where it is lost; and the text that is no sentence."""
    texts = [squash(s.get("text"), gold) for s in scenes]
    owner = [i for i, text in enumerate(texts) for _ in text]
    whole, at, spans, rest = "".join(texts), 0, [], []
    for sentence in gold["sentences"]:
        wanted = squash(sentence["text"], gold)
        start = whole.find(wanted, at)
        if start < 0:
            spans.append(None)
            continue
        rest.append(whole[at:start])
        at = start + len(wanted)
        spans.append((owner[start], owner[at - 1]))
    rest = "\n".join([*rest, whole[at:]])
    for extra in sorted(gold.get("extras", []), key=len, reverse=True):
        rest = rest.replace(squash(extra, gold), "")
    return spans, re.sub(r"[\W_]+", "", rest)


def partition_fault(gold, spans, rest):
    lost = [i for i, span in enumerate(spans) if span is None]
    cut = [i for i, span in enumerate(spans) if span and span[0] != span[1]]
    if lost:
        return (
            f"{len(lost)} sentences lost, altered or out of order (first: {gold['sentences'][lost[0]]['text'][:50]!r})"
        )
    if cut:
        return f"{len(cut)} sentences cut by a panel's edge (first: {gold['sentences'][cut[0]]['text'][:50]!r})"
    return f"text that is not the tale's: {rest[:60]!r}" if rest else None


def cut_scores(gold, spans):
    first = [span[0] if span else None for span in spans]
    made = {i for i in range(1, len(first)) if None not in first[i - 1 : i + 1] and first[i] != first[i - 1]}
    primary, tolerated = gold["boundaries"]["primary"], set(gold["boundaries"]["tolerated"])
    good = made & (tolerated | {i for group in primary for i in group})
    hit = [group for group in primary if made & set(group)]
    return {"made": len(made), "good": len(good), "wanted": len(primary), "hit": len(hit)}


class Cast:
    """The board's characters matched to the gold's cast: `ids[board id]` is the set of gold ids it stands for."""

    def __init__(self, gold, board):
        self.gold, self.people = gold, {c["id"]: c for c in gold["cast"]}
        self.board = {c["id"]: c for c in board.get("characters") or [] if isinstance(c, dict) and c.get("id")}
        self.ids, self.strangers, self.errors, self.owner, self.odd = {}, set(), [], {}, set()
        groups = {}
        for b, c in self.board.items():
            for group in gold["groups"]:
                if any(strength(c.get("name"), n) >= 3 for n in group["names"]) and self.best(c, gold["cast"])[0] < 3:
                    groups[b] = set(group["members"])
        pairs = sorted(
            (
                (self.fit(c, g), -j, -i, b, g["id"])
                for i, (b, c) in enumerate(self.board.items())
                for j, g in enumerate(gold["cast"])
                if b not in groups
            ),
            reverse=True,
        )
        weak = {}
        for score, _, _, b, g in pairs:
            if (
                score
                and b not in self.ids
                and g not in self.owner
                and score + 1 >= self.best(self.board[b], gold["cast"])[0]
            ):
                self.ids[b], self.owner[g] = {g}, b
                weak[b] = score <= 1
        for b, members in groups.items():
            self.ids[b] = members
            if not any(m in self.owner for m in members):
                self.errors.append(("merged", f"{' and '.join(sorted(members))} only as {self.name(b)!r}"))
                for m in members:
                    self.owner.setdefault(m, b)
        for b, c in self.board.items():
            if b in self.ids:
                continue
            score, g = self.best(c, gold["cast"])
            shunned = any(strength(c.get("name"), n) >= 2 for n in gold["not_cast"])
            if score >= 3 or (score and not shunned):
                self.ids[b] = {g}
                self.errors.append(
                    ("split", f"{self.name(b)!r} is {g} again, who is {self.name(self.owner[g])!r} already")
                )
            else:
                self.strangers.add(b)
                self.errors.append(("not cast", f"{self.name(b)!r}: {c.get('description') or ''}"))
        for b, ids in self.ids.items():
            if weak.get(b):
                other = [g["id"] for g in gold["cast"] if g["id"] not in self.owner and self.fit(self.board[b], g) == 1]
                if other:
                    self.errors.append(("merged", f"{self.name(b)!r} for {' and '.join(sorted(ids) + other)}"))
            if len(ids) == 1:
                g = next(iter(ids))
                other = [
                    h["id"]
                    for h in gold["cast"]
                    if h["id"] != g and max(strength(self.name(b), n) for n in h["names"]) >= 1
                ]
                if other and not any(strength(self.name(b), n) for n in self.people[g]["names"]):
                    self.errors.append(("merged", f"{self.name(b)!r} is {g} by its aliases and {other[0]} by its name"))
                for h in gold["cast"]:
                    own = self.people[g]["names"] + (self.people[g]["kind"] or [])
                    theirs = [a for a in self.aliases(self.board[b]) if any(strength(a, n) == 4 for n in h["names"])]
                    if h["id"] not in self.owner and any(not any(strength(a, n) >= 3 for n in own) for a in theirs):
                        self.errors.append(("merged", f"{self.name(b)!r} has the name of {h['id']} among its aliases"))
            self.check_kind(b, ids)
        self.missing = [g["id"] for g in gold["cast"] if g["id"] not in self.owner and not g.get("optional")]

    @staticmethod
    def aliases(c):
        found = c.get("aliases")
        return [str(a) for a in found] if isinstance(found, list) else []

    def name(self, b):
        return self.board[b].get("name")

    def fit(self, c, g):
        by_name = max(strength(c.get("name"), n) for n in g["names"])
        by_alias = max([strength(a, n) for a in self.aliases(c) for n in g["names"]], default=0)
        return max(by_name, 1.5 if by_alias >= 3 else 0)

    def best(self, c, people):
        return max(((self.fit(c, g), g["id"]) for g in people), key=lambda x: x[0], default=(0, None))

    def check_kind(self, b, ids):
        """The description must not say that it is something else. One that says nothing leaves it to the name."""
        kinds, said = (
            [k for g in sorted(ids) for k in self.people[g]["kind"] or ()],
            plain(self.board[b].get("description")),
        )
        if not kinds or has_any(said, kinds):
            return
        claimed = {w for w in map(single, re.findall(r"\w+", said)) if w in KINDS}
        if claimed and not (claimed <= {"person"} and set(kinds) & HUMAN):
            self.odd.add(b)
            self.errors.append(("wrong kind", f"{self.name(b)!r} is {said!r}, not {'/'.join(kinds[:3])}"))

    def find_merged(self, panels):
        """Someone without a character whose panels list another one instead who is not there: two people in one."""
        for lost in list(self.missing):
            for p in panels:
                if lost in p["present"]:
                    for b in p["listed"]:
                        ids = self.ids.get(b, set())
                        alike = any(
                            set(self.people[g]["kind"] or ()) & set(self.people[lost]["kind"] or ()) for g in ids
                        )
                        told = any(
                            has(r["text"], n, whole=True)
                            for g in ids
                            for n in self.people[g]["names"]
                            for r in p["rows"]
                        )
                        if ids and alike and not told and not ids & p["allowed"]:
                            note = ("merged", f"{self.name(b)!r} stands for {' and '.join(sorted(ids))} and for {lost}")
                            if note not in self.errors:
                                self.errors.append(note)
