"""Reading English: sentences, noun phrases and clauses as small values of our own. Only this package imports spaCy.

    document = parse("The old miller drove his ass along the road.")
    document.clauses[0].subject.head.lemma   # "miller"

Other languages have no parser here; `agent.story` reads them by its tables.
"""

from agent.language.parser import is_common_word, knows_word, load_parser, parse, parse_all, parser_digest
from agent.language.structure import PRONOUNS, Clause, Document, NounPhrase, Place, Pronoun, Token
from agent.language.words import participle, singular, with_article, without_article

__all__ = [
    "PRONOUNS",
    "Clause",
    "Document",
    "NounPhrase",
    "Place",
    "Pronoun",
    "Token",
    "is_common_word",
    "knows_word",
    "load_parser",
    "parse",
    "parse_all",
    "parser_digest",
    "participle",
    "singular",
    "with_article",
    "without_article",
]
