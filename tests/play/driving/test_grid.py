"""The grid world: the book's numbers, a linear solve, Q-learning, and cells made by a click."""

import pytest
import torch

from labs.play.driving import Grid
from labs.play.driving.grid_lab import BLOCK, WORLDS
from labs.play.grid import (
    MOVES,
    NONE,
    RUSSELL,
    QLearner,
    World,
    ends,
    free,
    move_values,
    transitions,
    value_iteration,
    world,
)
from tests.sentences import is_one_sentence

BOOK = [[0.812, 0.868, 0.918, 1], [0.762, 0, 0.660, -1], [0.705, 0.655, 0.611, 0.388]]
OTHER = world("..#.. ....P G...# P.#..", slip=0.37, living=-0.11)


def test_the_values_printed_in_the_book():
    values, moves = value_iteration(RUSSELL, 1.0)
    assert torch.allclose(values, torch.tensor(BOOK, dtype=torch.float64), atol=6e-4)
    arrows = "".join("URDL."[m] for m in moves.flatten().tolist())
    assert arrows == "RRR." + "U.U." + "ULLL"


def test_values_are_the_solution_of_linear_equations():
    for w in (RUSSELL, OTHER, world(WORLDS["cliff"], 0.5, -0.3), world(WORLDS["rooms"], 0, 0.2)):
        for gamma in (0.0, 0.5, 0.95):
            values, moves = value_iteration(w, gamma)
            chosen = moves.flatten().clamp_min(0)
            P = transitions(w)[chosen, torch.arange(len(chosen))]
            r = torch.where(free(w), w.living, ends(w))
            solved = torch.linalg.solve(torch.eye(len(r), dtype=torch.float64) - gamma * P, r)
            assert torch.allclose(values.flatten(), solved, atol=1e-9)
            best = move_values(w, solved, gamma)
            at = best.gather(1, chosen[:, None])[:, 0]
            assert torch.allclose(
                at[free(w)], best.amax(1)[free(w)], atol=1e-9
            )  # no move is better


def test_chances_add_up_and_walls_hold():
    P = transitions(OTHER)
    assert torch.allclose(P.sum(2), free(OTHER).double().expand(len(MOVES), -1))
    walls = torch.tensor([k == "#" for k in "".join(OTHER.rows)])
    assert P[:, :, walls].abs().max() == 0
    _, moves = value_iteration(OTHER, 0.9)
    assert (moves.flatten()[~free(OTHER)] == NONE).all()


def test_q_learning_finds_the_same_values():
    w = world("...G .#.P ....", slip=0.2)
    learner = QLearner(w, torch.Generator().manual_seed(0))
    for k in range(40_000):
        learner.move(alpha=max(0.01, 1 / (1 + k / 400)), epsilon=1.0, gamma=0.9)
    values, _ = value_iteration(w, 0.9)
    exact = move_values(w, values.flatten(), 0.9)
    assert (learner.table - exact).abs().max() < 0.12
    assert (learner.table.amax(1) - values.flatten()).abs().max() < 0.08


def test_one_correction_by_hand():
    w = world("..G", slip=0.0, living=-0.1)
    learner = QLearner(w, torch.Generator().manual_seed(1))
    learner.cell = 1
    learner.table[1] = torch.tensor([0.0, 0.5, 0.0, 0.0])  # the best move is to the right
    learner.move(alpha=0.2, epsilon=0.0, gamma=0.9)
    assert learner.cell == 2
    assert learner.table[1, 1].item() == pytest.approx(0.5 + 0.2 * (-0.1 + 0.9 * 1 - 0.5))


def test_bad_worlds_are_refused_in_a_sentence(subtests, monkeypatch):
    monkeypatch.setattr("labs.play.grid.SWEEPS", 1000)
    cases = {"ragged": lambda: world(".. ..."), "nothing": lambda: world(""),
             "letter": lambda: world("..x"),
             "large": lambda: world(["." * 13]), "slip": lambda: World(("..",), slip=1.5),
             "gamma": lambda: value_iteration(RUSSELL, 1.2),
             "endless": lambda: value_iteration(world("..", living=-1), 1.0)}  # fmt: skip
    for name, make in cases.items():
        with subtests.test(name), pytest.raises(ValueError) as refusal:
            make()
        assert is_one_sentence(str(refusal.value)), refusal.value


def test_a_click_makes_a_wall_and_a_link_keeps_it():
    lab = Grid()
    lab.receive({"panel": "swept", "kind": "click", "row": 0, "col": BLOCK})
    assert lab.rows == (".#.G", ".#.P", "....")
    other = Grid()
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert other.rows == lab.rows
    assert torch.equal(
        other.frame().values["swept"].nan_to_num(9), lab.frame().values["swept"].nan_to_num(9)
    )


def test_a_world_without_free_cells_or_without_an_end_is_shown():
    for brush in ("wall", "goal", "pit"):
        lab = Grid()
        lab.receive({"setting": "brush", "value": brush})
        for cell in range(12):
            lab.receive({"panel": "swept", "kind": "click", "row": BLOCK * (cell // 4),
                         "col": BLOCK * (cell % 4)})  # fmt: skip
            lab.step()
        lab.frame()


def test_the_script_prints_what_is_on_the_screen(printed):
    lab = Grid()
    for _ in range(7):
        lab.step()
    text = printed(lab.script())
    table = lab.learner.table.amax(1)
    assert f"{table[2].item():.4f}" in text
    assert f"{lab.values[0].item():.4f}" in text
