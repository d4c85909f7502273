"""Controls: what a hand may turn, choose and press in a lab, each declared once.

A lab's settings are built from its controls, an event is checked and an address is parsed by them,
and the page shows the same objects.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from labs.live.checks import number, option, rounded

Value = str | float
LONGEST = 200  # characters of a `Text`


@dataclass(frozen=True)
class Knob:
    """A slider that acts while it is dragged, over [low, high]."""

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
    whole: bool = False  # whether only whole numbers are kept
    control: str = field(default="knob", init=False)

    def __post_init__(self) -> None:
        if not self.low <= self.default <= self.high:
            outside = f"outside of {self.low:g} to {self.high:g}"
            raise ValueError(f"the knob {self.name} begins at {self.default:g}, {outside}")

    def check(self, value: object) -> float:
        """Return a value as it is kept, inside the range.  Raises ValueError in one sentence."""
        name = self.label[:1].upper() + self.label[1:]
        if self.whole:
            return rounded(value, int(self.low), int(self.high), name)
        return number(value, self.low, self.high, name)

    def parse(self, text: str) -> float:
        """Return the value that an address gives.  Raises ValueError in one sentence."""
        try:
            return self.check(float(text))
        except ValueError:
            raise ValueError(
                f"The link says {self.label} = {text[:20]}; it lies between {self.low:g} and "
                f"{self.high:g}, so {self.default:g} is used."
            ) from None


@dataclass(frozen=True)
class Choice:
    """A row of options, as (key, text), one of which holds."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    default: str
    shown: bool = False  # whether the label stands before the options
    control: str = field(default="choice", init=False)

    def __post_init__(self) -> None:
        if self.default not in self.keys:
            raise ValueError(f"the choice {self.name} begins with no option: {self.default}")

    @property
    def keys(self) -> tuple[str, ...]:
        """The options as they stand in settings and addresses."""
        return tuple(key for key, _ in self.options)

    def check(self, value: object) -> str:
        """Return a value if it is one of the options.  Raises ValueError in one sentence."""
        return option(value, self.keys, f"The {self.label or self.name}")

    def parse(self, text: str) -> str:
        """Return the option that an address gives.  Raises ValueError in one sentence."""
        if text not in self.keys:
            raise ValueError(
                f"The link says {self.label} = {text[:20]}; it can be {', '.join(self.keys)}."
            )
        return text


@dataclass(frozen=True)
class Select(Choice):
    """The same as a list, for more options than a row holds."""

    control: str = field(default="select", init=False)


@dataclass(frozen=True)
class Text:
    """A setting without a control of its own, such as the shape of a net built on its picture."""

    name: str
    default: str
    read: Callable[[str], str]  # the text as it is kept.  Raises ValueError in one sentence

    def check(self, value: object) -> str:
        """Return a text as it is kept.  Raises ValueError in one sentence."""
        if not isinstance(value, str) or len(value) > LONGEST:
            raise ValueError(f"The text of {self.name} has at most {LONGEST} characters.")
        return self.read(value)

    parse = check


@dataclass(frozen=True)
class Button:
    """A button; pressed, it calls the lab's method `press`, or else that of its own name."""

    name: str
    label: str
    press: str = ""
    args: tuple[str, ...] = ()  # for the method
    trains: bool = False  # whether it leads to weights or runs that no address holds
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


Control = Knob | Choice | Text | Button | Transport | Timeline
Setting = Knob | Choice | Text  # a control with a value


def same(*options: str) -> tuple[tuple[str, str], ...]:
    """Return options whose text is their key."""
    return tuple((key, key) for key in options)


def by_name(controls: Iterable[Control]) -> dict[str, Control]:
    """Return controls by name.  Raises ValueError where two share one."""
    found: dict[str, Control] = {}
    for control in controls:
        if found.setdefault(control.name, control) != control:
            raise ValueError(f"two controls are called {control.name}")
    return found
