"""The architectures lab's experiment: one or two networks, unfolded as far as you like."""

from collections.abc import Mapping

from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import option, rounded, shown
from labs.vision.architectures.blocks import blocks, find
from labs.vision.architectures.catalogue import NETS, shell, surveyed
from labs.vision.architectures.challenges import CHALLENGES
from labs.vision.architectures.survey import Survey
from labs.vision.architectures.words import arithmetic, count, dims, memory, reason, told

NONE = "none"
SIDES = (1, 512)  # pixels
PANELS = {"left": "net", "right": "beside"}  # panel: the setting that says which network it shows
SELECTED = "features.0"  # the block that is explained at first
FIRST = {"alexnet": ("features",), "lenet": ()}  # what is unfolded when a network is opened


class Architectures:
    """Networks surveyed at an input size that may be dragged."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {"net": "alexnet", "beside": NONE, "side": 224}
        self.unfolded: dict[str, set[str]] = {name: set(FIRST.get(name, ())) for name in NETS}
        self.selected: dict[str, str] = {"left": SELECTED, "right": ""}
        self.panel = "left"  # whose selected block is explained
        self.met: set[str] = set()

    def receive(self, event: Mapping) -> None:
        """Take in a clicked block, the one of a link, or a setting.  Raises ValueError in one
        sentence.
        """
        name, value = event.get("setting"), event.get("value")
        if event.get("kind") == "block":
            self._click(event)
        elif (event.get("panel"), event.get("kind")) == ("at", "link"):
            self._show(value)
        elif name in ("net", "beside"):
            self._choose(str(name), value)
        elif name == "side":
            self.settings["side"] = rounded(value, *SIDES, "The input's side")
        elif name in ("unfold", "fold"):
            self._all(name == "unfold")
        elif name != "visible":
            raise ValueError(f"The architectures lab has no setting {shown(name)}.")

    def nets(self) -> list[str]:
        """Return the names of the networks on the stage."""
        return [str(self.settings[s]) for s in PANELS.values() if self.settings[s] != NONE]

    def step(self) -> bool:
        """Nothing here goes on by itself."""
        return False

    def frame(self) -> Frame:
        """Return the blocks, and what the chosen one is made of."""
        notes: dict = {"settings": self.settings, "titles": {}}
        for panel in PANELS:
            seen = self.seen(panel)
            if seen is None:
                continue
            name = str(self.settings[PANELS[panel]])
            notes[panel] = {
                "blocks": blocks(seen, self.unfolded[name], self.selected[panel]),
                "fault": seen.fault,
                "input": [NETS[name].channels, *(int(self.settings["side"]),) * 2],
            }
            notes["titles"][panel] = self.summary(panel)
        notes["arithmetic"] = self.explanation()
        notes["say"] = self.summary("left")
        self.met = met(CHALLENGES, self.met, self)
        notes |= {"met": sorted(self.met), "address": self.address()}
        return Frame(notes=notes)

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the block that is explained, or ""."""
        at = self.selected["left"]
        return {"at": "" if (self.settings["net"], at) == ("alexnet", SELECTED) else at}

    def seen(self, panel: str) -> Survey | None:
        """Return the survey of the network in a panel; None if there is no network."""
        name = str(self.settings[PANELS[panel]])
        return None if name == NONE else surveyed(name, int(self.settings["side"]))

    def summary(self, panel: str) -> str:
        """Return the totals of a panel's network in a few words."""
        seen = self.seen(panel)
        if seen is None:
            return ""
        net = shell(str(self.settings[PANELS[panel]]))
        parameters = sum(p.numel() for p in net.parameters())
        if seen.fault:
            return f"{parameters:,} parameters; it breaks at {seen.at or 'the input'}"
        largest = max((one.field.reach for one in seen.layers), default=1)
        return (
            f"{parameters:,} parameters, {count(seen.macs)} multiply-adds, "
            f"{memory(seen)} of activations, a unit sees up to {largest:,.0f} pixels"
        )

    def explanation(self) -> dict:
        """Return how the numbers of the selected block come about."""
        seen, path = self.seen(self.panel), self.selected[self.panel]
        layers = find(seen, path) if seen and path else []
        if not layers:
            text = "Click a block: a module unfolds, a layer shows how its numbers come about."
            return told("No layer chosen", text, seen.fault if seen else "")
        net = NETS[str(self.settings[PANELS[self.panel]])]
        layer = layers[-1]
        if len(layers) > 1:
            total = sum(one.parameters for one in layers)
            text = f"{len(layers)} operations, {total:,} parameters."
            return told(f"{net.title} · {path}", text, f"output {dims(layer.shape)}")
        return told(f"{net.title} · {layer.name or layer.kind}", reason(layer), arithmetic(layer))

    def _choose(self, setting: str, value: object) -> None:
        options = tuple(NETS) if setting == "net" else (*NETS, NONE)
        before = self.settings[setting]
        self.settings[setting] = option(value, options, "The network")
        if value == before:
            return
        self.selected["left" if setting == "net" else "right"] = ""
        if setting == "net":
            self.settings["side"] = NETS[str(value)].side

    def _select(self, panel: object, path: object) -> None:
        """Choose the block that is explained."""
        if panel not in PANELS or not isinstance(path, str):
            raise ValueError("A click names a panel and a block.")
        seen = self.seen(panel)
        if seen is None or not path or not find(seen, path):
            raise ValueError(f"There is no block {path[:40]!r} in this network.")
        self.panel, self.selected[panel] = panel, path

    def _show(self, path: object) -> None:
        """Choose a block of the left network, and unfold all that it lies in."""
        self._select("left", path)
        parts = str(path).split("#")[0].split(".")
        inside = {".".join(parts[:depth]) for depth in range(1, len(parts))}
        self.unfolded[str(self.settings["net"])] |= inside

    def _click(self, event: Mapping) -> None:
        panel, path = event.get("panel"), event.get("path")
        self._select(panel, path)
        seen = self.seen(panel)
        if len(find(seen, path)) > 1 or (find(seen, path)[0].name != path and "#" not in path):
            self.unfolded[str(self.settings[PANELS[panel]])] ^= {path}

    def _all(self, unfold: bool) -> None:
        for setting in PANELS.values():
            name = str(self.settings[setting])
            if name == NONE:
                continue
            inner = {path for path, module in shell(name).named_modules() if any(module.children())}
            self.unfolded[name] = inner - {""} if unfold else set()
