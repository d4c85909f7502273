"""Beam search, held to looking at every sentence there is."""

from functools import cache
from itertools import product

import pytest
import torch

from labs import zoo
from labs.models.translation.beam import beam_rounds, beam_search
from labs.models.translation.decode import Memory, greedy, longest
from labs.models.translation.pieces import END as END_OF_TEXT
from labs.models.translation.pieces import START

V, END, LONGEST = 4, 3, 4


def table(seed: int):
    """Return a step whose distribution depends on the whole prefix."""

    @cache
    def row(prefix):
        number = hash((seed, prefix)) % 2**31
        return torch.randn(V, generator=torch.Generator().manual_seed(number)).mul(1.5)

    return lambda prefixes: torch.stack([row(p) for p in prefixes]).log_softmax(1)


def everything(step, alpha):
    """Return (score, tokens) of every sentence that ends within LONGEST, or lasts as long."""
    found = []
    for length in range(LONGEST + 1):
        for tokens in product(range(V - 1), repeat=length):
            log_p = [float(step([(9, *tokens[:i])])[0, t]) for i, t in enumerate(tokens)]
            if length < LONGEST:
                total, n = sum(log_p) + float(step([(9, *tokens)])[0, END]), length + 1
            else:
                total, n = sum(log_p), length
            found.append((total / ((5 + n) / 6) ** alpha, tokens))
    return sorted(found, reverse=True)


@pytest.mark.parametrize("alpha", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_with_room_for_all_it_is_an_exhaustive_search(seed, alpha):
    step = table(seed)
    best = beam_search(step, 9, width=V**LONGEST, end=END, max_length=LONGEST, length_penalty=alpha)
    wanted = everything(step, alpha)[:10]
    assert [h.tokens for h in best[:10]] == [tokens for _, tokens in wanted]
    torch.testing.assert_close(
        torch.tensor([h.score for h in best[:10]]), torch.tensor([s for s, _ in wanted])
    )


@pytest.mark.parametrize("seed", range(3))
def test_width_one_is_greedy_and_two_ends_early_only_where_nothing_better_can_come(seed):
    step, tokens = table(seed), (9,)
    while len(tokens) <= LONGEST and (t := int(step([tokens])[0].argmax())) != END:
        tokens = (*tokens, t)
    how = {"end": END, "max_length": LONGEST, "length_penalty": 0.0}
    greedy = beam_search(step, [9], width=1, **how)[0]
    assert greedy.tokens == tokens[1 : LONGEST + 1]
    assert [h.score for h in beam_search(step, 9, width=2, **how)] == sorted(
        (h.score for h in beam_search(step, 9, width=2, **how)), reverse=True
    )
    assert all(len(r.alive) <= 2 for r in beam_rounds(step, 9, width=2, **how))


def test_a_beam_of_four_is_less_likely_than_greedy_only_where_it_has_let_that_go(subtests):
    net, let_go = zoo.load("translate-attention"), []
    for text in ("I am very tired.", "Where did you buy that hat?", "Like father, like son."):
        with subtests.test(text):
            numbers = net.table.encode(text)
            alone = greedy(net, [numbers])[0][0]
            memory = Memory(net, net.encode(torch.tensor(numbers)[None]))
            how = {"width": 4, "end": END_OF_TEXT, "max_length": longest(len(numbers))}
            rounds = list(beam_rounds(memory.step, START, **how))
            if rounds[-1].ended[0].log_prob < alone.log_prob - 1e-3:
                let_go.append(text)
                kept = [any(h.tokens == alone.tokens[:n] for h in r.alive)
                        for n, r in enumerate(rounds, 1)]  # fmt: skip
                assert not all(kept[: len(alone.tokens)])
    assert let_go == ["Like father, like son."]


@pytest.mark.parametrize("wrong", [{"width": 0}, {"max_length": 0}, {"length_penalty": -1.0}])
def test_nonsense_is_refused(wrong):
    how = {"width": 2, "end": END, "max_length": 3, "length_penalty": 0.0} | wrong
    with pytest.raises(ValueError, match="must be >="):
        beam_search(table(0), 9, **how)
