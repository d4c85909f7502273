"""What becomes of an attack: under other treatments, for other nets, against a robust one."""

from pages.ui.cards.adversarial.pieces import bars, gradient, image
from pages.ui.stage import Card, Knob, Panel

SURVIVAL = (
    Knob("quality", "JPEG quality", 5, 100, 75),
    Knob("blur", "blur σ", 0, 2.5, 0.7, step=0.05, digits=2, unit=" px"),
    Knob("turn", "turn", -45, 45, 10, unit="°"),
    Knob("crop", "crop", 0, 8, 2, unit=" px"),
)
TREATMENTS = {
    "eight": "As a PNG", "jpeg": "JPEG", "blur": "Blurred", "turn": "Turned", "crop": "Cropped",
}  # fmt: skip


def survival(kind: str, span: int) -> Card:
    """Return the attacked picture after what pictures go through."""
    pictures = tuple(
        (image(kind, f"survive.{name}", title, 92, "", f"the attacked picture: {title}"),)
        for name, title in TREATMENTS.items()
    )
    return Card(
        "survive", columns=pictures, controls=SURVIVAL, title="Does it survive?", span=span,
        text="The attacked picture after what pictures go through, read again by the same net.",
        wrap=True,
    )  # fmt: skip


def transfer(others: int) -> Card:
    """Return what is said after the treatments, and what other nets say."""

    def table(name: str, what: str, rows: int) -> Panel:
        head = [what, "clean", "attacked", "fooled"]
        return Panel("table", name, alt=what, options={"rows": rows, "lines": 0, "head": head})

    return Card(
        "survive-transfer",
        columns=((
            table("survival", "after", len(TREATMENTS)),
            table("transfer", "another net", others),
        ),),
        title="Does it transfer?",
        text="The same attacked picture, treated, or shown to nets that the attack never met.",
        span=5,
    )  # fmt: skip


def rivals(kind: str, measured: str) -> Card:
    """Return the standard and the robust net under the same attack."""
    side = 150 if kind == "digit" else 108
    columns: list[tuple[Panel, ...]] = []
    for key in ("standard", "robust"):
        name = f"{key.title()} net"
        columns += [
            (image(kind, f"{key}.image", name, side, "", f"{name}, attacked"),),
            (gradient(kind, f"{key}.gradient", "Its gradient", side, "of its logit",
                      f"{name}: gradient of the winning logit at the clean pixels"),),
            (bars(kind, f"{key}.after", "Attacked, it says", width=160),),
        ]  # fmt: skip
    return Card(
        "rivals",
        columns=tuple(columns),
        title="Standard and robust, side by side",
        text="Both under the same attack, each by its own gradient. What the robust net reacts to "
        f"is the figure itself; each gradient has a scale of its own. {measured}",
        wrap=True,
    )
