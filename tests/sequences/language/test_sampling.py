"""The fast sampler against the layers it replaces, and the choice of a character."""

from copy import deepcopy
from itertools import islice

import pytest
import torch

from labs.data.text import PRINTABLE
from labs.sequences.language import product, sample_steps
from labs.sequences.language.sampling import Noise, Settings, distribution, known, throw
from labs.sequences.language.stepper import Stepper
from tests.sentences import is_one_sentence


def test_a_step_gives_the_logits_of_torchs_layers(net, numbers):
    for model in (net, deepcopy(net).half().float()):  # the zoo's weights fit into half precision
        expected, _ = model(numbers[None])
        stepper = Stepper(model)
        logits = torch.stack([stepper.feed(i).clone() for i in numbers.tolist()])
        torch.testing.assert_close(logits, expected[0], atol=1e-5, rtol=1e-5)
        stepper.reset()
        first = stepper.feed(int(numbers[0]))
        torch.testing.assert_close(first, expected[0, 0], atol=1e-5, rtol=1e-5)


def test_a_product_is_exact_however_it_is_made(rng, monkeypatch):
    W, x, bias = (torch.randn(*size, generator=rng) for size in ((7, 5), (5,), (7,)))
    for available in (product.AVAILABLE, False):
        monkeypatch.setattr(product, "AVAILABLE", available)
        for weights in (W, W.half().float(), W * 1e6, W * 1e-7, torch.full((7, 5), torch.nan)):
            out = torch.zeros(7)
            multiply = product.product(weights, x, out)
            for _ in range(2):
                made = multiply(bias)
                assert made.data_ptr() == out.data_ptr()
                torch.testing.assert_close(out, weights @ x + bias, equal_nan=True)
                x.mul_(2)  # it is read at every call
            x.div_(4)


def test_the_same_noise_gives_the_same_text_as_stepwise_torch(net):
    made = sample_steps(
        net, "To be", temperature=0.9, top_k=30, top_p=0.95,
        generator=torch.Generator().manual_seed(3),
    )  # fmt: skip
    fast = "".join(s.character for s in islice(made, 80))
    noise = Noise(len(PRINTABLE) - 1, torch.Generator().manual_seed(3))
    logits, state = net(PRINTABLE.encode("To be")[None])
    slow = ""
    for _ in range(80):
        _, p = distribution(known(logits[0, -1]), Settings(0.9, 30, 0.95))
        number = throw(p, noise.next())
        slow += PRINTABLE.symbols[number]
        logits, state = net(torch.tensor([[number]]), state)
    assert fast == slow


def test_records(net):
    generator = torch.Generator().manual_seed(0)
    steps = sample_steps(net, "", generator=generator, hidden=True)
    one, two = islice(steps, 2)
    assert one.distribution.sum() == pytest.approx(1)
    assert one.hidden.shape == (2, 24)
    assert not torch.equal(one.hidden, two.hidden)
    assert PRINTABLE.symbols[one.number] == one.character
    assert one.surprise > 0


def test_throws_follow_the_distribution(rng):
    p = torch.tensor([0.5, 0.3, 0.2, 0.0])
    noise = Noise(4, rng)
    drawn = torch.tensor([throw(p, noise.next()) for _ in range(6000)])
    counts = torch.bincount(drawn, minlength=4)
    assert counts[3] == 0
    torch.testing.assert_close(counts / 6000, p, atol=0.025, rtol=0)


def test_top_k_and_top_p():
    logits = torch.tensor([0.4, 0.3, 0.2, 0.1]).log()
    before, kept = distribution(logits, Settings(top_k=2))
    torch.testing.assert_close(before, logits.exp())
    torch.testing.assert_close(kept, torch.tensor([4 / 7, 3 / 7, 0, 0]))
    _, kept = distribution(logits, Settings(top_p=0.65))
    assert (kept > 0).tolist() == [True, True, False, False]  # the one that reaches p stays
    _, kept = distribution(logits, Settings(top_p=0.01))
    assert (kept > 0).sum() == 1  # never nothing
    _, kept = distribution(logits, Settings(temperature=0))
    assert kept.tolist() == [1, 0, 0, 0]


def test_temperature_is_a_power():
    logits = torch.tensor([0.6, 0.3, 0.1]).log()
    _, p = distribution(logits, Settings(2.0))
    root = torch.tensor([0.6, 0.3, 0.1]).sqrt()
    torch.testing.assert_close(p, root / root.sum())


@pytest.mark.parametrize("bad", [{"temperature": -1}, {"temperature": float("nan")}, {"top_k": -1},
                                 {"top_p": 0}, {"top_p": 1.5}])  # fmt: skip
def test_settings_out_of_range_are_one_sentence(bad):
    with pytest.raises(ValueError) as fault:
        Settings(**bad)
    assert is_one_sentence(str(fault.value))
