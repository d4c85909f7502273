"""What there is to see of the GANs of drawings."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.live import Frame
from labs.models.digit_gan import DigitGAN
from labs.numerals import article, counted, listed, written
from labs.zoo.reading import read_as

REACH = 3.0  # the plane is [-REACH, REACH] twice
TILES = 12  # of the carpet, along each axis
SHOWN = 16  # fakes in a sheet
LINED = 9  # pictures in the line-up, one of them the drawing


@dataclass(frozen=True)
class Asked:
    """A GAN of drawings, what its classes are called, and the class that is asked for."""

    gan: DigitGAN
    names: Sequence[str]
    kind: int
    digits: bool  # whether LeNet-5 can read them

    @property
    def words(self) -> str:
        """As what a picture is judged."""
        return f"as {article(self.names[self.kind])}"

    def read(self, x: Tensor) -> list[str]:
        """Return what LeNet-5 reads in a picture (1, 1, 28, 28), in one part or none."""
        return [read_as(x)] if self.digits else []


def carpet_of(f: Frame, asked: Asked, origin: Tensor, directions: Tensor) -> None:
    """Add pictures of the places of a plane through the noise, side by side."""
    along = (torch.arange(TILES) + 0.5) / TILES * 2 * REACH - REACH
    v, u = torch.meshgrid(along.flip(0), along, indexing="ij")
    z = origin + torch.stack([u.flatten(), v.flatten()], 1) @ directions.T
    made = asked.gan(z, torch.full((len(z),), asked.kind)).view(TILES, TILES, 28, 28)
    f.maps["noise"] = made.permute(0, 2, 1, 3).reshape(1, 28 * TILES, 28 * TILES)


def plane(f: Frame, asked: Asked, z: Tensor, at: Tensor) -> None:
    """Add the place of the hand, and the picture there with what both nets say of it."""
    kind = torch.tensor([asked.kind])
    x = asked.gan(z, kind)
    logit = asked.gan.judge(x, kind).item()
    f.maps["picture"] = x[0]
    f.notes["noise"] = {
        "classes": 0, "limit": 1, "low": [-REACH, -REACH], "high": [REACH, REACH],
        "handles": [at.tolist()],
    }  # fmt: skip
    where = listed(at.tolist(), lambda v: written(v, ".2f"))
    f.notes["titles"] = {
        "noise": f"the hand is at {where}",
        "picture": ", ".join([f"discriminator {signed(logit)}", *asked.read(x)]),
    }


def signed(logit: float) -> str:
    """Return a logit with its sign."""
    return written(logit, "+.2f")


def opinion(f: Frame, asked: Asked, x: Tensor, slope: Tensor, logits: Tensor, steps: int) -> None:
    """Add the drawing as it is now, what would look more real, and the logit by class, (10,)."""
    f.maps |= {"judged": x[0], "wish": slope[0]}
    f.values["judge"] = logits
    f.notes["chosen"] = {"judge": asked.kind}
    f.notes["labels"] = {"judge": list(asked.names)}
    now = logits[asked.kind].item()
    f.notes["titles"] |= {
        "judged": f"after {counted(steps, 'step')}" if steps else "as drawn",
        "wish": "purple: more ink, green: less",
        "judge": f"{asked.words}: {signed(now)}, {'real' if now > 0 else 'fake'}",
    }
    f.notes["words"] = {"opinion": [{
        "title": "The expert" if now > 0 else "The expert is not taken in",
        "text": " ".join([
            f"Judged {asked.words}, its logit is {signed(now)}: above 0 it takes a picture for "
            "real, and was trained to be above 1 on what people drew and below −1 on fakes.",
            *(f"{words}." for words in asked.read(x)),
        ]),
    }]}  # fmt: skip
    f.notes["say"] = f"Judged {asked.words}, the discriminator gives {signed(now)}."


def forged(asked: Asked, seed: int) -> tuple[Tensor, Tensor]:
    """Return fakes of a class, SHOWN for the sheet and LINED - 1 for the line-up, (N, 1, 28, 28),
    and their logits (N,).
    """
    generator = torch.Generator().manual_seed(seed)
    z = torch.randn(SHOWN + LINED - 1, asked.gan.latent, generator=generator)
    classes = torch.full((len(z),), asked.kind)
    x = asked.gan(z, classes)
    return x, asked.gan.judge(x, classes)


def fakes(f: Frame, x: Tensor, logits: Tensor) -> None:
    """Add a sheet of fakes (SHOWN, 1, 28, 28), and their logits."""
    f.maps["sheet"] = x[:, 0]
    f.notes["labels"] |= {"sheet": [signed(v) for v in logits.tolist()]}


def lineup(
    f: Frame, drawing: Tensor, own: float, x: Tensor, logits: Tensor, seed: int, guessed: int | None
) -> None:
    """Add the drawing among fakes in an order that the seed throws; after a guess, the answer.

    drawing: (1, 1, 28, 28), and `own`, its logit.  x: (LINED - 1, 1, 28, 28), with their logits.
    """
    order = torch.randperm(LINED, generator=torch.Generator().manual_seed(1000 + seed))
    mine = int((order == 0).nonzero())
    f.maps["lineup"] = torch.cat([drawing, x])[order, 0]
    text = "Your drawing hangs among eight fakes. Ask your neighbour to click on it."
    if guessed is not None:
        found = "That is your drawing." if guessed == mine else "That one is a fake."
        text = (
            f"{found} The discriminator puts your drawing in place {int((logits > own).sum()) + 1} "
            f"of {LINED}, the most real first."
        )
        f.notes["marks"] = {"lineup": [{"unit": mine}]}
    f.notes["words"]["lineup"] = [{"title": "Which one is yours?", "text": text}]
