"""The eighth held-out set, on boards of two other stories, written before the planner that reads by grammar was tuned:
scopes, wishes put as statements, short notes, reasons, follow-ups."""

from __future__ import annotations

from dataclasses import replace

from tests.eval_agent.expect import Expect
from tests.eval_agent.say import H, character, may, nothing, only, order
from tests.eval_agent.tales import ALPINE, MARKET

__all__ = ["REQUESTS"]

ALPINE_REQUESTS = [
    H(
        "in panel 3 make it windy and give Paul a red backpack",
        "scope",
        only(3, picture="backpack") & character("Paul"),
    ),
    H("4: wide, low angle", "note", only(4, shot="wide|low")),
    H(
        "could the second one possibly be a bit gloomier? it looks like a postcard",
        "look",
        only(2, picture="gloom|dark"),
    ),
    H("5 and 6 should take place during a blizzard", "weather", only(5, 6, picture="blizzard|snow")),
    H("it's night from panel 6 onwards", "time", only(6, time="night") & only(7, time="night") & may(8)),
    H(
        "Greta wears a yellow parka, not a blue one",
        "describe",
        character("Greta", description="yellow") & may(1, 2, 3, 4, 5, 6, 7, 8),
    ),
    H("put a red flag on the edge of the crevasse in the fifth picture", "add", only(5, picture="flag")),
    H("we can do without the one where Ivy slips", "delete", order("1 2 3 4 6 7 8")),
    H("swap panels three and four, the fog should come first", "move", order("1 2 4 3 5 6 7 8")),
    H("the hut ought to look cosier in 7", "look", only(7, picture="cos|coz|warm")),
    H("Bruno is a black dog", "describe", character("Bruno", description="black") & may(1, 2, 3, 4, 5, 6, 7, 8)),
    H("I would love an extra panel after 8 in which Greta blows out the lamp", "insert", order("1 2 3 4 5 6 7 8 n")),
    H("drop the fog in 4, we want to see the peaks", "remove", only(4, weather="!fog")),
    H("hold 6 a second longer", "duration", only(6, duration=5.0)),
    H("and the same for the one after it", "follow-up", only(7, time="sunset|evening|dusk"), "make 6 at sunset"),
    H("who is in the hut?", "question", nothing("Greta|7")),
    H("Ivy's name should be Iris", "rename", character("Ivy", name="Iris") & may(1, 2, 3, 4, 5, 6, 7, 8)),
    H("everything except the first two as a woodcut", "style", only(3, 4, 5, 6, 7, 8)),
    H("would you mind shooting 8 from above?", "shot", only(8, shot="above|overhead|high")),
    H("in 1 she should be yawning", "action", only(1, picture="yawn")),
]

MARKET_REQUESTS = [
    H("where it rains, make it pour with hail", "condition", only(7, picture="hail")),
    H("make the oranges bigger in 1", "look", only(1)),
    H("2 - closer, 3 - from below", "note", only(2, shot="close|tight|medium") & only(3, shot="below|low")),
    H("the policeman needs a moustache", "describe", may(3) & character("Policeman", description="moustache")),
    H("let the chase happen at dusk", "time", only(3, picture="dusk|evening|sunset")),
    H("in the first three the sun is blazing", "weather", only(1, 2, 3, picture="sun")),
    H(
        "get rid of the water tank in 4 please, nobody knows what it is",
        "remove",
        only(4, picture="!behind a water tank"),
    ),
    H("nobody should be crying in 4", "action", only(4, action="!cries|crying|cried")),
    H("6 needs a title, call it The Apron", "title", only(6, title="The Apron")),
    H("tell it in five panels", "count", Expect(count=5)),
    H(
        "Nuri is nine years old and barefoot",
        "describe",
        character("Nuri", description="barefoot") & may(2, 3, 4, 5, 6, 7),
    ),
    H("what did I change last?", "question", nothing("2"), "make 2 foggy"),
    H("no, not 2, I meant 3", "correction", only(3, weather="fog") & may(2), "make 2 foggy"),
    H("scene 12 could be darker", "impossible", Expect()),
    H("do not change anything but tell me who is in 3", "question", nothing("Policeman|Nuri")),
    H("split 6 in two: the basket, then the apron", "split", order("1 2 3 4 5 6 n 7") & may(6)),
    H("I want Selma standing on the left in 7, and Nuri on the right", "staging", only(7)),
    H("turn the alley into a narrow staircase", "place", may(2, 3, 4, 5, 6, 7) & Expect(says="staircase")),
    H("a close-up of the basket should follow 6", "insert", order("1 2 3 4 5 6 n 7")),
    H("the ending is too sad, make it happier", "look", only(7, picture="happ|cheer|joy")),
]

REQUESTS = [
    replace(request, tale=tale)
    for tale, requests in ((ALPINE, ALPINE_REQUESTS), (MARKET, MARKET_REQUESTS))
    for request in requests
]
