"""n-gram models: count what followed, roll a weighted die, back off when nothing did.

Shannon (1948), A mathematical theory of communication; Katz (1987), Estimation of probabilities
from sparse data; Witten & Bell (1991), The zero-frequency problem.

Every n-gram has a number, its rank among those of its length; (number of the context, next token)
is then one 64-bit key, whatever the length, and all continuations of a context lie side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

LONGEST = 8


@dataclass(frozen=True)
class Found:
    """What followed a context in the text: tokens and how often, the commonest first."""

    order: int  # n: the context has n - 1 tokens
    tokens: np.ndarray  # (K,)
    counts: np.ndarray  # (K,)


class NGrams:
    """Counts of all n-grams of a text up to `longest`."""

    def __init__(self, numbers: Tensor, vocabulary: int, longest: int = LONGEST) -> None:
        self.vocabulary = vocabulary
        self.longest = min(longest, len(numbers))
        tokens = numbers.numpy().astype(np.int64)
        self.keys: list[np.ndarray] = []  # for each n - 1: sorted keys
        self.counts: list[np.ndarray] = []
        context = np.zeros(len(tokens), np.int64)  # the number of the n - 1 tokens before each
        for _ in range(self.longest):
            keys, rank, counts = np.unique(
                context * vocabulary + tokens, return_inverse=True, return_counts=True
            )
            self.keys.append(keys)
            self.counts.append(counts)
            # what stands before the next token is the n-gram that ends here
            context, tokens = rank.reshape(-1)[:-1], tokens[1:]

    def number(self, context: Sequence[int]) -> int | None:
        """Return the number of a context, or None if it never occurs."""
        number = 0
        for n, token in enumerate(context):
            key = number * self.vocabulary + token
            at = int(np.searchsorted(self.keys[n], key))
            if at == len(self.keys[n]) or self.keys[n][at] != key:
                return None
            number = at
        return number

    def after(self, context: Sequence[int]) -> Found | None:
        """Return what followed `context` (at most longest - 1 tokens); None if nothing did."""
        number, n = self.number(context), len(context)
        if number is None:
            return None
        low, high = np.searchsorted(self.keys[n], [number * self.vocabulary,
                                                   (number + 1) * self.vocabulary])  # fmt: skip
        if low == high:
            return None
        counts = self.counts[n][low:high]
        order = np.argsort(-counts, kind="stable")
        tokens = self.keys[n][low:high] - number * self.vocabulary
        return Found(n + 1, tokens[order], counts[order])

    def back_off(self, history: Sequence[int], n: int) -> Found:
        """Return what followed the longest end of `history`, of at most n - 1 tokens, that occurs.

        An empty context always occurs: that is the unigram.
        """
        for length in range(min(n, self.longest) - 1, -1, -1):
            if length <= len(history):
                found = self.after(list(history[len(history) - length :]))
                if found is not None:
                    return found
        raise AssertionError("the empty context always occurs")

    def losses(self, numbers: Tensor, n: int, smoothing: str = "witten-bell") -> Tensor:
        """Return -ln p of every token of `numbers`, (length,), by n-grams.

        "witten-bell": p_n = (count + kinds p_(n-1)) / (total + kinds), where `kinds` tells how many
        different tokens followed the context; an unseen context leaves it to p_(n-1), and p_0 is
        1 / vocabulary.  "add-one": (count + 1) / (total + vocabulary), no back-off.
        """
        tokens = numbers.numpy().astype(np.int64)
        p = np.full(len(tokens), 1 / self.vocabulary)
        context = np.zeros(len(tokens), np.int64)  # -1: never seen
        for k in range(min(n, self.longest)):
            count, total, kinds, rank = self._look_up(k, context, tokens)
            if smoothing == "add-one":
                p = (count + 1) / (total + self.vocabulary)
            else:
                p = np.where(total > 0, (count + kinds * p) / np.maximum(total + kinds, 1), p)
            context = np.concatenate([[-1], rank[:-1]])
        return torch.from_numpy(-np.log(p))

    def _look_up(
        self, k: int, context: np.ndarray, tokens: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return count, total and kinds of each context's continuations, and the n-gram's number.

        The number is that of the k + 1 tokens up to and with this one, or -1.
        """
        keys, counts, V = self.keys[k], self.counts[k], self.vocabulary
        sums = np.concatenate([[0], np.cumsum(counts)])
        low = np.searchsorted(keys, context * V)
        high = np.searchsorted(keys, (context + 1) * V)
        total, kinds = sums[high] - sums[low], high - low
        wanted = context * V + tokens
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        hit = (context >= 0) & (keys[at] == wanted)
        total, kinds = np.where(context >= 0, total, 0), np.where(context >= 0, kinds, 0)
        return np.where(hit, counts[at], 0), total, kinds, np.where(hit, at, -1)


def perplexity(losses: Tensor) -> float:
    """Return exp of the mean loss: among how many equally likely tokens the model seems to pick."""
    return float(losses.mean().exp())
