"""What becomes of an attack: under other treatments, for other nets, against a robust one."""

from labs.vision.adversarial.controls import SURVIVAL
from pages.ui.cards.adversarial.pieces import bars, gradient, image
from pages.ui.stage import Card, Panel

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
