"""The architectures lab: one or two networks, unfolded as far as you like."""

from labs.live import Frame
from labs.live.arithmetic import Arithmetic
from labs.live.checks import option
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.vision.architectures.blocks import blocks, find
from labs.vision.architectures.catalogue import NETS, inner, parameters, surveyed
from labs.vision.architectures.challenges import CHALLENGES
from labs.vision.architectures.controls import CONTROLS, NONE
from labs.vision.architectures.export import script
from labs.vision.architectures.layer import Layer
from labs.vision.architectures.survey import Survey
from labs.vision.architectures.words import arithmetic, count, dims, memory, reason

NOTHING = "-"  # in an address: no block is chosen
PANELS = {"left": "net", "right": "beside"}  # panel: the setting that says which network it shows
SELECTED = {"alexnet": "features.0"}  # the block that is explained when a network is opened
UNFOLDED = {"alexnet": {"features"}}  # what is unfolded then


class Architectures(Lab):
    """Networks surveyed at an input size that may be dragged."""

    name = "architectures"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("at", "at2", "open", "open2", "of")
    on = {("*", "block"): "click"}

    def __init__(self) -> None:
        super().__init__()
        self.unfolded = {name: set(UNFOLDED.get(name, ())) for name in NETS}
        self.selected = {"left": SELECTED["alexnet"], "right": ""}
        self.panel = "left"  # whose selected block is explained

    def show(self) -> Frame:
        """Return the blocks, and what the chosen one is made of."""
        notes: dict = {"titles": {}, "say": self.summary("left")}
        for panel, setting in PANELS.items():
            seen, name = self.seen(panel), str(self.settings[setting])
            if seen is None:
                continue
            notes[panel] = {
                "blocks": blocks(seen, self.unfolded[name], self.selected[panel]),
                "fault": seen.fault,
                "input": [NETS[name].channels, *(int(self.settings["side"]),) * 2],
            }
            notes["titles"][panel] = self.summary(panel)
        frame = Frame(notes=notes)
        self.explanation().show(frame)
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Open another network, at its own size of input."""
        value = self.settings[name]
        if name == "side" or value == before:
            return
        panel = "left" if name == "net" else "right"
        self.selected[panel] = SELECTED.get(str(value), "") if panel == "left" else ""
        if panel == "left":
            self.settings["side"] = NETS[str(value)].side

    def usual(self, name: str) -> Value | None:
        """Return what a setting need not say: the side of its own input, of a network."""
        own = NETS[str(self.settings["net"])].side
        return own if name == "side" else super().usual(name)

    def evidence(self) -> tuple:
        """Return settings, the path and the layer chosen in the left network, its survey, and how
        many parameters each network has.
        """
        path, seen = self.selected["left"], self.seen("left")
        layers = self._chosen("left")
        one = layers[0] if len(layers) == 1 else None
        return self.settings, path, one, seen, [parameters(name) for name in self.nets()]

    def to_link(self) -> dict[str, str]:
        """Return the chosen blocks, which of the two is explained, and what is unfolded in either
        network.
        """
        net = str(self.settings["net"])
        at = {panel: path if self._chosen(panel) else "" for panel, path in self.selected.items()}
        return {
            "at": "" if at["left"] == SELECTED.get(net, "") else at["left"] or NOTHING,
            "at2": at["right"],
            "open": self._unfolded(net),
            "open2": self._unfolded(self._beside),
            "of": "" if self.panel == "left" else self.panel,
        }

    def from_link(self, name: str, text: str) -> None:
        """Choose a block of a network and unfold all that it lies in, unfold as said, or explain
        the block of one of the two.
        """
        net = str(self.settings["net"])
        if name == "of":
            self.panel = option(text, PANELS, "The explained network")
            return
        if name in ("at", "at2"):
            panel = "left" if name == "at" else "right"
            if text == NOTHING:
                self.selected[panel] = ""
                return
            self._select(panel, text)
            self.panel = "left"
            parts = text.split("#")[0].split(".")
            inside = {".".join(parts[:depth]) for depth in range(1, len(parts))}
            self.unfolded[net if panel == "left" else self._beside] |= inside
            return
        if name == "open2":
            net = self._beside
        try:
            bits = int(text[:99], 16)
        except ValueError:
            raise ValueError("What the link unfolds cannot be read.") from None
        if net != NONE:
            self.unfolded[net] = {path for i, path in enumerate(inner(net)) if bits >> i & 1}

    def script(self) -> str:
        """Return the script that builds the left network and gives its totals."""
        return script(str(self.settings["net"]), int(self.settings["side"]))

    def nets(self) -> list[str]:
        """Return the names of the networks on the stage."""
        return [str(self.settings[s]) for s in PANELS.values() if self.settings[s] != NONE]

    def seen(self, panel: str) -> Survey | None:
        """Return the survey of the network in a panel; None if there is no network."""
        name = str(self.settings[PANELS[panel]])
        return None if name == NONE else surveyed(name, int(self.settings["side"]))

    def summary(self, panel: str) -> str:
        """Return the totals of a panel's network in a few words."""
        seen = self.seen(panel)
        if seen is None:
            return ""
        total = parameters(str(self.settings[PANELS[panel]]))
        if seen.fault:
            return f"{total:,} parameters; it breaks at {seen.at or 'the input'}"
        largest = max((one.field.reach for one in seen.layers), default=1)
        return (
            f"{total:,} parameters, {count(seen.macs)} multiply-adds, "
            f"{memory(seen)} of activations, a unit sees up to {largest:,.0f} pixels"
        )

    def explanation(self) -> Arithmetic:
        """Return how the numbers of the selected block come about."""
        layers, seen = self._chosen(self.panel), self.seen(self.panel)
        if not layers:
            text = "Click a block: a module unfolds, a layer shows how its numbers come about."
            fault = seen.fault if seen else ""
            return Arithmetic(title="No layer chosen", text=text, sum=fault)
        net, layer = NETS[str(self.settings[PANELS[self.panel]])], layers[-1]
        if len(layers) > 1:
            total = sum(one.parameters for one in layers)
            text = f"{len(layers)} operations, {total:,} parameters."
            title = f"{net.title} · {self.selected[self.panel]}"
            return Arithmetic(title=title, text=text, sum=f"output {dims(layer.shape)}")
        title = f"{net.title} · {layer.name or layer.kind}"
        return Arithmetic(title=title, text=reason(layer), sum=arithmetic(layer))

    def click(self, event: Event) -> None:
        """Explain a block, and unfold or fold it if there are others in it."""
        panel, path = event.get("panel"), event.get("path")
        self._select(panel, path)
        layers = self._chosen(panel)
        if len(layers) > 1 or (layers[0].name != path and "#" not in path):
            self.unfolded[str(self.settings[PANELS[panel]])] ^= {path}

    def unfold(self) -> None:
        """Unfold all modules."""
        for name in self.nets():
            self.unfolded[name] = set(inner(name))

    def fold(self) -> None:
        """Fold all modules."""
        for name in self.nets():
            self.unfolded[name] = set()

    @property
    def _beside(self) -> str:
        return str(self.settings["beside"])

    def _chosen(self, panel: str) -> list[Layer]:
        """The layers at or below the block that is selected in a panel."""
        seen, path = self.seen(panel), self.selected[panel]
        return find(seen, path) if seen and path else []

    def _select(self, panel: object, path: object) -> None:
        if panel not in PANELS or not isinstance(path, str):
            raise ValueError("A click names a panel and a block.")
        seen = self.seen(panel)
        if seen is None or not path or not find(seen, path):
            raise ValueError(f"There is no block {path[:40]!r} in this network.")
        self.panel, self.selected[panel] = panel, path

    def _unfolded(self, net: str) -> str:
        """What is unfolded in a network, one bit a module, if it is not as when it is opened."""
        if net == NONE or self.unfolded[net] == UNFOLDED.get(net, set()):
            return ""
        return f"{sum(1 << i for i, path in enumerate(inner(net)) if path in self.unfolded[net]):x}"
