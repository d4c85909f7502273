"""What can be turned, chosen and pressed in a conversation."""

from labs.live.controls import Button, Choice, Knob, Select, same
from labs.sequences.translation.chat.examples import EXAMPLES

WORLDS = {"helpdesk": "help desk", "smalltalk": "small talk"}
NETS = {world: f"chat-{world}" for world in WORLDS}  # of the zoo
NAMES = tuple(dict.fromkeys(name for world in EXAMPLES.values() for name in world))
WORLD = Choice("world", "world", tuple(WORLDS.items()), "helpdesk")
EXAMPLE = Select("example", "example", same(*NAMES), NAMES[0])
TEMPERATURE = Knob("temperature", "temperature", 0.1, 3.0, 1.0, step=0.05, digits=2)
NEXT = Button("next_line", "Next line")
ANEW = Button("anew", "Begin anew")
ITS_OWN = Button("its_own", "Its own answer")
OTHERS = Button("again", "Draw again")
CONTROLS = (WORLD, EXAMPLE, NEXT, ANEW, ITS_OWN, TEMPERATURE, OTHERS)
