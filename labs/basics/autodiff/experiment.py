"""The autodiff lab: one expression, its variables, and a moment of its trace."""

from collections.abc import Iterable, Mapping

from labs.basics.autodiff import picture, tables, view
from labs.basics.autodiff.challenges import CHALLENGES
from labs.basics.autodiff.controls import CONTROLS, PRESET
from labs.basics.autodiff.export import script
from labs.basics.autodiff.network import network
from labs.basics.autodiff.parser import parse
from labs.basics.autodiff.playback import count, moment_at
from labs.basics.autodiff.presets import OWN, PRESETS
from labs.basics.autodiff.program import ParseError, variables
from labs.basics.autodiff.tape import Trace, trace_program
from labs.live import Frame
from labs.live.checks import number, places, restored, shown, whole
from labs.live.controls import Value
from labs.live.lab import ANY, Lab

NEW = 1.0  # the value of a variable that was just typed
LARGEST = 1e6  # of a value
REACH = 5.0  # a slider goes from -5 to 5, further for a larger value
LONGEST = 3000  # characters of values in a link: more than an expression can have


class Autodiff(Lab):
    """An expression whose every number is shown, forwards and backwards."""

    name = "autodiff"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("f", "at", "moment", "node")
    undoable = True
    on = {
        ("f", "text"): "type_text",
        ("leaves", "slide"): "slide",
        ("leaves", "type"): "type_value",
        ("leaves", "restore"): "restore",
        ("graph", "click"): "choose",
        ("trace", "click"): "choose",
        ("net", "click"): "choose_neuron",
        (ANY, "moment"): "go_to",
    }

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, float] = {}
        self._load(PRESET.default)

    def step(self) -> bool:
        """Go to the next moment; after the last one begin again."""
        self.moment = 0 if self.moment >= self.moments else self.moment + 1
        self.chosen = None
        return self.moment < self.moments

    def show(self) -> Frame:
        """Return graph, tables, sliders and checks as they are now; all of it is notes."""
        trace, s = self.trace(), self.settings
        now = moment_at(trace.nodes, s["version"], self.moment)
        chosen = now.node if self.chosen is None else self.chosen
        leaves = ({"name": k, "value": v, "reach": self.reach[k]} for k, v in self.values.items())
        return Frame(notes=view.passes(trace, self.placement, now, chosen) | {
            "f": {"text": self.text, "fault": self.fault},
            "leaves": list(leaves),
            "check": tables.gradient_check(self.program, trace.nodes, self.values, s["h"]),
        })  # fmt: skip

    @property
    def moments(self) -> int:
        """How many moments there are after the beginning."""
        return count(self.program, self.settings["version"])

    def trace(self) -> Trace:
        """Return the trace at the values of now."""
        return trace_program(self.text, self.program, self.values)

    def type_text(self, event: Mapping) -> None:
        """Take an expression; a fault in it is shown, and the last good one stays at work."""
        text = event.get("value")
        try:
            if text != self.text:
                self.from_link("f", text)
            self.fault = None
        except ParseError as fault:
            self.fault = {"at": fault.at, "text": str(fault), "typed": text[:500]}

    def slide(self, event: Mapping) -> None:
        """Set a variable by its slider, which keeps its range."""
        name = event.get("name")
        self.values[name] = self._checked(name, event.get("value"))

    def type_value(self, event: Mapping) -> None:
        """Set a variable to a number that was typed; its slider gets a range to suit it."""
        self.slide(event)
        name = event["name"]
        self.reach[name] = reach_of(self.values[name])

    def restore(self, event: Mapping) -> None:
        """Take back the values that a browser kept of variables that there are."""
        kept = restored(event.get("values"))
        self._set_values((name, value) for name, value in kept if name in self.values)

    def choose(self, event: Mapping) -> None:
        """Inspect a node of the graph, or a row of the trace."""
        self.chosen = whole(event.get("unit"), 0, len(self.program) - 1, "A node")

    def choose_neuron(self, event: Mapping) -> None:
        """Inspect the node that a neuron of the diagram is."""
        net = network(self.trace().nodes)
        if net is None:
            raise ValueError("This function is no net of neurons.")
        self.chosen = net.order[whole(event.get("unit"), 0, len(net.order) - 1, "A neuron")]

    def go_to(self, event: Mapping) -> None:
        """Show a moment of the trace."""
        self.moment = whole(event.get("value"), 0, self.moments, "A moment")
        self.chosen = None

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: load a preset, or keep the moment in the other way back."""
        if name == "preset" and self.settings[name] == OWN:
            self.settings[name] = before  # an expression becomes one's own by being typed
        elif name == "preset" and self.settings[name] != before:
            self._load(self.settings[name])
        elif name == "version":
            ended = self.moment == count(self.program, before)
            self.moment = self.moments if ended else min(self.moment, self.moments)

    def evidence(self) -> tuple:
        """Return the trace, its program, the values, and the step of the differences."""
        return self.trace(), self.program, self.values, self.settings["h"]

    def to_link(self) -> dict[str, str]:
        """Return expression and values, where they are not the preset's."""
        preset = PRESETS.get(self.settings["preset"])
        usual = preset is not None and self.values == dict(preset.values)
        reach = {k: r for k, r in self.reach.items() if r != reach_of(self.values[k])}
        values = [
            f"{k}:{v!r}".removesuffix(".0") + (f":{reach[k]!r}" if k in reach else "")
            for k, v in self.values.items()
        ]
        return {
            "f": "" if preset else self.text,
            "at": "" if usual and not reach else ",".join(values),
            "moment": "" if self.moment == self.moments else str(self.moment),
            "node": "" if self.chosen is None else str(self.chosen),
        }

    def from_link(self, name: str, text: str) -> None:
        """Take an expression, the values of variables, with the reach of a slider that goes
        further ("x1:2,x2:5:20"), the moment, or the node under inspection.
        """
        if name == "f":
            self._use(text, {})
            self.settings["preset"] = OWN
        elif name == "moment":
            self.moment = places(text, self.moments)[0]
        elif name == "node":
            self.chosen = places(text, len(self.program) - 1)[0]
        else:
            self._read_values(text)

    def _read_values(self, text: str) -> None:
        found, reach = [], {}
        for part in text[:LONGEST].split(","):
            variable, _, value = part.partition(":")
            value, _, end = value.partition(":")
            try:
                found.append((variable, self._checked(variable, float(value))))
                if end:
                    reach[variable] = number(float(end), REACH, 2 * LARGEST, "A slider's reach")
            except ValueError:
                raise ValueError(f"The link says {part[:20]!r}, which is no value.") from None
        self._set_values(found)
        self.reach |= {k: reach_of(self.values[k]) for k, _ in found} | reach

    def script(self) -> str:
        """Return the script for the expression at the values of now."""
        return script(self.text, self.program, self.values)

    def _load(self, preset: str) -> None:
        self.reach: dict[str, float] = {}
        self._use(PRESETS[preset].expression, PRESETS[preset].values)

    def _use(self, text: str, values: Mapping[str, float]) -> None:
        """Work on an expression; variables that it shares with the last one keep their values."""
        self.program = parse(text)
        self.text = text
        known = self.values | values
        self.values = {name: known.get(name, NEW) for name in variables(self.program)}
        self.reach = {
            name: max(self.reach.get(name, REACH), reach_of(value))
            for name, value in self.values.items()
        }
        self.fault: dict | None = None  # of the text as it was typed last
        self.chosen: int | None = None  # the node under inspection; None: the one at work
        self.moment = self.moments
        self.placement = picture.placement(self.program)

    def _checked(self, name: object, value: object) -> float:
        if not isinstance(name, str) or name not in self.values:
            raise ValueError(f"The expression has no variable {shown(name)}.")
        return number(value, -LARGEST, LARGEST, f"The value of {name}")

    def _set_values(self, pairs: Iterable[tuple[object, object]]) -> None:
        """Set all of these variables or, where one is refused, none."""
        values = {name: self._checked(name, value) for name, value in pairs}
        self.values |= values
        self.reach |= {k: max(self.reach[k], reach_of(v)) for k, v in values.items()}


def reach_of(value: float) -> float:
    """Return how far the slider of a value goes."""
    return REACH if abs(value) <= REACH else 2 * abs(value)
