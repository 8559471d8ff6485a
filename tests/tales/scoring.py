"""Score how faithfully the panels of a board tell a tale: who, where, when, in what weather, and who does it."""

from __future__ import annotations

import re

from tests.tales.matching import Cast, cut_scores, partition_fault, place
from tests.tales.words import CLAUSE, VAGUE, forms, has, has_any, has_words, plain, tokens


def without_cast(prompt, cast):
    """The prompt without names and descriptions, so that a farmer is no farm."""
    text = plain(prompt)
    for c in cast.board.values():
        for words in (c.get("description"), c.get("name")):
            if plain(words):
                text = re.sub(r"(?<!\w)" + re.escape(plain(words)) + r"(?!\w)", " ", text)
    return text


def judge(field, prompt, rows, kind):
    """("right" | "part" | "wrong" | "missing" | "carried" | "free", what was wanted)

    The sentences of each dramatic scene are looked at together: a claim must fit every scene that states something.
    "part": it fits one of them and not another; "carried": nothing is claimed, and nothing is stated there."""
    scenes = {}
    for r in rows:
        scenes.setdefault(r["scene"], []).append(r)
    text, fits, fails, values = field or prompt, 0, [], [r[kind] for r in rows]
    for members in scenes.values():
        wanted = [w for r in members if isinstance(r[kind], list) for w in r[kind]]
        if wanted and has_any(text, wanted):
            fits += 1
        elif wanted:
            fails.append((any(kind in r["stated"] for r in members), "/".join(dict.fromkeys(wanted[:4]))))
    stated = [note for said, note in fails if said]
    if fits:
        return ("part", stated[0]) if stated else ("right", "")
    if fails and field:
        return "wrong", fails[0][1]
    if fails:
        return ("missing", stated[0]) if stated else ("carried", "")
    if field and has_any(field, [w for v in values if isinstance(v, dict) for w in v["not"]]):
        return "wrong", ""
    if field and any(v is None for v in values) and "unknown" not in values:
        return "wrong", ""
    return "free", ""


def main_people(rows):
    """Who must be seen: where something is done, doers and whoever is there most of the time; else speakers."""
    acts = [r["does"]["who"] for r in rows if r["does"]]
    if not acts:
        return {d["who"] for r in rows for d in r.get("also", [])} - {"nobody", "thing"}
    peopled = [r["present"] for r in rows if r["present"]]
    return set(acts) | {g for present in peopled for g in present if 2 * sum(g in p for p in peopled) >= len(peopled)}


def subjects(text, cast):
    """Find the ids that the words before a verb name, longest names first, and names there that are no cast."""
    text, found = re.sub(r"(?<!\w)\S+'s?(?!\w)\s+(?=\w)", " ", plain(text)), set()
    named = [(cast.board[b].get("name"), ids) for b, ids in cast.ids.items()]
    named += [(n, {g["id"]}) for g in cast.gold["cast"] for n in g["names"]]
    named += [(n, set(g["members"])) for g in cast.gold["groups"] for n in g["names"]]
    named += [(n, {"?" + n}) for n in cast.gold["not_cast"]]
    for name, ids in sorted(named, key=lambda x: -len(plain(x[0]))):
        words = " ".join(tokens(name))
        if words and set(tokens(name)) - VAGUE and has(text, words, whole=True):
            found |= ids
            text = re.sub(r"(?<!\w)" + re.escape(words) + r"(?!\w)", " ", text)
    return found


def judge_deed(action, rows, cast, allowed):
    """("right" | "wrong" | "free", note): whether the one who acts in the panel's action did that in the tale."""
    words = re.findall(r"[\w'\-]+", plain(action))
    deeds = [d for r in rows for d in ([r["does"]] if r["does"] else []) + r.get("also", [])]
    verdict, last = None, 0
    for at, word in enumerate(words):
        doers = {d["who"] for d in deeds if word in forms(d["verb"])}
        if not doers or at == 0 or words[at - 1] in {"being", "been", "is", "was", "are", "were", "be", "a", "the"}:
            continue
        between = set(words[last:at])
        if verdict and ("and" not in between or between & CLAUSE):  # after the first verb only "... and detected him"
            break
        who = subjects(" ".join(words[:at]), cast)
        if not who:
            break
        if not who & doers:
            return "wrong", f"{action!r}: in the tale {' or '.join(sorted(doers))}"
        verdict, last = "right", at
    if verdict:
        return verdict, ""
    ing = next((i for i, w in enumerate(words) if i and len(w) > 4 and w.endswith("ing")), None)
    who = subjects(" ".join(words[:ing]), cast) if ing else set()
    if who and not who & allowed and rows:
        return "wrong", f"{action!r}: {', '.join(sorted(w.strip('?') for w in who))} not there"
    return "free", ""


def score_tale(gold, board):
    scenes = sorted((board or {}).get("scenes") or [], key=lambda s: s.get("position") or 0)
    spans, rest = place(gold, scenes)
    cast, panels = Cast(gold, board), []
    scene_of = {i: k for k, h in enumerate(gold["headings"]) for i in range(h[0], h[1] + 1)}
    for n, scene in enumerate(scenes):
        inside = [i for i, span in enumerate(spans) if span and span[0] <= n <= span[1]]
        rows = [gold["sentences"][i] | {"scene": scene_of.get(i, -1 - i)} for i in inside]
        present = {w for r in rows for w in r["present"]}
        panels.append(
            {
                "n": n + 1,
                "inside": inside,
                "rows": rows,
                "scene": scene,
                "present": present,
                "allowed": present | {w for r in rows for w in r["maybe"]},
                "listed": [c for c in scene.get("characters") or [] if c in cast.board],
                "faults": [],
            }
        )
    cast.find_merged(panels)
    result = {
        "panels": len(scenes),
        "range": gold["panels"],
        "partition": partition_fault(gold, spans, rest),
        "cut": cut_scores(gold, spans),
        "errors": cast.errors,
        "missing_cast": cast.missing,
        "counts": {},
    }
    tally = result["counts"]

    def count(key, by=1):
        tally[key] = tally.get(key, 0) + by

    count("cast wanted", len([g for g in gold["cast"] if not g.get("optional")]))
    count("cast found", len([g for g in gold["cast"] if not g.get("optional") and g["id"] in cast.owner]))
    count("cast made", len(cast.board))
    count("cast good", len(cast.board) - sum(kind in ("split", "not cast") for kind, _ in cast.errors))
    for p in panels:
        if not p["inside"]:
            continue
        count("panels")
        scene, rows, prompt = p["scene"], p["rows"], p["scene"].get("prompt") or ""

        def fault(kind, note, faults=p["faults"]):
            faults.append((kind, note))

        seen = set().union(*[cast.ids[b] for b in p["listed"] if b in cast.ids]) if p["listed"] else set()
        for b in p["listed"]:
            there = b not in cast.strangers and bool(cast.ids[b] & p["allowed"])
            count("listed")
            count("listed rightly", there)
            if not there:
                fault("not there", f"{cast.name(b)!r}" + (" (no one in the tale)" if b in cast.strangers else ""))
            elif b in cast.odd:
                fault("wrong kind", f"{cast.name(b)!r}: {cast.board[b].get('description')!r}")
        main, absent = main_people(rows), []
        for g in sorted(p["present"]):
            if cast.people[g].get("optional"):
                continue
            shown = g in seen or any(
                has(prompt, n, whole=True) for n in cast.people[g]["names"] if set(tokens(n)) - VAGUE
            )
            count("present wanted")
            count("present shown", shown)
            if not shown:
                absent.append(g)
                if g in main:
                    fault("missing", g)
            for look in cast.people[g]["looks"]:
                if look["at"] <= max(p["inside"]) and look.get("until", 10**6) >= min(p["inside"]):
                    count("looks wanted")
                    count("looks shown", any(has_words(prompt, t) for t in look["any"]))
        if absent and not main and not p["present"] - set(absent):
            fault("missing", " or ".join(absent))
        for prop in {tuple(x) for r in rows for x in r["props"]}:
            count("props wanted")
            count("props shown", has_any(prompt, prop))
        count("false props", len({plain(x) for x in scene.get("props") or []} & set(gold["not_props"])))
        for key, field in (("place", "setting"), ("time", "time"), ("weather", "weather")):
            verdict, wanted = judge(scene.get(field) or "", without_cast(prompt, cast), rows, key)
            count(f"{key} {verdict}")
            if verdict == "wrong":
                fault(f"wrong {key}", f"{scene.get(field)!r}" + (f", not {wanted}" if wanted else ""))
            elif verdict == "part":
                fault(f"two {key}s", f"{scene.get(field) or 'one'!r}, and {wanted} in the same panel")
            elif verdict == "missing" and key != "weather":
                fault(f"no {key}", wanted)
        verdict, note = judge_deed(scene.get("action") or "", rows, cast, p["allowed"])
        count(f"doer {verdict}")
        if verdict == "wrong":
            fault("wrong doer", note)
        count("straddle", sum(bool(set(range(h[0], h[1] + 1)) & set(p["inside"])) for h in gold["headings"]) > 1)
        count("faithful", not p["faults"])
        for kind in {f[0] for f in p["faults"]}:
            count(f"panels with: {kind}")
    for kind, _ in cast.errors:
        count(f"identity: {kind}")
    result["faults"] = [
        {"panel": p["n"], "sentences": [min(p["inside"]), max(p["inside"])], "kind": k, "note": t}
        for p in panels
        for k, t in p["faults"]
    ]
    return result


def ratio(a, b):
    return f"{a / b:.2f}" if b else "-"


def f1(cut):
    p = cut["good"] / cut["made"] if cut["made"] else float(not cut["wanted"])
    r = cut["hit"] / cut["wanted"] if cut["wanted"] else 1.0
    return 2 * p * r / (p + r) if p + r else 0.0


COLUMNS = [
    ("tale", 18),
    ("panels", 14),
    ("part", 6),
    ("F1", 5),
    ("2sc", 4),
    ("castP", 6),
    ("castR", 6),
    ("spl", 4),
    ("mrg", 4),
    ("kind", 5),
    ("non", 4),
    ("presP", 6),
    ("presR", 6),
    ("looks", 6),
    ("props", 6),
    ("place", 12),
    ("time", 12),
    ("weather", 9),
    ("doer", 6),
    ("faithful", 13),
]


def line(name, r):
    def c(key):
        return r["counts"].get(key, 0)

    def verdicts(key):
        return "/".join(str(c(f"{key} {verdict}")) for verdict in ("right", "part", "wrong", "missing"))

    cells = [
        name,
        r["count_cell"],
        r["part_cell"],
        f"{r['f1']:.2f}",
        c("straddle"),
        ratio(c("cast good"), c("cast made")),
        ratio(c("cast found"), c("cast wanted")),
        c("identity: split"),
        c("identity: merged"),
        c("identity: wrong kind"),
        c("identity: not cast"),
        ratio(c("listed rightly"), c("listed")),
        ratio(c("present shown"), c("present wanted")),
        ratio(c("looks shown"), c("looks wanted")),
        ratio(c("props shown"), c("props wanted")),
        verdicts("place"),
        verdicts("time"),
        verdicts("weather"),
        f"{c('doer right')}/{c('doer wrong')}",
        f"{c('faithful')}/{c('panels')} {ratio(c('faithful'), c('panels'))}",
    ]
    return "".join(
        f"{x!s:<{w}}" if i == 0 else f"{x!s:>{w}}" for i, (x, (_, w)) in enumerate(zip(cells, COLUMNS, strict=True))
    )


def total(results):
    counts = {}
    for r in results:
        for k, v in r["counts"].items():
            counts[k] = counts.get(k, 0) + v
    n = len(results)
    return {
        "counts": counts,
        "least": sum(max(r["panels"], r["range"][0]) for r in results),
        "f1": sum(r["f1"] for r in results) / n if n else 0.0,
        "count_cell": f"{sum(r['in_range'] for r in results)}/{n} in range",
        "part_cell": f"{sum(not r['partition'] for r in results)}/{n}",
    }
