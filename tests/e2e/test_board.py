"""One plays by mouse and by keys, it answers; its tree grows, and a node of it is opened."""

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


def moves(lab: Lab) -> list[str]:
    """The moves that the address holds."""
    return [move for move in lab.query().get("board.moves", "").split(".") if move]


def test_a_click_and_a_key_are_moves_and_it_answers(visit: Visit):
    lab = visit(opened=False)
    lab.open("board.simulations=20", "board")
    canvas = lab.canvas("board")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    lab.until("it has answered", lambda: len(moves(lab)) == 2, 20)
    assert moves(lab)[0] == "3"
    canvas.focus()
    canvas.press("ArrowRight")  # on from where the pointer is
    canvas.press("Enter")
    lab.until("it has answered again", lambda: len(moves(lab)) == 4, 20)
    assert moves(lab)[2] == "4"
    lab.card("game").get_by_role("button", name="Undo").click()
    lab.until("both moves are taken back", lambda: len(moves(lab)) == 2)


def test_a_tree_grows_and_a_node_is_opened(visit: Visit):
    lab = visit(opened=False)
    lab.open("board.part=search", "board")
    lab.card("tree").get_by_role("button", name="Grow to 200").click()
    lab.until("it has grown", lambda: lab.query().get("board.search.grown") == "200", 30)
    canvas = lab.canvas("tree")
    canvas.focus()
    canvas.press("ArrowDown")
    lab.until("a node is opened", lambda: lab.query().get("board.search.node", "") != "")
    where = lab.panel("here").locator(".note")
    lab.until("its board stands beside", lambda: "after" in where.inner_text())
