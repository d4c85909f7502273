"""A beam search as a tree: what was kept, what was dropped, and what won."""

from dataclasses import dataclass

from labs.live import Frame
from labs.models.translation.beam import Hypothesis, Round, beam_rounds
from labs.models.translation.decode import Memory, longest
from labs.models.translation.net import Translator
from labs.models.translation.pieces import END, START, english_french
from labs.numerals import minus, written
from labs.sequences.translation.trace import Trace, shown

MOST = 40  # pieces of a hypothesis
STEPS = 14  # rounds that are drawn
ROWS = 6  # hypotheses in the table


@dataclass(frozen=True)
class Search:
    """A search and what it found."""

    rounds: tuple[Round, ...]
    found: tuple[Hypothesis, ...]  # ended, best first
    greedy: Hypothesis  # the likeliest piece, again and again


def most(trace: Trace) -> int:
    """Return how many pieces are written at most."""
    return min(MOST, longest(len(trace.source)))


def greedily(net: Translator, trace: Trace) -> Hypothesis:
    """Take the likeliest piece, again and again, from the encoder's states of a trace."""
    memory, tokens, total = Memory(net, trace.encoded), (), 0.0
    for _ in range(most(trace)):
        log_p, piece = memory.step([(START, *tokens)])[0].max(0)
        total += log_p.item()
        if piece == END:
            return Hypothesis(tokens, total, total, True)
        tokens = (*tokens, piece.item())
    return Hypothesis(tokens, total, total, False)


def search(net: Translator, trace: Trace, width: int, penalty: float, greedy: Hypothesis) -> Search:
    """Search from the encoder's states of a trace, to be compared with what is greedy."""
    step, how = Memory(net, trace.encoded).step, {"end": END, "max_length": most(trace)}
    rounds = tuple(beam_rounds(step, START, width=width, length_penalty=penalty, **how))
    best = [*rounds[-1].ended, *rounds[-1].alive]
    return Search(rounds, tuple(sorted(best, key=lambda h: -h.score)), greedy)


def draw(f: Frame, found: Search, width: int) -> None:
    """Add the tree and the table of hypotheses."""
    best = found.found[0]
    way = [best.tokens[:i] for i in range(1, len(best.tokens) + 1)]
    places: dict[tuple[tuple[int, ...], bool], int] = {}
    nodes = [{"x": 0, "y": (width - 1) / 2, "shape": "box", "text": "(start)", "name": "",
              "up": "", "down": "", "state": "done"}]  # fmt: skip
    places[(), False] = 0
    edges = []
    for x, now in enumerate(found.rounds[:STEPS], 1):
        kept = [h for h in now.looked if h in now.ended or h in now.alive][: width + 1]
        for y, h in enumerate(kept):
            before = h.tokens if h.ended else h.tokens[:-1]
            parent = places.get((before, False))
            if parent is None:
                continue
            wins = h.tokens == best.tokens if h.ended else h.tokens in way
            places[h.tokens, h.ended] = len(nodes)
            nodes.append({
                "x": x, "y": y, "shape": "box", "text": shown(END if h.ended else h.tokens[-1])[:9],
                "name": "", "up": "", "down": written(h.log_prob, ".2f"),
                "state": "now" if wins else "wait" if h.ended else "done",
            })  # fmt: skip
            edges.append({"from": parent, "to": len(nodes) - 1, "via": [], "up": "", "down": "",
                          "state": "up" if wins else "", "faint": False})  # fmt: skip
    f.notes["tree"] = {
        "size": [min(len(found.rounds), STEPS) + 1, width + 1], "chosen": None,
        "nodes": nodes, "edges": edges,
    }  # fmt: skip
    table = english_french()
    f.notes["hypotheses"] = {
        "head": ["", "sentence", "ln p", "pieces", "score"],
        "rows": [
            [str(i), table.decode(h.tokens) + ("" if h.ended else " …"), written(h.log_prob, ".2f"),
             str(len(h.tokens) + h.ended), written(h.score, ".3f")]
            for i, h in enumerate(found.found[:ROWS], 1)
        ],
    }  # fmt: skip
    more = best.log_prob - found.greedy.log_prob
    told = "the same as greedy" if abs(more) < 1e-4 else f"{written(more, '+.2f')} against greedy"
    f.notes["titles"]["hypotheses"] = minus(f"best by score: ln p {best.log_prob:.2f}, {told}")
    f.notes["titles"]["tree"] = (
        f"under each piece ln p of the beginning; the {width} likeliest go on"
        if width > 1 else "under each piece ln p of the beginning; only the likeliest goes on"
    )  # fmt: skip


def empty(f: Frame) -> None:
    """Add a tree of nothing."""
    f.notes["tree"] = {"size": [2, 2], "chosen": None, "nodes": [], "edges": []}
    f.notes["hypotheses"] = {"head": ["", "sentence", "ln p", "pieces", "score"], "rows": []}
