"""Objectives: every one against its definition written as loops, and their arithmetic."""

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from labs.vision.dream.objective import (
    LOGITS,
    channel,
    channels,
    direction,
    diversity,
    layer,
    like,
    logit,
    neuron,
)


@pytest.fixture
def seen(rng: torch.Generator) -> dict[str, Tensor]:
    """What a network gave for two images: maps of 3 channels, 4 x 6, and 5 logits."""
    return {
        "a": torch.randn(2, 3, 4, 6, generator=rng),
        "b": torch.randn(2, 2, 2, 3, generator=rng),
        LOGITS: torch.randn(2, 5, generator=rng),
    }


def test_a_layer_is_its_mean_square(seen):
    expected = sum((seen["a"][n] ** 2).sum() / (3 * 4 * 6) for n in range(2))
    torch.testing.assert_close(layer("a")(seen), expected)


def test_a_channel_is_its_mean(seen):
    expected = sum(seen["a"][n, 2].sum() / 24 for n in range(2))
    torch.testing.assert_close(channel("a", 2)(seen), expected)


def test_channels_gives_every_image_its_own(seen):
    expected = seen["a"][0, 2].mean() + seen["a"][1, 0].mean()
    torch.testing.assert_close(channels("a", torch.tensor([2, 0]))(seen), expected)


@pytest.mark.parametrize(
    ("row", "column", "place"),
    [(0.5, 0.5, (2, 3)), (0, 0, (0, 0)), (1, 1, (3, 5)), (0.26, 0.99, (1, 5))],
)
def test_a_neuron_is_one_place_of_a_channel(seen, row, column, place):
    expected = seen["a"][0, 1][place] + seen["a"][1, 1][place]
    torch.testing.assert_close(neuron("a", 1, row, column)(seen), expected)


def test_a_logit_is_before_the_softmax(seen):
    torch.testing.assert_close(logit(4)(seen), seen[LOGITS][0, 4] + seen[LOGITS][1, 4])


def test_objectives_add_and_scale_like_numbers(seen):
    p, q, r = channel("a", 0), layer("b"), logit(1)
    both = 2 * p - q + r * 0.5
    torch.testing.assert_close(both(seen), 2 * p(seen) - q(seen) + 0.5 * r(seen))
    torch.testing.assert_close((-both)(seen), -both(seen))
    assert both.layers == {"a", "b", LOGITS}
    assert "channel 0" in both.name
    assert "class 1" in both.name


def test_a_wish_in_a_mask_counts_only_there(seen):
    mask = torch.zeros(8, 12)
    mask[:, :6] = 1  # the left half of the image is the left three columns of the map
    expected = sum((seen["a"][n, :, :, :3] ** 2).sum() / 72 for n in range(2))
    torch.testing.assert_close(layer("a").where(mask)(seen), expected)


def test_two_regions_make_the_whole(seen, rng):
    mask = torch.rand(9, 13, generator=rng)
    wish = channel("a", 1)
    torch.testing.assert_close(
        (wish.where(mask) + wish.where(1 - mask))(seen), wish(seen), rtol=1e-4, atol=1e-5
    )


def test_outside_a_mask_there_is_no_gradient(seen):
    mask = torch.zeros(4, 6)
    mask[1:3, 2:4] = 1
    x = seen["a"].requires_grad_()
    (gradient,) = torch.autograd.grad(layer("a").where(mask)({"a": x}), x)
    assert gradient[..., 1:3, 2:4].abs().min() > 0
    assert gradient[:, :, mask == 0].abs().max() == 0


def test_a_class_has_no_place_so_a_mask_leaves_it(seen):
    torch.testing.assert_close(logit(2).where(torch.zeros(4, 6))(seen), logit(2)(seen))


def test_a_direction_is_dot_times_cosine_at_every_place(seen, rng):
    vector = torch.randn(3, generator=rng)
    expected = 0.0
    for n in range(2):
        for i in range(4):
            for j in range(6):
                at = seen["a"][n, :, i, j]
                cosine = F.cosine_similarity(at, vector, dim=0)
                expected += (at @ vector / vector.norm()) * cosine.clamp(min=0.1) / 24
    torch.testing.assert_close(direction("a", vector)(seen), expected)
    torch.testing.assert_close(direction("a", 7 * vector)(seen), expected)  # only where it points


def test_a_direction_of_silent_places_is_finite():
    x = torch.zeros(1, 3, 2, 2, requires_grad=True)
    value = direction("a", torch.tensor([1.0, 2.0, 0.0]))({"a": x})
    (gradient,) = torch.autograd.grad(value, x)
    assert value == 0
    assert gradient.isfinite().all()


def test_like_goes_after_the_guides_best_match(seen, rng):
    guide = torch.randn(1, 3, 3, 5, generator=rng)
    features = [guide[0, :, i, j] for i in range(3) for j in range(5)]
    expected, pull = 0.0, torch.zeros_like(seen["a"])
    for n in range(2):
        for i in range(4):
            for j in range(6):
                at = seen["a"][n, :, i, j]
                best = max(features, key=lambda feature, at=at: float(at @ feature))
                expected += at @ best / 24
                pull[n, :, i, j] = best / 24
    x = seen["a"].requires_grad_()
    value = like("a", guide)({"a": x})
    torch.testing.assert_close(value, torch.as_tensor(expected))
    torch.testing.assert_close(torch.autograd.grad(value, x)[0], pull)


def test_diversity_is_minus_the_cosines_of_the_gram_matrices(rng):
    x = torch.randn(3, 4, 5, 6, generator=rng)
    grams = [sum(torch.outer(v, v) for v in image.flatten(1).T) for image in x]
    expected = sum(
        F.cosine_similarity(grams[i].flatten(), grams[j].flatten(), 0)
        for i in range(3) for j in range(3) if i != j
    )  # fmt: skip
    torch.testing.assert_close(diversity("a")({"a": x}), -expected / 3)
    same = x[:1].expand(3, -1, -1, -1)
    assert diversity("a")({"a": same}).item() == pytest.approx(-2, abs=1e-5)
    assert diversity("a")({"a": x[:1]}).item() == pytest.approx(0, abs=1e-6)
