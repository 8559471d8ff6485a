"""Short stories, each told in a message of its own, so that requests are tried on boards that differ."""

from __future__ import annotations

__all__ = ["ALPINE", "DESERT", "FERRY", "MARKET", "ROBOT"]

FERRY = """\
Make a storyboard in 7 scenes from this story:

Nadia worked the night ferry with her uncle Boris, a heavy man in a yellow oilskin. One cold evening in November she
found a violin case under the last bench of the cabin.

Boris said they should hand it in at the office. Nadia opened it anyway. Inside lay a cracked violin and a photograph
of a lighthouse.

The next morning they sailed to the island. Gulls followed the ferry. The lighthouse stood on a black rock, and rain
ran down its windows.

An old woman in a green shawl opened the door. Her name was Agnes. She took the violin in both hands and began to weep.

In the kitchen Agnes made soup. She told them about her brother, who had played on the ferry every summer. Boris fed
crumbs to the parrot.

That night Agnes played for them on the rocks. The parrot danced. Nadia danced too, under a sky full of stars.

At dawn the ferry turned for home. Agnes waved from the lighthouse until it was a white dot.
"""

ROBOT = """\
Make a storyboard in 8 scenes from this story:

Pim was a small tin robot who swept the train station. Every day he swept the big hall with his wooden broom.

One afternoon a girl called Lucy lost her red balloon. It rose up to the glass roof. Lucy cried on platform two.

Pim climbed the clock tower. The wind blew hard. He caught the balloon by its string, but his left wheel fell off.

The station master, Mr Hobbs, was angry. "Robots do not climb," he said. He locked Pim in the dark cellar.

In the cellar Pim met a mouse named Tilda. She gnawed the rope of an old trunk. Inside the trunk was a golden wheel.

Tilda and Pim rolled out through a pipe into the snowy garden. The moon was shining.

Lucy was waiting at the fountain with her grandmother. She hugged Pim. Mr Hobbs said sorry and gave Pim a blue cap.

In spring the whole town came to the station to see the robot who could climb.
"""

DESERT = """\
Make a storyboard in 7 scenes from this story:

Captain Ruiz and her camel Duke crossed the desert at noon. The sun burned. She had one bottle of water left.

At the foot of a dune they found a ruined temple. A snake slept on the steps. Ruiz walked around it on tiptoe.

Inside the temple it was cool and dark. Ruiz lit a torch. On the wall was a painting of a river.

A thief called Kasim stepped out of the shadows with a knife. He wanted the map. Ruiz threw the torch at him and ran.

A sandstorm came in the evening. Ruiz, Duke and the thief hid behind the same wall. Kasim shared his dates with her.

In the morning the storm had uncovered a well. Duke drank first. Kasim laughed, and Ruiz gave him half of the map.

They rode together to the green valley, where the river was.
"""

ALPINE = """\
Make a storyboard in 8 scenes from this story:

Greta, a mountain guide in a blue parka, unlocked the hut at dawn. Her dog Bruno, a huge white dog, sniffed at the snow.

Paul, a tall man with a black beard, and his sister Ivy set off across the glacier. At noon a thick fog came down over
the ridge. Ivy slipped on the ice and fell into a crevasse.

Bruno barked at the edge, and Greta threw down a rope. In the evening they all drank tea by the stove in the hut. At
night Bruno slept on Ivy's boots.
"""

MARKET = """\
Make a storyboard in 7 scenes from this story:

Selma, an old woman in a yellow headscarf, sold oranges at the market. A thin boy called Nuri stole an orange and ran
down an alley. A policeman in a grey uniform chased him over the rooftops.

Nuri hid behind a water tank and cried. In the afternoon Selma found him there. She gave him a basket and a green apron.

The next morning Nuri sold oranges beside her in the rain.
"""
