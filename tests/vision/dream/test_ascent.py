"""The ascent climbs: sizes of octaves, the length of a step, repeatability, and what it reaches."""

from collections import deque
from collections.abc import Iterable

import pytest
import torch
from torch import Tensor, nn

from labs.models.photo import CLASSES, LAYERS
from labs.vision.dream.ascent import (
    SMALLEST,
    Ascent,
    Step,
    ascend,
    ascend_steps,
    climb,
    octave_sizes,
    resize,
)
from labs.vision.dream.network import Network
from labs.vision.dream.objective import LOGITS, channel, layer, logit
from labs.vision.dream.parametrisation import noise
from labs.vision.dream.transforms import Transforms
from labs.vision.dream.visualise import visualise_steps

STILL = Transforms(0, 0, 0)
SHIFTED = Transforms(jitter=4, scale=0, rotation=0)
TARGETS = ("goldfish", "monarch", "pizza", "school bus", "banana")


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def last(steps: Iterable[Step]) -> Step:
    return deque(steps, maxlen=1)[0]


@pytest.fixture
def grey(rng: torch.Generator) -> Tensor:
    """Two pictures far from black and white, so that no step is cut off."""
    return 0.4 + 0.2 * torch.rand(2, 3, 64, 48, generator=rng)


def test_octaves_shrink_by_the_scale_and_end_at_the_full_size():
    assert octave_sizes((200, 100), Ascent(octaves=3, octave_scale=1.5)) == [
        (89, 44), (133, 67), (200, 100),
    ]  # fmt: skip
    assert octave_sizes((200, 100), Ascent(octaves=1)) == [(200, 100)]


@pytest.mark.parametrize("full", [(1, 1), (1, 300), (31, 31), (60, 33), (240, 320)])
def test_octaves_too_small_to_dream_in_are_left_out(full):
    sizes = octave_sizes(full, Ascent(octaves=6, octave_scale=1.6))
    assert sizes[-1] == full
    assert sizes == sorted(set(sizes))
    assert all(min(size) >= SMALLEST for size in sizes[:-1])


def test_a_step_moves_a_pixel_by_the_step_size_on_average(network, grey):
    how = Ascent(step_size=0.003, transforms=STILL)
    for wish in (layer("stage2.0"), 1000 * layer("stage2.0"), channel("stage4.0", 3)):
        image, (pull,) = ascend(network, grey, wish, how, (64, 48), seeded())
        moved = image - grey
        torch.testing.assert_close(
            moved.abs().mean((1, 2, 3)), torch.full((2,), 0.003), rtol=1e-3, atol=1e-6
        )
        gradient = pull.gradient
        expected = 0.003 * gradient / gradient.abs().mean((1, 2, 3), keepdim=True)
        torch.testing.assert_close(moved, expected, rtol=1e-3, atol=1e-6)


def test_the_gradient_is_autograds(network, grey):
    at = grey.clone().requires_grad_()
    value = network(at, ["stage2.1"])["stage2.1"].square().mean((1, 2, 3)).sum()
    (expected,) = torch.autograd.grad(value, at)
    found, gradient = climb(network, grey, layer("stage2.1"), Ascent(transforms=STILL), seeded())
    assert found == pytest.approx(value.item(), rel=1e-5)
    torch.testing.assert_close(gradient, expected, rtol=1e-4, atol=1e-9)
    assert not grey.requires_grad


def test_a_zero_gradient_moves_nothing(network, grey):
    image, (pull,) = ascend(network, grey, 0.0 * layer("stage2.0"), Ascent(), (45, 34), seeded())
    assert not pull.gradient.any()
    assert torch.equal(image, grey)


def test_a_step_is_pulled_back_to_the_start(network, grey):
    start, how = 0.5 * grey, Ascent(pull=0.25, transforms=STILL)
    image, _ = ascend(network, grey, 0.0 * layer("stem"), how, (64, 48), seeded(), start=start)
    torch.testing.assert_close(image, 0.75 * grey + 0.25 * start)


def test_images_of_a_batch_are_not_coupled(network, grey):
    how = Ascent(transforms=STILL)
    both, *_ = ascend(network, grey, layer("stage3.0"), how, (45, 34), seeded())
    for n in range(2):
        alone, *_ = ascend(network, grey[n : n + 1], layer("stage3.0"), how, (45, 34), seeded())
        torch.testing.assert_close(both[n : n + 1], alone, rtol=1e-3, atol=1e-4)


def test_detail_that_an_octave_cannot_see_stays(network, rng):
    """What a small octave changes is smooth at the full size; the rest of the picture is kept."""
    start = 0.3 + 0.4 * torch.rand(1, 3, 96, 96, generator=rng)
    how = Ascent(step_size=0.01, transforms=STILL)
    image, (pull,) = ascend(network, start, layer("stage2.0"), how, (32, 32), seeded())
    change = image - start
    assert pull.gradient.shape == (1, 3, 32, 32)
    back = resize(resize(change, (32, 32)), (96, 96))
    assert (back - change).square().mean() < 0.3 * change.square().mean()


def test_smoothness_pulls_against_the_wish(network, rng):
    rough = torch.rand(1, 3, 48, 48, generator=rng)
    how = Ascent(step_size=0.05, smooth=20.0, transforms=STILL)
    step = last(ascend_steps(network, rough, 0 * layer("stem"), how, generator=seeded()))
    assert step.image.diff(dim=-1).abs().mean() < 0.7 * rough.diff(dim=-1).abs().mean()


def test_every_step_is_yielded_octave_by_octave(network, grey):
    how = Ascent(steps=3, octaves=2, octave_scale=1.4)
    steps = list(ascend_steps(network, grey, layer("stem"), how, generator=seeded()))
    assert [s.number for s in steps] == [1, 2, 3, 4, 5, 6]
    assert [s.octave for s in steps] == [0, 0, 0, 1, 1, 1]
    assert {s.image.shape for s in steps} == {grey.shape}
    assert [s.gradient.shape[-2:] for s in steps] == [(46, 34)] * 3 + [(64, 48)] * 3
    assert all(s.image.min() >= 0 and s.image.max() <= 1 for s in steps)


def test_the_seed_decides_every_pixel(network, grey):
    how = Ascent(steps=2, octaves=2)

    def dream(seed: int) -> Tensor:
        steps = ascend_steps(network, grey, layer("stage2.0"), how, generator=seeded(seed))
        return last(steps).image

    assert torch.equal(dream(1), dream(1))
    assert not torch.equal(dream(1), dream(2))


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("photo", ["cat", "flower", "coffee"])
def test_every_layer_rises_threefold_on_every_photo(network, photos, photo, name):
    how = Ascent(steps=10, octaves=2, step_size=0.03, transforms=SHIFTED)
    start = photos[photo]
    step = last(ascend_steps(network, start, layer(name), how, generator=seeded()))

    def strength(x: Tensor) -> float:
        return network(x, [name])[name].square().mean().item()

    assert strength(step.image) >= 3 * strength(start)


@pytest.mark.parametrize("name", TARGETS)
def test_a_class_dream_is_seen_as_its_class(network, model, name):
    wanted = CLASSES.index(name)
    start = noise(1, 64, 64, generator=seeded(3))
    assert model(start).argmax().item() != wanted
    how = Ascent(steps=15, octaves=2, step_size=0.02, transforms=SHIFTED)
    step = last(ascend_steps(network, start, logit(wanted), how, generator=seeded()))
    assert model(step.image).argmax().item() == wanted
    assert network(step.image, [LOGITS])[LOGITS].argmax().item() == wanted


def test_visualisation_rises_in_fourier_space(network):
    start = noise(2, 48, 48, generator=seeded())
    how = Ascent(transforms=STILL)
    wish = channel("stage3.0", 5)
    steps = list(visualise_steps(network, start, wish, how, steps=20, generator=seeded()))
    assert [s.number for s in steps] == list(range(1, 21))
    before = network(start, ["stage3.0"])["stage3.0"][:, 5].mean((1, 2))
    after = network(steps[-1].image, ["stage3.0"])["stage3.0"][:, 5].mean((1, 2))
    assert (after > before + 0.5).all()
    assert steps[0].value == pytest.approx(before.sum().item(), rel=0.02, abs=0.01)
    assert steps[-1].image.min() >= 0
    assert steps[-1].image.max() <= 1
    again = last(visualise_steps(network, start, wish, how, steps=3, generator=seeded()))
    assert torch.equal(again.image, steps[2].image)


def test_visualising_what_never_fires_leaves_the_picture():
    conv = nn.Conv2d(3, 1, 3)
    nn.init.constant_(conv.bias, -1000)
    dead = Network(nn.Sequential(conv, nn.ReLU()))
    start = noise(1, 32, 32, generator=seeded())
    wish, how = channel("1", 0), Ascent(transforms=STILL)
    for step in visualise_steps(dead, start, wish, how, steps=3, generator=seeded()):
        assert not step.gradient.any()
    torch.testing.assert_close(step.image, start, rtol=0, atol=1e-3)


def test_steps_leave_gradients_on_for_whoever_takes_them(network, grey):
    how = Ascent(transforms=STILL)
    for climb_from in (
        ascend_steps(network, grey, layer("stem"), how, generator=seeded()),
        visualise_steps(network, grey, layer("stem"), how, steps=2, generator=seeded()),
    ):
        step = next(climb_from)
        assert torch.is_grad_enabled()
        assert not step.image.requires_grad
        assert not step.gradient.requires_grad


def test_two_regions_climb_each_its_own(network, grey):
    """Inside, the picture is that of one wish alone; outside, of the other alone."""
    how = Ascent(step_size=0.003, transforms=STILL)
    one, two = layer("stage2.0"), channel("stage4.0", 3)
    mask = torch.zeros(16, 16)
    mask[:, 8:] = 1
    alone, (inner,) = ascend(network, grey, one, how, (64, 48), seeded())
    other, (outer,) = ascend(network, grey, two, how, (64, 48), seeded())
    both, pulls = ascend(network, grey, one, how, (64, 48), seeded(), where=mask, elsewhere=two)
    torch.testing.assert_close(both[..., 30:], alone[..., 30:])
    torch.testing.assert_close(both[..., :18], other[..., :18])
    masked, (same,) = ascend(network, grey, one, how, (64, 48), seeded(), where=mask)
    assert [pull.value for pull in pulls] == [inner.value, outer.value]
    assert pulls[1].gradient.equal(outer.gradient)
    assert pulls[0].value == same.value
    assert torch.equal(masked[..., :18], grey[..., :18])
    torch.testing.assert_close(masked[..., 30:], alone[..., 30:])


def test_softness_prefers_large_structures(network, grey):
    def grain(softness: float) -> float:
        how = Ascent(transforms=STILL, softness=softness)
        image, *_ = ascend(network, grey, layer("stage2.0"), how, (64, 48), seeded())
        change = image - grey
        return (change.diff(dim=-1).abs().mean() / change.abs().mean()).item()

    assert grain(0) > grain(0.5) > grain(1)
