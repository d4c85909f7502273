"""The board page: from the game in play to its search."""

from tests.pages.test_pages import open_page, session_of


def test_the_game_in_play_is_opened_in_the_search():
    at = open_page("play/board.py", {"board.moves": "3.3.2"})
    assert session_of(at, "board").experiment.now.played.moves == (3, 3, 2)
    at.button(key="board.open").click().run()
    assert not at.exception
    assert session_of(at, "board.search").experiment.played.moves == (3, 3, 2)
    assert at.session_state["board.part"] == "search"


def test_another_game_in_play_takes_the_place_of_the_search_before():
    at = open_page("play/board.py", {"board.part": "search", "board.search.moves": "0.0"})
    assert session_of(at, "board.search").experiment.played.moves == (0, 0)
    at.button_group(key="board.part").set_value("play").run()
    at.button(key="board.open").click().run()
    assert not at.exception
    assert session_of(at, "board.search").experiment.played.moves == ()
