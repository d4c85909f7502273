"""What can be turned, chosen and pressed in the architectures lab."""

from labs.data.photos import NAMES
from labs.live.controls import Button, Knob, Select, same
from labs.vision.architectures.catalogue import NETS

NONE = "none"
TITLES = {name: f"{net.title} (ours)" if name == "photo" else net.title
          for name, net in NETS.items()}  # fmt: skip

NET = Select("net", "network", tuple(TITLES.items()), "alexnet", shown=True)
BESIDE = Select("beside", "beside it", ((NONE, "nothing"), *TITLES.items()), NONE, shown=True)
SIDE = Knob("side", "input side", 1, 512, 224, unit=" px", whole=True)
UNFOLD = Button("unfold", "Unfold all")
FOLD = Button("fold", "Fold all")
CONTROLS = (NET, BESIDE, SIDE, UNFOLD, FOLD)

RATE = Knob("rate", "learning rate", 1e-4, 3.0, 0.02, log=True)
AGAIN = Button("again", "Same weights again")
FRESH = Button("fresh", "Other weights")

YOURS = "yours"
OF_PHOTO = (
    Select("of", "photograph", (*same(*NAMES), (YOURS, "your own")), "coffee", shown=True),
    Knob("zoom", "zoom", 1, 6, 1, step=0.05, digits=2, unit=" ×"),
    Knob("across", "across", -1, 1, 0, step=0.02, digits=2),
    Knob("down", "down", -1, 1, 0, step=0.02, digits=2),
    Knob("blur", "blur σ", 0, 8, 0, step=0.1, digits=1, unit=" px"),
)
