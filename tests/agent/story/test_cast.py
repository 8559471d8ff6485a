"""Who is in a story, and who is not."""

from __future__ import annotations

from agent.story.cast import find_cast


def test_weather_and_times_of_day_that_open_a_sentence_are_nobody() -> None:
    cast = find_cast(["Nina sat on the roof. Snow had begun to fall. Night came over the city. Nina smiled."])
    assert [person.name for person in cast.characters] == ["Nina"]
