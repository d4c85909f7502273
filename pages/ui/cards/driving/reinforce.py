"""The cards of learning from rewards: sixty-four cars, their curves, and what is paid for."""

from labs.play.driving import reinforce_controls as c
from pages.ui.stage import Card, Panel, Transport

ACTIONS = ["left, gas", "left, roll", "left, brake", "ahead, gas", "ahead, roll", "ahead, brake",
           "right, gas", "right, roll", "right, brake"]  # fmt: skip


def course(name: str, title: str, unit: str, alt: str, **options: object) -> tuple[Panel]:
    """Return a curve over the decisions of each car, alone in its column."""
    usual = {"xTitle": "decisions of each car", "width": 340, "height": 180}
    return (Panel("curve", name, title, unit, "", alt, usual | options),)


ROAD = Card(
    "road",
    columns=(
        (Panel("track", "road", "Sixty-four cars, one net", "", "a car that crashes begins anew "
               "elsewhere", "a road from above with sixty-four cars, coloured by the value of "
               "every place", {"width": 760, "names": ["the first car: its best action always",
               "explores"], "inks": ["accent", "dim"], "edit": True,
               "field": "value: points still to come, discounted", "arrows": "policy",
               "marks": "crash"}),),
        (Panel("bars", "actions", "The first car decides", "", "", "",
               {"labels": ACTIONS, "width": 270}),
         Panel("words", "now", options={"height": 210})),
    ),
    controls=(Transport(step="step"), *c.MAIN),
    hold=True,
)  # fmt: skip
COURSE = Card(
    "course",
    columns=(
        course("earned", "Reward", "points a second and car", "the reward over decisions",
               names=["reward"], yTitle="points a second"),
        course("crashes", "Crashes", "a second and car", "crashes over decisions",
               names=["crashes"], inks=["negative"], low=0, yTitle="crashes a second"),
        course("lives", "How far they come", "laps until a car begins anew",
               "the length of lives over decisions", names=["laps"], inks=["done"], yTitle="laps"),
    ),
    controls=(*c.LOOK, *c.MORE),
    title="How it goes",
)  # fmt: skip
REWARD = Card(
    "reward",
    columns=(),
    controls=c.REWARD,
    title="The reward",
    text="What is paid for acts at once, while they learn.",
    span=6,
    stack=True,
)
SITUATIONS = Card(
    "situations",
    columns=(),
    controls=c.PRESSED,
    title="What was meant, and what is learned",
    text="Each of these rewards was meant well. Press one, then play: cars do what is paid for.",
    span=6,
)
CARDS = (ROAD, COURSE, REWARD, SITUATIONS)
