"""A talk in Streamlit's chat elements."""

from pages.ui.stage import plain
from tests.pages.test_pages import open_page

PAGE, CHAT = "sequences/translation.py", {"translation.part": "chat"}


def said(at) -> list[str]:
    return [message.markdown[0].value for message in at.chat_message]


def test_a_message_is_answered_below_what_was_said():
    at = open_page(PAGE, CHAT)
    assert not at.exception
    before = said(at)
    assert before[0] == "Hi, this is Anna."
    at.chat_input[0].set_value("I *can't* say").run()
    assert not at.exception
    assert said(at)[:-2] == before
    assert said(at)[-2] == r"I \*can't\* say"
    assert len(said(at)[-1]) > 5


def test_a_message_stays_text(subtests):
    for text, shown in (
        ("# one", r"\# one"), ("1. one", r"1\. one"), ("- one", r"\- one"), ("&amp;", r"\&amp;"),
        ("www.a.org", "www\u2060.a.org"), ("https://a.org", "https\\:\u2060//a.org"),
        ("a@b.org", "a\u2060@b.org"), (":material/home:", "\\:\u2060material/home\\:"),
        ("It's -3.5 at 10:30.", r"It's -3.5 at 10\:30."),
    ):  # fmt: skip
        with subtests.test(text):
            assert plain(text) == shown


def test_a_message_that_is_too_long_is_refused_in_a_sentence_and_the_talk_stays():
    at = open_page(PAGE, CHAT)
    before = said(at)
    at.chat_input[0].set_value("x" * 10_000).run()
    assert at.warning[0].value == "The message has 10,000 characters; the limit is 160."
    assert said(at) == before
    at.chat_input[0].set_value("hello").run()
    assert not at.warning
    assert len(said(at)) == len(before) + 2


def test_what_it_never_learnt_has_a_remark_and_a_link_opens_the_talk():
    at = open_page(PAGE, CHAT | {"translation.chat.talk": "Who won the match in Lisbon?"})
    assert said(at)[0] == "Who won the match in Lisbon?"
    assert "lisbon" in at.caption[0].value


def test_words_are_left_out_on_a_page_of_its_own():
    at = open_page(PAGE, {"translation.part": "shorten"})
    assert not at.exception
    assert at.title[0].value == "Shorten"
