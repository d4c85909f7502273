"""What there is to see of a GAN that learns digits."""

import torch
from torch import Tensor

from labs.generative.gan.film.reading import covered
from labs.live import Frame
from labs.numerals import written
from labs.training.course import Course


def fakes(f: Frame, moment: tuple[int, Tensor], now: int) -> None:
    """Add fakes of the fixed noise as they were at a moment: (step, (N, 64))."""
    step, x = moment
    f.maps["fakes"] = x.view(-1, 8, 8)
    f.notes["titles"] = {"fakes": f"step {step:,} of {now:,}"}


def courses(f: Frame, looks: Course, census: Tensor, trouble: str) -> None:
    """Add both losses, digits covered and LeNet's sureness over steps, and the census of now."""
    steps, losses_d, losses_g, kinds, sure = looks.table()
    f.values["losses"] = torch.stack([steps, losses_d, losses_g])
    f.values["measures"] = torch.stack([steps, kinds / 10, sure])
    f.values["census"] = census
    found = covered(census)
    least, most = (int(k) for k in (census.argmin(), census.argmax()))
    text = (
        f"{found} of 10 digits are covered: each has at least a quarter of its fair share of the "
        f"fakes. Most are read as {most} ({written(100 * census[most].item(), '.0f')} %), fewest "
        f"as {least} ({written(100 * census[least].item(), '.0f')} %)."
    )
    if found <= 3 and steps[-1] >= 300:
        text += " Mode collapse: the generator lives on what it can do."
    f.notes["words"] = {"said": [{"title": "What is forged", "text": trouble or text}]}
    f.notes["say"] = trouble or text
    f.notes["titles"] |= {"census": f"LeNet is {written(100 * sure[-1].item(), '.0f')} % sure"}
