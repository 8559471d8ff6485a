"""English verbs as stories use them: from the past tense (or the present) to the form that a picture shows
("running")."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["base_of_present", "is_verb", "participle"]

# past tense -> base form
_IRREGULAR = dict(
    pair.split("/")
    for pair in """
    ran/run sat/sit stood/stand lay/lie slept/sleep woke/wake ate/eat drank/drink swam/swim flew/fly rode/ride
    drove/drive fell/fall rose/rise threw/throw caught/catch held/hold took/take gave/give brought/bring bought/buy
    built/build broke/break came/come went/go left/leave met/meet found/find lost/lose sought/seek hid/hide
    fought/fight shook/shake wept/weep sang/sing rang/ring sprang/spring swung/swing hung/hang drew/draw wrote/write
    read/read said/say told/tell spoke/speak saw/see heard/hear felt/feel knew/know thought/think kept/keep
    crept/creep leapt/leap swept/sweep knelt/kneel bent/bend sent/send lent/lend spent/spend led/lead fed/feed
    fled/flee slid/slide bit/bite lit/light set/set put/put let/let cut/cut hit/hit shut/shut spread/spread
    split/split burst/burst grew/grow blew/blow wore/wear tore/tear bore/bear swore/swear stole/steal froze/freeze
    chose/choose began/begin became/become sank/sink shrank/shrink stuck/stick struck/strike dug/dig spun/spin
    won/win paid/pay made/make sold/sell taught/teach understood/understand forgot/forget got/get wound/wind
    bound/bind ground/grind shone/shine shot/shoot clung/cling flung/fling stung/sting strode/stride wove/weave
    dove/dive snuck/sneak dealt/deal meant/mean dreamt/dream learnt/learn burnt/burn spilt/spill laid/lay beat/beat
    quit/quit hurt/hurt cast/cast bid/bid rid/rid awoke/awake arose/arise withdrew/withdraw overtook/overtake
""".split()  # noqa: SIM905
)
_BASES = frozenset(_IRREGULAR.values())
# Regular verbs whose last consonant doubles.
_DOUBLED = frozenset(
    """
    stop drop clap hop skip slip trip grab hug beg nod pat tap rub drag wrap step grin hum plan pet rip sip snap
    spot strap tug wag whip zip chat chop clip dip drip flap flip jog knit mop nap pin plop pop rob scrub ship
    shrug slam sob spin stir stun swap tip trot trim whir
""".split()  # noqa: SIM905
)
# Common regular verbs, for stories in the present tense.
_REGULAR = frozenset(
    """
    pull push ask cross pass kiss miss press dress guess toss hiss confess wait shout point start want paint
    visit wander whisper gather answer enter remember follow borrow bow row show glow climb turn return burn
    learn lean look cook hook knock walk talk thank drink help jump bump pick lick kick call fill spill smell
    yell roll fall listen open happen hurl clean rain train explain gain lift drift rest hunt hurt count shiver
    tremble cover discover wonder murmur mutter offer peer appear steer cheer hear fear clear roar soar pour
    tear wear crawl howl growl sail fail trail seem scream dream beam gleam roam join coin land hand stand
    stretch watch reach search march touch catch munch crunch lurch perch float heat repeat treat greet sleep
    weep keep peep creep sweep leap repair attack crack back pack lock rock duck tuck suck sink wink blink think
    bank spark bark park mark work fork milk sulk hang long bring sing ring cling swing belong visit limit edit
    exit benefit sweat rush wash brush crash splash finish vanish wish fish polish escort comfort report sort
    snort hoist twist exist insist trust dust rust rattle balance sprint print tilt melt belt salt plant fix mix
    box tax relax play stay pray obey buy say lay delay enjoy destroy annoy carry hurry cry try fry dry spy
    study marry bury tidy worry copy empty reply apply fly camp stamp swamp stomp thump pump dump limp bow mow
    flow blow snow grow throw saw draw gaze stumble signal travel pedal kneel peel feel reel heal steal seal
    reveal haul sprawl unfurl whirl twirl swirl curl laugh
    bake live love move use decide arrive smile dance chase raise place hope like close share notice race pause serve
    save wave breathe bathe tie glide stare doze sneeze squeeze tumble mumble grumble rumble fumble giggle wiggle
    wriggle struggle juggle snuggle cuddle huddle paddle handle whistle settle nestle wrestle sparkle twinkle sprinkle
    chuckle tickle circle gobble nibble scribble topple shuffle sniffle guide invite taste promise surprise rescue
    continue argue imagine examine phone escape scrape wipe type change charge arrange manage emerge plunge lunge
    trudge nudge dodge prepare care dare glare scare gasp grasp clasp sew snatch scratch stitch need deliver order
    unlock unpack unwrap unfold believe wake prove receive announce bounce dangle mingle
""".split()  # noqa: SIM905
)


@lru_cache(maxsize=20_000)
def participle(verb: str) -> str:
    """The -ing form of a verb in the past or base form ("ran", "run" -> "running"); "" for what is no known verb.
    Regular
    past forms are told by their ending."""
    verb = verb.lower()
    if verb in _IRREGULAR:
        return _ing(_IRREGULAR[verb])
    if verb.endswith("ing") and len(verb) > 5:
        return verb
    if verb.endswith("ied") and len(verb) > 4:
        return verb[:-3] + "ying"
    if verb.endswith("ed") and len(verb) > 3:
        return verb[:-2] + "ing"  # right with or without a silent "e": danced, walked, stopped
    return _ing(verb) if verb in _BASES or verb in _DOUBLED or verb in _REGULAR else ""


@lru_cache(maxsize=20_000)
def is_verb(word: str) -> bool:
    """Whether a word is, or looks like, a verb in the past tense."""
    word = word.lower()
    return word in _IRREGULAR or word in ("was", "were", "had", "did", "could", "would") or (
        word.endswith("ed") and len(word) > 3 and word not in ("red", "bed", "indeed", "hundred", "sacred", "wicked",
        "naked")
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def base_of_present(word: str) -> str:
    """The base form of a verb in the third person of the present ("takes", "watches", "carries" -> "take", "watch",
    "carry"); "" for what is no known one. Some are nouns too ("lights")."""
    word = word.lower()
    bases = (word[:-1], word[:-2] if word.endswith("es") else "", word[:-3] + "y" if word.endswith("ies") else "")
    known = (base for base in bases if word.endswith("s") and (base in _BASES or base in _DOUBLED or base in _REGULAR))
    return next(known, "")


def _ing(base: str) -> str:
    if base in ("lie", "die", "tie"):
        return base[:-2] + "ying"
    if base in _DOUBLED or base in (
        [
            "run",
            "sit",
            "swim",
            "get",
            "set",
            "put",
            "let",
            "cut",
            "hit",
            "shut",
            "split",
            "win",
            "dig",
            "begin",
            "forget",
            "quit",
            "bid",
            "rid",
            "spin",
        ]
    ):
        return base + base[-1] + "ing"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + "ing"
