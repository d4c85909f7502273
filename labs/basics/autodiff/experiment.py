"""The autodiff lab's experiment: one expression, its variables, and a moment of its trace."""

from collections.abc import Mapping, Sequence

from labs.basics.autodiff import picture, view
from labs.basics.autodiff.challenges import CHALLENGES
from labs.basics.autodiff.network import network
from labs.basics.autodiff.parser import parse
from labs.basics.autodiff.playback import VERSIONS, Moment, count, moment_at
from labs.basics.autodiff.presets import OWN, PRESETS
from labs.basics.autodiff.program import ParseError, variables
from labs.basics.autodiff.tape import Trace, trace_program
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import number, option, restored, shown, whole

FIRST = "lecture"
NEW = 1.0  # the value of a variable that was just typed
LARGEST = 1e6  # of a value
REACH = 5.0  # a slider goes from -5 to 5, further for a larger value


class Autodiff:
    """An expression whose every number is shown, forwards and backwards."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {"preset": FIRST, "version": "users", "h": 1e-5}
        self.values: dict[str, float] = {}
        self.reach: dict[str, float] = {}
        self.chosen: int | None = None  # the node under inspection; None: the one at work
        self.fault: dict | None = None  # of the text as it was typed last
        self.met: set[str] = set()
        self._shared = True  # whether the address knows expression and values
        self._take_preset(FIRST)

    def receive(self, event: Mapping) -> None:
        """Take in text, a slider, a click, a moment or a setting.  Raises ValueError."""
        panel, kind, value = event.get("panel"), event.get("kind"), event.get("value")
        if panel == "f" and kind in ("text", "link"):
            self._type(value, told=kind == "link")
        elif panel == "at" and kind == "link":
            self._take_values(value)
        elif panel == "leaves":
            self._slide(kind, event)
        elif kind == "click":
            self._click(panel, event.get("unit"))
        elif kind == "moment":
            self.moment = whole(value, 0, self.moments, "A moment")
            self.chosen = None
        elif "setting" in event:
            self._set(event["setting"], value)
        else:
            raise ValueError("The autodiff lab knows text, sliders, clicks, moments and settings.")

    def step(self) -> bool:
        """Go to the next moment; after the last one begin again."""
        self.moment = 0 if self.moment >= self.moments else self.moment + 1
        self.chosen = None
        return self.moment < self.moments

    def address(self) -> dict[str, str]:
        """Return expression and values as a link holds them, where they are not the preset's."""
        preset = PRESETS.get(str(self.settings["preset"]))
        told = {} if preset else {"f": self.text}
        if preset is None or dict(preset.values) != self.values:
            told["at"] = ",".join(f"{name}:{value:g}" for name, value in self.values.items())
        return told

    @property
    def moments(self) -> int:
        """How many moments there are after the beginning."""
        return count(self.program, str(self.settings["version"]))

    def trace(self) -> Trace:
        """Return the trace at the values of now."""
        return trace_program(self.text, self.program, self.values)

    def now(self, nodes: Sequence) -> Moment:
        """Return what is known at the moment that is shown."""
        return moment_at(nodes, str(self.settings["version"]), self.moment)

    def frame(self) -> Frame:
        """Return graph, tables, sliders and checks as they are now."""
        trace = self.trace()
        self.met = met(CHALLENGES, self.met, self, trace)
        frame = view.frame(self, trace)
        if not self._shared:
            frame.notes["address"] = {"f": "", "at": ""} | self.address()
            self._shared = True
        return frame

    def _type(self, text: object, *, told: bool) -> None:
        """Take an expression; a fault leaves the last good one at work, told says it aloud."""
        if not isinstance(text, str):
            raise ValueError("An expression is a text.")
        try:
            self._program(text, parse(text), {})
        except ParseError as fault:
            if told:
                raise
            self.fault = {"at": fault.at, "text": str(fault), "typed": text[:500]}
            return
        self.settings["preset"] = OWN
        self._shared = False

    def _program(self, text: str, program: Sequence, values: Mapping[str, float]) -> None:
        self.text, self.program = text, program
        known = self.values | values
        self.values = {name: known.get(name, NEW) for name in variables(program)}
        for name, value in self.values.items():
            self.reach[name] = max(self.reach.get(name, REACH), 2 * abs(value))
        self.fault, self.chosen = None, None
        self.moment = self.moments
        self.placement = picture.placement(self.trace().nodes)

    def _take_preset(self, name: str) -> None:
        preset = PRESETS[name]
        self.settings["preset"] = name
        self.reach = {}
        self._program(preset.expression, parse(preset.expression), preset.values)
        self._shared = False

    def _take_values(self, text: object) -> None:
        """Take values as a link has them: "x1:2,x2:5"."""
        for part in str(text)[:2000].split(","):
            name, _, value = part.partition(":")
            try:
                self._put(name, float(value))
            except ValueError:
                raise ValueError(f"The link says {part[:20]!r}, which is no value.") from None

    def _put(self, name: object, value: object) -> None:
        if not isinstance(name, str) or name not in self.values:
            raise ValueError(f"The expression has no variable {shown(name)}.")
        self.values[name] = number(value, -LARGEST, LARGEST, f"The value of {name}")

    def _slide(self, kind: object, event: Mapping) -> None:
        if kind == "slide":
            self._put(event.get("name"), event.get("value"))
        elif kind == "type":
            self._put(event.get("name"), event.get("value"))
            name = event["name"]
            self.reach[name] = max(REACH, 2 * abs(self.values[name]))
            self._shared = False
        elif kind == "lift":
            self._shared = False
        elif kind == "restore":
            for name, value in restored(event.get("values")):
                if name in self.values:
                    self._put(name, value)
        else:
            raise ValueError(f"A slider knows no event {shown(kind)}.")

    def _click(self, panel: object, unit: object) -> None:
        last = len(self.program) - 1
        if panel == "net":
            net = network(self.trace().nodes)
            order = picture.diagram(self.trace().nodes, net)["order"] if net else []
            self.chosen = order[whole(unit, 0, len(order) - 1, "A neuron")]
        elif panel in ("graph", "trace"):
            self.chosen = whole(unit, 0, last, "A node")
        else:
            raise ValueError("Click a node of the graph or a row of the trace.")

    def _set(self, name: object, value: object) -> None:
        if name == "preset":
            if option(value, (*PRESETS, OWN), "A preset") not in (OWN, self.settings["preset"]):
                self._take_preset(str(value))
        elif name == "version":
            ended = self.moment == self.moments
            self.settings["version"] = option(value, VERSIONS, "The version")
            self.moment = self.moments if ended else min(self.moment, self.moments)
        elif name == "h":
            self.settings["h"] = number(value, 1e-14, 1.0, "h")
        elif name != "visible":
            raise ValueError(f"The autodiff lab has no setting {shown(name)}.")
