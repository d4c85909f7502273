"""Controls: what a hand may turn, choose and press on a stage, and what an address says of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Knob:
    """A slider that acts while it is dragged."""

    name: str
    label: str
    low: float
    high: float
    default: float
    step: float = 1.0
    log: bool = False
    unit: str = ""
    digits: int = 0
    words: Mapping[str, str] = field(default_factory=dict)  # for values that have a name
    wide: bool = False  # as long as its line has room, with room for a mark's name
    control: str = field(default="knob", init=False)

    def parse(self, text: str) -> float:
        """Return the value that an address gives.  Raises ValueError in one sentence."""
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not self.low <= value <= self.high:
            raise ValueError(
                f"The link says {self.label} = {text[:20]}; it lies between {self.low:g} and "
                f"{self.high:g}, so {self.default:g} is used."
            )
        return value


@dataclass(frozen=True)
class Choice:
    """A row of options, as (key, text), one of which holds."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    default: str
    shown: bool = False  # whether the label stands before the options
    control: str = field(default="choice", init=False)

    def parse(self, text: str) -> str:
        """Return the option that an address gives.  Raises ValueError in one sentence."""
        keys = [key for key, _ in self.options]
        if text not in keys:
            raise ValueError(
                f"The link says {self.label} = {text[:20]}; it can be {', '.join(keys)}."
            )
        return text


@dataclass(frozen=True)
class Select(Choice):
    """The same as a list, for more options than a row holds."""

    control: str = field(default="select", init=False)


@dataclass(frozen=True)
class Button:
    """A button that sends `{"setting": name, "value": True}`."""

    name: str
    label: str
    control: str = field(default="button", init=False)


@dataclass(frozen=True)
class Transport:
    """Play, step, speed and until; `step` is the word for one step."""

    name: str = "transport"
    step: str = "step"
    speed: int | None = None  # steps a second that its session begins with; None: full speed
    until: bool = True  # whether steps are counted, and it can pause at one
    control: str = field(default="transport", init=False)


@dataclass(frozen=True)
class Timeline:
    """A slider through the experiment's moments."""

    name: str
    title: str
    alt: str
    control: str = field(default="timeline", init=False)


Control = Knob | Choice | Button | Transport | Timeline
