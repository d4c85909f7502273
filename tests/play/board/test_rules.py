"""The rules, move by move: against open-spiel, a brute-force account, and the batched ones."""

import os

import numpy as np
import pyspiel
import pytest
import torch

from labs.play.board.games import GAMES, load
from labs.play.board.games.many import PLY, many
from labs.play.board.rollouts import random_moves, results_of
from tests.play.board.oracle import GoOracle, RowsOracle

GAMES_EACH = int(os.environ.get("GLASSBOX_RULES", "12"))  # 5000: by hand, some minutes
SPIEL = {
    "go5": "go(board_size=5,komi=7.5)",
    "go7": "go(board_size=7,komi=8.5)",
    "connect-four": "connect_four",
    "tic-tac-toe": "tic_tac_toe",
}


def spiel_action(game, move: int) -> int:
    """open-spiel counts Go's rows from the bottom."""
    if game.name.startswith("go") and move < game.moves - 1:
        row, column = divmod(move, game.columns)
        return (game.rows - 1 - row) * game.columns + column
    return move


@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", SPIEL)
def test_equal_to_open_spiel(name):
    """Legal moves, who moves and the result; a repeated position, which it plays on, apart."""
    game, peer = load(name), pyspiel.load_game(SPIEL[name])
    rng = np.random.default_rng(3)
    repeats = 0
    for _ in range(GAMES_EACH):
        state, other, trail = game.start(), peer.new_initial_state(), []
        while (result := game.result(state)) is None:
            legal = game.legal(state).numpy()
            theirs = np.isin(
                [spiel_action(game, m) for m in range(game.moves)], other.legal_actions()
            )
            odd = np.flatnonzero(legal != theirs)
            if odd.size:  # only superko may differ: open-spiel lets it happen, and ends the game
                oracle = GoOracle(game.rows, game.komi)
                for move in trail:
                    oracle.play(move)
                assert theirs[odd].all()
                assert all(oracle.repeats(int(move)) for move in odd)
                repeats += odd.size
            assert other.current_player() == game.player(state)
            move = int(rng.choice(np.flatnonzero(legal)))
            trail.append(move)
            state = game.play(state, move)
            other.apply_action(spiel_action(game, move))
        assert other.is_terminal()
        assert other.returns()[0] == result
        assert not game.legal(state).any()
    if GAMES_EACH >= 1000 and name.startswith("go"):
        assert repeats  # the case was met


@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", GAMES)
def test_equal_to_brute_force(name):
    game, rng = load(name), np.random.default_rng(4)
    for _ in range(max(6, GAMES_EACH // 10)):
        state = game.start()
        oracle = (
            GoOracle(game.rows, game.komi)
            if name.startswith("go")
            else RowsOracle(*game.shape, game.length, game.drops)
        )
        while True:
            assert game.board(state).tolist() == [list(line) for line in oracle.grid]
            assert game.result(state) == oracle.result()
            legal = game.legal(state)
            assert legal.tolist() == oracle.legal()
            if oracle.result() is not None:
                break
            # few passes, so that boards fill up and stones are taken
            free = [m for m in legal.nonzero()[:, 0].tolist() if game.cell(m) or game.drops]
            move = int(rng.choice(free)) if free else game.moves - 1
            lands = game.lands(state, move)
            state = game.play(state, move)
            oracle.play(move)
            assert lands is None or oracle.grid[lands[0]][lands[1]] == 1 + (state.ply - 1) % 2


@pytest.mark.parametrize("name", GAMES)
def test_many_games_are_played_as_one_is(name):
    game = load(name)
    rules, rng = many(game), np.random.default_rng(5)
    states = rules.start(40)
    single = [game.start()] * 40
    past = np.full((40, game.longest + 1, 2), -1)
    past[:, 0] = 0
    live = np.arange(40)
    while live.size:
        legal = rules.legal(states, past[live] if rules.superko else None)
        planes = rules.planes(states)
        for row, index in enumerate(live):
            assert game.legal(single[index]).tolist() == legal[row].tolist()
            assert game.planes(single[index]).equal(torch.from_numpy(planes[row]))
        moves = random_moves(legal, rng)
        states = rules.advance(states, moves)
        results = rules.result(states)
        for row, index in enumerate(live):
            single[index] = game.play(single[index], int(moves[row]))
            assert tuple(states[row, :2]) == single[index][:2]
            result = game.result(single[index])
            assert np.isnan(results[row]) if result is None else results[row] == result
        past[live, states[:, PLY]] = states[:, :2]
        live, states = live[np.isnan(results)], states[np.isnan(results)]


@pytest.mark.parametrize("name", GAMES)
def test_random_games_end_as_games_one_by_one_do(name):
    """The mean result of many in step is that of single games, within four standard errors."""
    game, rng = load(name), np.random.default_rng(6)
    mean = results_of(many(game), many(game).start(2000), rng).mean()
    single = []
    for _ in range(60):
        state = game.start()
        while (result := game.result(state)) is None:
            state = game.play(state, int(rng.choice(game.legal(state).nonzero()[:, 0])))
        single.append(result)
    error = (1 / 60 + 1 / 2000) ** 0.5
    assert abs(np.mean(single) - mean) < 4 * error


def test_go_takes_what_has_no_liberty():
    game = load("go5")
    state = game.start()
    for move in (1, 0, 5):  # b5, a5, a4: the stone in the corner is taken
        state = game.play(state, move)
    assert game.board(state)[0, 0] == 0
    assert state.taken
    with pytest.raises(ValueError, match="not legal"):
        game.play(state, 0)  # suicide


def test_go_may_not_repeat_a_position():
    game = load("go5")
    state = game.start()
    #  . B W .        Black takes at c4 (column 2), White may not take back at once
    for move in (1, 2, 5, 8, 11, 12, 7, 6):
        state = game.play(state, move)
    assert game.board(state)[1].tolist() == [1, 2, 0, 2, 0]
    assert not game.legal(state)[7]  # it would take back: the position was there before
    state = game.play(game.play(state, 24), 20)
    assert game.legal(state)[7]  # two stones later it is another position


def test_go_counts_areas_and_komi():
    game = load("go5")
    state = game.play(game.play(game.start(), 12), 25)
    state = game.play(state, 25)
    assert game.result(state) == 1
    assert game.score(state) == 25 - 7.5
    nothing = game.play(game.play(game.start(), 25), 25)
    assert game.result(nothing) == -1
    assert game.score(nothing) == -7.5
    assert not game.legal(nothing).any()


@pytest.mark.parametrize("name", GAMES)
def test_what_is_not_a_move_is_told(name):
    game = load(name)
    for move in (-1, game.moves, 1000):
        with pytest.raises(ValueError, match=f"move {move} is not legal"):
            game.play(game.start(), move)


def test_an_unknown_game_is_told():
    with pytest.raises(ValueError, match="there is no game 'chess'; there are connect-four"):
        load("chess")


@pytest.mark.parametrize("name", GAMES)
def test_moves_have_names_of_their_own(name):
    game = load(name)
    assert len({game.words(move) for move in range(game.moves)}) == game.moves


def test_words():
    assert load("go5").words(12) == "c3"
    assert load("go5").words(0) == "a5"
    assert load("go5").words(25) == "pass"
    assert load("connect-four").words(3) == "column 4"


def test_states_do_not_change():
    for name in GAMES:
        game = load(name)
        start = game.start()
        game.play(start, 0)
        assert start == game.start()
        assert hash(start) == hash(game.start())
