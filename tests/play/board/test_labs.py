"""The board page's labs: what is shown is what the search, the rules and the net say."""

import numpy as np
import pytest
import torch

from labs.play.board import view
from labs.play.board.drawing import numbers, principal
from labs.play.board.games import GAMES
from labs.play.board.learning import MATCH, Learning
from labs.play.board.nets import evaluation, net_of, playable
from labs.play.board.play import Play
from labs.play.board.position import Played, row_of
from labs.play.board.recipe import OPENING, Recipe
from labs.play.board.scores import score, summary
from labs.play.board.search import Tree
from labs.play.board.sight import Seeing, influence, without_each
from labs.play.board.thought import thought
from labs.play.board.tree import MOST, Searching
from labs.play.board.view import sides
from tests.scripts import printed
from tests.sentences import refuses

__all__ = ["printed"]
FOUR = GAMES["connect-four"]


def put(lab, **settings):
    for name, value in settings.items():
        lab.receive({"setting": name, "value": value})


def play(lab, *moves):
    for move in moves:
        lab.receive({"panel": "board", "kind": "play", "unit": move})


def think(lab, most=5000):
    while most and lab.step():
        most -= 1


# Positions and the board's note.


@pytest.mark.parametrize("name", GAMES)
def test_a_game_is_in_its_link_and_back(name):
    game, dice = GAMES[name], torch.Generator().manual_seed(3)
    played = Played.begin(game)
    while played.result is None and len(played.moves) < 60:
        played = played.play(int(played.legal.float().multinomial(1, generator=dice)))
    again = Played.read(game, played.text)
    assert again.moves == played.moves
    assert torch.equal(view.cells(again), view.cells(played))
    assert again.back(3).moves == played.moves[:-3]


def test_a_bad_link_of_moves_is_refused_in_a_sentence():
    for text in ("3.x", "7", "3.3.3.3.3.3.3", "-1", "3." * 300 + "3", "²"):
        lab = Play()
        assert len(lab.open({"moves": text})) == 1
        assert not lab.now.played.moves
    with pytest.raises(ValueError, match="over"):
        Played.read(FOUR, "0.1.0.1.0.1.0").play(3)


def test_a_stone_that_was_taken_is_marked():
    played = Played.read(GAMES["go5"], "1.0.5")  # the corner's stone has no liberty left
    assert played.moved() == ([1, 0], [[0, 0]])
    note = view.board_note(played)
    assert note["taken"] == [[0, 0]]
    assert note["kind"] == "crossings"


def test_the_winning_row_is_found():
    board = torch.zeros(6, 7, dtype=torch.int64)
    assert row_of(board, 4) == []
    for k in range(4):
        board[5 - k, 2 + k] = 2
    assert sorted(row_of(board, 4)) == [[2, 5], [3, 4], [4, 3], [5, 2]]
    played = Played.read(FOUR, "0.1.0.1.0.1.0")
    assert view.winning(FOUR, played) == [[2, 0], [3, 0], [4, 0], [5, 0]]
    assert view.outcome(FOUR, played.result) == f"{sides(FOUR)[0]} has won."


# Play.


def test_it_answers_a_move_with_the_most_visited_one():
    lab = Play()
    put(lab, simulations=40)
    play(lab, 3)
    assert lab.eager
    think(lab)
    assert not lab.eager
    found = lab.now.thought
    assert found.simulations == 40
    assert lab.now.played.moves == (3, int(found.after.argmax()))
    tree = Tree(FOUR, FOUR.play(FOUR.start(), 3), evaluation(FOUR, generator=torch.Generator()))
    for _ in range(40):
        tree.simulate()
    assert torch.allclose(found.after * 40, tree.visits().float())
    assert found.value_after == pytest.approx(-float(tree.root.W.sum()) / 40)  # for the first


def test_without_simulations_the_likeliest_move_is_played():
    lab = Play()
    put(lab, simulations=1, sides="second")
    think(lab)
    assert lab.now.played.moves == (int(lab.now.thought.before.argmax()),)
    assert lab.now.thought.value_after is None
    assert torch.isnan(lab.now.thought.after).all()


def test_every_game_begins_with_a_search_of_the_empty_board():
    lab = Play()
    for event in ({"game": "go5"}, {"new": True}):
        put(lab, simulations=10, **event)
        think(lab)
        assert lab.now.thought.simulations == 10
        assert lab.frame().notes["expected"]["rows"]


def test_a_hint_changes_no_board_and_an_undo_takes_both_moves_back():
    lab = Play()
    put(lab, simulations=10)
    think(lab)  # what a fresh page looks into by itself
    play(lab, 2)
    lab.rest()
    think(lab)
    moves = lab.now.played.moves
    assert len(moves) == 2
    put(lab, hint=True)
    lab.rest()
    think(lab)
    assert lab.now.played.moves == moves
    assert lab.now.thought.played.moves == moves
    put(lab, undo=True)
    put(lab, undo=True)
    assert lab.now.played.moves == ()


def test_two_moves_in_haste_are_two_acts():
    lab = Play()
    put(lab, sides="hands")
    play(lab, 2, 3)  # the hand has not rested between them
    put(lab, undo=True)
    assert lab.now.played.moves == (2,)


def test_out_of_turn_and_out_of_the_rules_is_refused():
    lab = Play()
    put(lab, sides="second")
    refuses(lab, {"panel": "board", "kind": "play", "unit": 3})
    refuses(lab, {"setting": "hint", "value": True})
    put(lab, sides="hands")
    refuses(lab, {"setting": "pass_move", "value": True})  # Connect Four has none
    play(lab, *[3] * 6)
    refuses(lab, {"panel": "board", "kind": "play", "unit": 3})
    assert lab.now.played.moves == (3,) * 6


def test_it_plays_itself_to_the_end_and_the_seed_decides():
    def watched(temperature, seed):
        lab = Play()
        put(lab, simulations=1, sides="watch", temperature=temperature)
        lab.from_link("seed", str(seed))
        think(lab)
        assert lab.now.played.result is not None
        return lab.now.played.moves

    assert watched(0, 1) == watched(0, 2)
    assert watched(1, 1) == watched(1, 1)
    assert len({watched(1, seed) for seed in range(1, 5)}) > 1


def test_the_course_of_a_game_ends_with_its_result():
    lab = Play()
    put(lab, sides="hands")
    play(lab, 0, 1, 0, 1, 0, 1, 0)
    course = lab.frame().values["course"]
    assert course.shape == (3, 8)
    assert course[1, -1] == 1
    with torch.no_grad():
        _, value = net_of("connect-four")(FOUR.planes(FOUR.play(FOUR.start(), 0))[None])
    assert float(course[1, 1]) == pytest.approx(-float(value[0]), abs=1e-4)  # Orange is to move


# The search, opened up.


def grown(count, **settings):
    lab = Searching()
    lab.goal = 0  # a fresh page grows by itself
    put(lab, **settings)
    for _ in range(count):
        lab.step()
    return lab


def test_the_picture_holds_every_visited_position_once():
    lab = grown(120)
    placed = lab.opened.picture.placed
    assert len({p.path for p in placed}) == len(placed)
    assert placed[0].visits == 120
    for k, p in enumerate(placed):
        below = sum(q.visits for q in placed if q.parent == k)
        if p.node.outcome is None:
            assert p.visits == below + (k > 0)  # one visit expanded it
        assert p.parent < k
    x = lab.opened.picture.x
    assert min(x) > 0
    assert max(x) < 1
    for depth in range(1, 5):
        level = [v for p, v in zip(placed, x, strict=True) if len(p.path) == depth]
        assert len(set(level)) == len(level)


def test_the_principal_line_is_that_of_the_search():
    lab = grown(100)
    picture = lab.opened.picture
    line = principal(picture)
    found = thought(lab.tree, lab.played).lines[0]
    assert picture.placed[line[-1]].path == found[: len(line) - 1]
    assert len(line) - 1 == len(found)


def test_a_walk_counts_only_when_it_is_backed_up():
    lab = grown(30)
    before = [a.copy() for a in (lab.tree.root.N, lab.tree.root.W)]
    size = len(lab.opened.picture.placed)
    put(lab, pace="stage")
    for stage, more in enumerate((0, 1, 1, 1)):
        lab.step()
        assert lab.stage == stage
        counts, sums = numbers(lab.tree.root, lab.walk, lab.stage)
        assert len(lab.opened.picture.placed) == size + (more if lab.walk.evaluated else 0)
        if stage < 3:
            assert np.allclose(counts, before[0])
            assert np.allclose(sums, before[1])
        else:
            assert counts.sum() == before[0].sum() + 1


def test_the_first_row_of_the_sums_is_where_the_search_goes():
    lab = grown(80)
    for path in ((), (3,)):
        lab.chosen = path
        node = lab.opened.node(path)
        row = lab.frame().notes["sums"]["rows"][0]
        move = int(node.moves[lab.tree.select(node)])
        assert row[0] == str(move + 1)
    put(lab, pace="stage")
    lab.step()  # a walk that is only descended: the sums are still those that sent it
    lab.chosen = ()
    went = int(lab.walk.nodes[0].moves[lab.walk.choices[0]])
    assert lab.frame().notes["sums"]["rows"][0][0] == str(went + 1)


def test_turning_a_knob_grows_the_same_tree_anew():
    lab, other = grown(50), Searching()
    put(lab, c_puct=3)
    put(other, c_puct=3)
    for _ in range(50):
        other.step()
    assert torch.equal(lab.tree.visits(), other.tree.visits())
    assert not torch.equal(lab.tree.visits(), grown(50).tree.visits())


def test_the_script_does_the_same_search(printed):
    games = [{"game": game.name} for game in playable()]
    for settings in (*games, {"value": "rollout", "c_puct": 2.5}, {"noise": 0.5}):
        lab = grown(60, **settings)
        lines = printed(lab.script()).splitlines()
        root = lab.tree.root
        for line, k in zip(lines, np.argsort(-root.N, kind="stable"), strict=True):
            word = lab.game.words(int(root.moves[k]))
            assert line.startswith(f"{word}: N = {root.N[k]:.0f}, Q = {root.Q[k]:.3f}")


def test_a_tree_has_an_end_and_a_finished_game_none():
    lab = grown(5)
    lab.from_link("grown", str(MOST))
    assert not lab.step()
    assert lab.count == MOST
    with pytest.raises(ValueError, match="at most"):
        lab.from_link("grown", str(MOST + 1))
    play(lab, 0, 1, 0, 1, 0, 1, 0)
    frame = lab.frame()
    assert not lab.step()
    assert "nothing to search" in str(frame.notes["words"])
    refuses(lab, {"setting": "grow", "value": True})


# What the net sees.


def test_taking_a_stone_off_asks_the_net_again():
    lab = Seeing()
    net, planes = net_of(lab.game.name), lab.game.planes(lab.played.state)
    found = without_each(net, planes, lambda logits, values: logits[:, 3])
    row, col = planes[:2].sum(0).nonzero()[1].tolist()
    bare = planes.clone()
    bare[:2, row, col] = 0
    with torch.no_grad():
        both = net(torch.stack([planes, bare]))[0][:, 3]
    assert float(found[row, col]) == pytest.approx(float(both[0] - both[1]), abs=1e-5)
    assert (found[planes[:2].sum(0) == 0] == 0).all()


def test_the_gradient_is_that_of_the_chosen_number():
    lab = Seeing()
    frame = lab.frame()
    net, planes = net_of(lab.game.name), lab.game.planes(lab.played.state)
    move = frame.notes["policy"]["chosen"]
    x = planes.clone()[None].requires_grad_()
    (gradient,) = torch.autograd.grad(net(x)[0][0, move], x)
    assert torch.allclose(frame.maps["gradient"], gradient[0, :2], atol=1e-6)
    assert torch.allclose(frame.maps["influence"][0], influence(planes, gradient[0]), atol=1e-6)


# The recipe.


def test_the_table_is_what_was_played():
    lab = Recipe()
    put(lab, simulations=4)
    while len(lab.games) < 4:
        lab.step()
    for game in lab.games:
        assert game.played.result is not None
    for one, other in zip(lab.games[::2], lab.games[1::2], strict=True):
        assert (one.first, one.second) == (other.second, other.first)
        assert one.played.moves[:OPENING] == other.played.moves[:OPENING]
    n, mean, error = score(lab.games, "random", "rollouts")
    assert score(lab.games, "rollouts", "random") == (
        n,
        pytest.approx(1 - mean),
        pytest.approx(error),
    )
    assert sum(score(lab.games, key)[0] for key in ("random", "rollouts")) >= 2 * n


def test_a_step_of_the_table_is_a_move_as_the_transport_counts_it():
    lab = Recipe()
    put(lab, simulations=2)
    for _ in range(60):
        lab.step()
    assert lab.steps == 60
    assert len(lab.games) > 1
    put(lab, again=True)
    assert (lab.steps, lab.games) == (0, [])


def test_the_standard_error_is_that_of_a_mean():
    points = [1, 0.5, 0, 1, 1]
    n, mean, _ = summary(points)
    assert (n, mean) == (5, pytest.approx(np.mean(points)))
    many = [1.0, 0.0] * 500 + [1.0] * 300  # of many games it is the plain one
    assert summary(many)[2] == pytest.approx(np.std(many) / np.sqrt(len(many)), rel=0.01)
    assert summary([1, 1])[2] > 0.2  # two games won say little
    assert summary([])[0] == 0


def test_a_game_is_opened_and_gone_through():
    lab = Recipe()
    put(lab, simulations=2)
    refuses(lab, {"panel": "games", "kind": "click", "unit": 0})
    while len(lab.games) < 2:
        lab.step()
    lab.receive({"panel": "games", "kind": "click", "unit": 1})
    assert lab.shown is lab.games[0].played
    lab.receive({"panel": "moment", "kind": "moment", "value": 3})
    assert int((lab.frame().values["board"] > 0).sum()) == 3
    put(lab, latest=True)
    assert lab.shown is lab.played


# Learning.


def test_the_same_seed_learns_the_same():
    one, other = Learning(), Learning()
    for lab in (one, other):
        put(lab, simulations=4)
        for _ in range(3):
            lab.step()
    assert (one.run.games.states == other.run.games.states).all()
    put(other, fresh=True, simulations=4)
    for _ in range(3):
        other.step()
    assert (one.run.games.states != other.run.games.states).any()


def test_the_strength_is_a_share_with_its_standard_error():
    lab = Learning()
    frame = lab.frame()
    table, bands = frame.values["strength"], frame.values["strength.bands"]
    assert table.shape == (4, 1)
    p = table[1:]
    assert ((p * MATCH * 2) % 1 < 1e-4).all()  # whole games and halves
    assert torch.allclose(bands[:, 1] - p, ((p * (1 - p)) / MATCH).sqrt(), atol=0.25)
    assert (bands[:, 0] >= 0).all()
    assert (bands[:, 1] <= 1).all()


def test_the_visitor_plays_against_what_it_has_learned_by_now():
    lab = Learning()
    lab.receive({"panel": "yours", "kind": "play", "unit": 4})
    assert len(lab.played.moves) == 2
    assert lab.answer.simulations == 50
    refuses(lab, {"panel": "yours", "kind": "play", "unit": 4})
    put(lab, new=True)
    assert not lab.played.moves


def test_the_sums_of_the_table_are_those_of_the_search():
    lab = grown(90)
    for path in ((), lab.opened.picture.placed[1].path):
        lab.chosen = path
        node = lab.opened.node(path)
        _, _, q, _, u = lab.opened.sums(node)
        assert np.allclose(q, node.Q)
        assert np.allclose(u, node.U(lab.settings["c_puct"]))
