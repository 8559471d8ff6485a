"""A screenplay with the traps of public sample scripts, in our own words."""

from __future__ import annotations

from agent.story import parse_story, read_story

SCRIPT = """FADE IN:

EXT. RIVER BANK - DAY

SOUND of rushing water. PUSH IN on EDMUND (17, thin, red scarf), who slugs a bottle of milk.

NARRATOR (V.O.)
He was the biggest liar in the county.

EDMUND
I caught a fish as long as a church.

CLOSE ON the fish. It winks.

CUT TO:

INT. TAVERN - NIGHT

Laughter. OLD EDMUND (70) stands on a table. WILL (40), his son, nurses a drink by the door.

OLD EDMUND
And then the fish spoke!

WILL
(quietly)
Every time.

SMASH CUT TO:

EXT. TAVERN - LATER

Rain. WIDE ANGLE. Will walks away. A NURSE passes him.

NURSE
Is he yours?

BARMAN #2
Last call!

FADE OUT.
"""


def test_leads_are_leads_and_no_camera_or_sound_word_is_somebody() -> None:
    board = read_story(parse_story(SCRIPT))
    names = [character.name for character in board.characters]
    assert names[:2] == ["Edmund", "Will"]
    assert set(names) == {"Edmund", "Will", "Narrator", "Nurse", "Barman #2"}, "every speaker, and nobody else"
    assert "slug" not in board.characters[0].description


def test_headings_give_place_and_time_and_rain_is_where_it_rains() -> None:
    scenes = read_story(parse_story(SCRIPT)).scenes
    opening = [
        next(scene for scene in scenes if heading in scene.text) for heading in ("BANK", "INT. TAVERN", "EXT. TAVERN")
    ]
    assert [(scene.setting, scene.time, scene.weather) for scene in opening] == [
        ("river bank", "day", ""),
        ("tavern", "night", ""),
        ("outside tavern", "", "rain"),
    ]


SHOUTED = """\
INT. GYM - DAY

MUSIC BUILDS. A WHISTLE. OTIS, 40, walks in with a PIANO. OTIS HUFFS.

OTIS
Where is everybody?

RITA AND OTIS
Here!

INT. HALL - NIGHT

YOUNG OTIS, nine, runs in. Poor Otis Marlow cries. CHEERS. Rita waves.

YOUNG OTIS
Wait!

DR. PEEL
Sit down.

MAN IN A HAT
No.
"""


def test_speakers_are_who_a_script_is_about_and_what_is_shouted_is_nobody() -> None:
    board = read_story(SHOUTED)
    names = {person.name for person in board.characters}
    assert {"Otis", "Rita", "Dr Peel"} <= names
    assert len(names) == len(board.characters), "no name twice"
    shouted = ("Music", "Whistle", "Piano", "Cheers", "Huffs", "And", "Marlow")
    assert not [name for name in names if set(name.split()) & set(shouted)]
    leads = {person.id: person.name for person in board.characters}
    here = next(scene for scene in board.scenes if "Here!" in scene.text)
    assert {"Otis", "Rita"} <= {leads[name] for name in here.characters}
