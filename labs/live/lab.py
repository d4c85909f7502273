"""The base of a lab: its controls, events, challenges and address, each said once.

A lab is a model at work.  A subclass declares what it has and writes `show()`, most also `step()`:

    class Sine(Lab):
        name = "sine"
        controls = (Knob("f", "frequency", 1, 9, 3), Button("flip", "upside down"))

        def flip(self) -> None: ...
        def show(self) -> Frame: ...
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from labs.live.challenges import Challenge
from labs.live.checks import cards, shown
from labs.live.controls import Button, Control, Knob, Setting, Value, by_name
from labs.live.experiment import Event, Experiment
from labs.live.frame import Frame
from labs.live.panels import KINDS

ANY = "*"  # in `on`: from any panel, or of any kind
LOOKING = ("hover", "leave", "hello")  # kinds of events that are no act, and end in no rest
CHOOSING = ("click", "select", "edge", "moment", "lift")  # kinds that change nothing to be undone
UNDO = Button("undo", "Undo")  # pages give it to every lab that is `undoable`
REMEMBERED = 30  # states to go back to
SENT = {ANY, *(kind for panel in KINDS.values() for kind in panel.sends)}


class Lab(Experiment):
    """One visitor's model at work; the channel calls `receive`, `step` and `frame`."""

    name: ClassVar[str] = ""
    """Of its stage, and before each of its settings in an address."""

    controls: Sequence[Control] = ()
    """What can be turned, chosen and pressed.  A button calls the method that it names."""

    on: ClassVar[Mapping[tuple[str, str], str]] = {}
    """By panel and kind of event, or `ANY` of either: the method that takes the event in."""

    links: ClassVar[tuple[str, ...]] = ()
    """What an address may hold beside the settings; see `to_link`."""

    challenges: ClassVar[Sequence[Challenge]] = ()

    undoable: ClassVar[bool] = False
    """Whether what a hand does can be undone, act by act; see `remembered`."""
    own_acts: ClassVar[tuple[str, ...]] = ()
    """Kinds of events of which each is an act, also before the hand has rested."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Refuse a button, an event or a link without a method.  Raises TypeError that names it."""
        super().__init_subclass__(**kwargs)
        called = dict(cls.on.items())
        if not isinstance(cls.controls, property):
            named = by_name(cls.controls).items()
            called |= {f"its button {k}": c.press or k for k, c in named if isinstance(c, Button)}
        if unsent := {kind for _, kind in cls.on} - SENT:
            raise TypeError(f"{cls.__name__} waits for {sorted(unsent)}, which no panel sends")
        for source, method in called.items():
            if not callable(getattr(cls, method, None)):
                raise TypeError(f"{cls.__name__} has no method {method}, which {source} calls")
        if cls.links and (cls.to_link is Lab.to_link or cls.from_link is Lab.from_link):
            raise TypeError(f"{cls.__name__} has links {cls.links}, but no to_link and from_link")

    def __init__(self) -> None:
        self.settings: dict[str, Value] = {
            c.name: c.default for c in self.controls if isinstance(c, Setting)
        }
        self.visible_cards: set[str] | None = None  # None: all
        self.met: set[str] = set()
        self.given: set[str] = set()  # challenges that hold already where the visitor begins
        self.moving = False  # whether a hand has done something since it rested last
        self.brought = False  # whether a link or a preset plays on as it came
        self.sent: set[str] = set()  # what the browser keeps, and need not be sent again
        self._past: deque[tuple[dict[str, Value], Callable[[], None]]] = deque(maxlen=REMEMBERED)
        self._shared: dict[str, Value] | None = None  # the address that the browser has
        self._named: tuple[Sequence[Control], dict[str, Control]] = (), {}

    # What a subclass may write; one that moves writes `step()`, too.

    def show(self) -> Frame:
        """Return what there is to see now; `frame` adds settings, challenges and address."""
        raise NotImplementedError(f"{type(self).__name__} has no method show")

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting that was just set.  A ValueError takes the setting back."""

    def settle(self) -> bool:
        """Finish what frames had no time for; True if there is something new to see.

        It is called when the hand rests.
        """
        return False

    def evidence(self) -> tuple[Any, ...]:
        """Return the values by which the challenges are judged: what each `done` is given."""
        return (self.settings,)

    def to_link(self) -> dict[str, str]:
        """Return by name what an address needs beside the settings; "" is left out."""
        return {}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote under a name of `links`.  Raises ValueError."""

    def left_out(self) -> str:
        """Return in one sentence what is shown now and no address holds; "" where that is nothing.

        Whoever shares the page is told.
        """
        return ""

    def script(self) -> str:
        """Return a Python script that gives the numbers on the screen; "" where there is none."""
        return ""

    def usual(self, name: str) -> Value | None:
        """Return the value of a setting that an address need not say."""
        control = self._controls.get(name)
        return control.default if isinstance(control, Setting) else None

    def remembered(self) -> Callable[[], None]:
        """Return a function that brings back what is here now: by default what an address holds."""
        address = {name: str(value) for name, value in self.address().items()}

        def bring_back() -> None:
            fresh = type(self)()
            fresh.open(address)
            kept = ("met", "given", "visible_cards", "_past")
            vars(self).update(vars(fresh) | {name: getattr(self, name) for name in kept})

        return bring_back

    def undo(self) -> None:
        """Go back to before the last act of a hand that changed something.  Raises ValueError."""
        now = self.address()
        while self._past:
            address, bring_back = self._past.pop()
            if address != now or type(self).remembered is not Lab.remembered:
                shared, self._shared = self._shared, None
                bring_back()
                self._shared = shared
                self.sent.clear()
                return
        raise ValueError("There is nothing to undo.")

    def remember(self) -> None:
        """Have this state to go back to."""
        if self.undoable:
            self._past.append((self.address(), self.remembered()))

    # The verbs and what belongs to them.

    def receive(self, event: Event) -> None:
        """Take in a setting, a pressed button, or what a panel sends.

        Raises ValueError in one plain sentence, and changes nothing then.
        """
        kind, name = event.get("kind"), event.get("setting")
        if name == "visible" or kind in LOOKING:
            self._take_in(event)
            return
        before, past = (self.moving, self.brought), len(self._past)
        begins = not self.moving or kind in self.own_acts
        if begins and name != UNDO.name and kind not in CHOOSING:
            self.remember()
        self.moving, self.brought = True, False
        try:
            self._take_in(event)
        except ValueError:  # nothing was done, and there is nothing to undo
            self.moving, self.brought = before
            while len(self._past) > past:
                self._past.pop()
            raise

    def _take_in(self, event: Event) -> None:
        panel, kind, name = (event.get(key) for key in ("panel", "kind", "setting"))
        if "setting" in event:
            self._set(name, event.get("value"))
            return
        method = self._handler(panel, kind)
        if kind == "hello":  # a panel that was just opened has nothing yet
            self.sent.clear()
        if kind == "link" and panel in self.links:
            self.from_link(str(panel), str(event.get("value")))
        elif method:
            getattr(self, method)(event)
        elif kind != "hello":
            raise ValueError(f"Nothing on this page answers to an event {shown(kind)}.")

    def rest(self) -> bool:
        """Finish what frames had no time for, and count the challenges that hold; True if there is
        something new to see.

        The page calls it when the hand rests.  Until then no frame counts a challenge, so that what
        a knob or a stroke only passes on its way is not met.  What holds while no hand moves, as in
        a training, is counted by the frame that shows it.
        """
        news, known = self.settle(), set(self.met)
        if self.moving:
            self.moving = False
            self._count()
        return news or self.met != known

    def frame(self) -> Frame:
        """Return what there is to see, with the settings, the challenges met, and the address if it
        changed; a name with "" is to be taken out of it.
        """
        frame = self.show()
        self._count()
        frame.notes |= {"settings": dict(self.settings), "met": sorted(self.met)}
        if self.undoable and not self._past:
            frame.notes["idle"] = [*frame.notes.get("idle", ()), UNDO.name]
        now, before = self.address(), self._shared
        if now != before:
            gone = {name: "" for name in before or () if name not in now}
            frame.notes["address"] = frame.notes.get("address", {}) | now | gone
            self._shared = now
        return frame

    def open(self, address: Mapping[str, str]) -> dict[str, str]:
        """Become what an address says; return a sentence for each name in it that is wrong, which
        is left at its default.  Names that the lab does not know are not looked at.
        """
        faults: dict[str, str] = {}
        for name in (*self._controls, *self.links):
            control, text = self._controls.get(name), address.get(name)
            if text is None or not (name in self.links or isinstance(control, Setting)):
                continue
            try:
                if name in self.links:
                    self.from_link(name, text)
                else:
                    self._set(name, self._beginning(control).parse(text))
            except ValueError as fault:
                faults[name] = str(fault)
        if not self.address().keys().isdisjoint(address):
            self.restart_challenges()
        return faults

    def _beginning(self, control: Setting) -> Setting:
        """Return a control that names, where it refuses a link, what is used instead."""
        usual = self.usual(control.name)
        known = isinstance(control, Knob) and isinstance(usual, int | float)
        inside = known and control.low <= usual <= control.high
        return replace(control, default=usual) if inside else control

    def address(self) -> dict[str, Value]:
        """Return what an address must say so that it opens the lab as it is."""
        changed = {k: v for k, v in self.settings.items() if v != self.usual(k)}
        return changed | {k: v for k, v in self.to_link().items() if v != ""}

    def restart_challenges(self) -> None:
        """Count no challenge as met that holds already, or comes to hold while it only plays: what
        a link or a preset brings is not the visitor's own act, until it is undone and done again.
        """
        self.given |= self._holding()
        self.brought = True

    def sees(self, card: str) -> bool:
        """Whether a card is in sight: the others need not be computed."""
        return self.visible_cards is None or card in self.visible_cards

    @property
    def _controls(self) -> dict[str, Control]:
        if self._named[0] is not self.controls:  # a property may return others
            self._named = self.controls, by_name(self.controls)
        return self._named[1]

    def _holding(self) -> set[str]:
        """The challenges that hold now, of those not met before."""
        evidence = self.evidence()
        return {c.key for c in self.challenges if c.key not in self.met and c.done(*evidence)}

    def _count(self) -> None:
        """Know which challenges are met now."""
        holding = self._holding()
        self.given &= holding  # undone, and done again, is the visitor's own act
        if self.brought:
            self.given |= holding
        if not self.moving:
            self.met |= holding - self.given

    def _handler(self, panel: object, kind: object) -> str | None:
        if not isinstance(kind, str) or not isinstance(panel, str | None):
            return None
        keys = ((panel or ANY, kind), (panel or ANY, ANY), (ANY, kind))
        return next((self.on[key] for key in keys if key in self.on), None)

    def _set(self, name: object, value: object) -> None:
        if name == "visible":
            self.visible_cards = cards(value)
            self._shared = None  # a stage that was just opened is told the whole address
            return
        control = self._controls.get(name) if isinstance(name, str) else None
        if name == UNDO.name and self.undoable:
            self.undo()
        elif isinstance(control, Button):
            getattr(self, control.press or control.name)(*control.args)
        elif isinstance(control, Setting):
            before, self.settings[control.name] = (
                self.settings[control.name], control.check(value),
            )  # fmt: skip
            try:
                self.changed(control.name, before)
            except ValueError:
                self.settings[control.name] = before
                raise
        else:
            raise ValueError(f"There is no setting {shown(name)} on this page.")
