"""The channel: pulls, events, transport, and whatever a stranger sends."""

import asyncio
import contextlib
import gc
import json
import math
import random
import time
import weakref
from contextlib import ExitStack

import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from labs.live import channel, connection, open_session, pace
from labs.live.channel import FULL, PROTOCOL, UNKNOWN_TOKEN
from labs.live.connection import INBOX
from labs.live.lanes import HANDS
from labs.live.messages import MAX_BYTES, MAX_EVENTS
from labs.vision.digit import Digit
from tests.live.conftest import Browser, Counter, Seen, browse
from tests.sentences import is_one_sentence


@pytest.fixture(params=[False, True], ids=["in a thread", "at once"])
def session(request, monkeypatch):
    counter = Counter()
    counter.quick = request.param
    for limit in ("BRIEF", "POINTS"):  # "at once" is then for everything
        monkeypatch.setattr(connection, limit, math.inf)
    return open_session(counter)


def test_a_pull_is_answered_with_the_newest_frame(client, session):
    with browse(client, session) as browser:
        seen = browser.pull()
        assert seen.version == session.version == 1
        assert seen.tensors["values/steps"].tolist() == [0]
        assert not seen.playing


def test_a_pull_waits_until_there_is_something_newer(client, session):
    with browse(client, session) as browser:
        browser.pull()
        browser.say(pull=browser.version)
        browser.say(transport="wrong")  # answered at once, so the pull before it was not
        assert "transport" in browser.fault()
        session.touch()
        assert browser.frame().version == 2


def test_events_arrive_in_order_and_are_acknowledged(client, session):
    with browse(client, session) as browser:
        seen = browser.pull(seq=7, events=[{"a": 1}, {"a": 2}])
        assert seen.ack == 7
        assert seen.notes["n"] == 2
        assert browser.pull(seq=8, events=[{"a": 3}]).ack == 8
        assert [event["a"] for event in session.experiment.events] == [1, 2, 3]


def test_a_setting_that_is_said_again_is_no_event(client, session):
    session.experiment.settings = {"rate": 0.5}
    with browse(client, session) as browser:
        said = [("rate", 0.5, True), ("rate", 0.5, False), ("rate", 0.6, True), ("width", 2, True)]
        for name, value, again in said:
            browser.pull(events=[{"setting": name, "value": value, "again": again}])
        junk = {"setting": ["rate"], "value": 0.5, "again": True}
        assert browser.pull(events=[junk]).notes["n"] == 4


def test_of_a_dragged_knob_only_the_newest_value_waits(client, session):
    with browse(client, session) as browser:
        browser.pull()
        with session.lock:  # as long as two nets of 50 layers are rebuilt
            for value in range(60):
                event = {"setting": "gain", "value": value}
                browser.say(seq=value + 1, events=[event], pull=browser.version)
            browser.say(transport="wrong")  # answered in order: all has been read
            browser.fault()
        browser.pull_until(lambda seen: seen.ack == 60)
    values = [event["value"] for event in session.experiment.events]
    assert values[-1] == 59
    assert len(values) <= 2  # the first may have been taken before the lock was


def test_every_frame_says_speed_and_until(client, session):
    with browse(client, session) as browser:
        assert (browser.pull().speed, browser.version) == (0, 1)
        browser.say(transport={"speed": 2.5, "until": 7})
        seen = browser.pull()
        assert (seen.speed, seen.until) == (2.5, 7)


def test_a_speed_alone_does_not_end_the_opening(client, session):
    session.begin(3)
    with browse(client, session) as browser:
        browser.say(transport={"speed": 1000})
        assert browser.pull_until(lambda seen: not seen.playing).steps == 3


def test_a_refused_event_is_one_sentence_and_the_others_count(client, session):
    with browse(client, session) as browser:
        browser.say(pull=0, seq=1, events=[{"a": 1}, {"bad": 1}, {"a": 2}])
        assert browser.fault() == "That is bad."
        assert browser.frame().notes["n"] == 2


def test_an_experiment_that_breaks_on_an_event_goes_on(client, session):
    with browse(client, session) as browser:
        browser.say(pull=0, events=[{"break": 1}, {"a": 1}])
        assert is_one_sentence(browser.fault())
        assert browser.frame().notes["n"] == 1


def test_whatever_fails_is_one_sentence_and_the_next_frame_comes(client, session, subtests):
    """The browser asks once; its pull must outlive a frame that failed or cannot be encoded."""
    for where in ("frame", "encode", "eager"):
        with subtests.test(where), browse(client, session) as browser:
            browser.say(pull=0, seq=1, events=[{"breaks_in": [where]}])
            assert is_one_sentence(browser.fault())
            browser.say(seq=2, events=[{"breaks_in": []}])
            assert browser.hear(within=3).ack == 2


def test_training_that_fails_beside_its_steps_pauses_and_the_connection_lives(client, session):
    with browse(client, session) as browser:
        browser.pull(events=[{"breaks_in": ["alike"]}])
        browser.say(transport={"playing": True})
        assert is_one_sentence(browser.fault())
        assert not session.playing
        assert browser.pull(events=[{"breaks_in": []}]).version > 1


def test_a_frame_that_breaks_says_which_events_were_taken_in(client, session):
    """The browser sends no more than a few batches that nobody answers."""
    with browse(client, session) as browser:
        browser.say(pull=0, seq=5, events=[{"breaks_in": ["frame"]}])
        message = browser.socket.portal.call(browser._next, 3)
        assert json.loads(message["text"])["ack"] == 5


def test_who_comes_back_and_leaves_again_has_the_whole_time(client, session, monkeypatch):
    monkeypatch.setattr(channel, "GONE", 0.5)
    for _ in range(2):
        with browse(client, session) as browser:
            browser.pull()
        time.sleep(0.35)
    assert not session.released
    time.sleep(0.4)
    assert session.released


def test_a_session_is_painted_when_the_browser_asks_on(client, session):
    with browse(client, session) as browser:
        browser.pull()
        assert not session.painted.is_set()
        browser.say(pull=browser.version)
        assert session.painted.wait(3)


def test_a_step_that_breaks_pauses_and_says_so(client, session):
    with browse(client, session) as browser:
        browser.pull(events=[{"breaks_in": ["step"]}])
        browser.say(pull=browser.version, transport={"playing": True})
        heard: list[Seen | str] = []
        while not any(isinstance(said, str) for said in heard):
            heard.append(browser.hear(within=3))  # the frame and the sentence, in either order
            browser.say(pull=browser.version)
        assert is_one_sentence(heard[-1])
        assert not session.playing


def test_play_and_pause(client, session):
    with browse(client, session) as browser:
        browser.pull(transport={"playing": True})
        browser.pull_until(lambda seen: seen.steps >= 50)
        browser.say(transport={"playing": False})
        seen = browser.pull_until(lambda seen: not seen.playing)
        steps = session.experiment.steps
        assert seen.steps == session.steps == steps
        browser.pull(events=[{}])
        assert session.experiment.steps == steps


def test_one_step_at_a_time(client, session):
    with browse(client, session) as browser:
        for count in (1, 2, 3):
            browser.say(transport={"step": True})
            seen = browser.pull_until(lambda seen: not seen.playing)
            assert seen.steps == session.experiment.steps == count


def test_a_single_step_leaves_no_goal_behind(client, session):
    with browse(client, session) as browser:
        browser.say(transport={"step": True})
        browser.pull_until(lambda seen: seen.steps == 1 and not seen.playing)
        session.steps = 0  # begun again
        browser.say(transport={"playing": True})
        assert browser.pull_until(lambda seen: seen.steps > 5).playing


def test_until(client, session):
    with browse(client, session) as browser:
        browser.say(transport={"playing": True, "until": 137})
        assert browser.pull_until(lambda seen: not seen.playing).steps == 137
        browser.say(transport={"playing": True})  # pressed again, it goes on
        assert browser.pull_until(lambda seen: seen.steps > 200).playing
        assert session.experiment.steps >= 200


def test_a_new_session_works_at_once_and_rests(client, session):
    session.begin(20)
    with browse(client, session) as browser:
        assert browser.pull_until(lambda seen: not seen.playing).steps == 20
        browser.say(transport={"playing": True})
        browser.pull_until(lambda seen: seen.steps > 50)


def test_what_begins_anew_is_not_stopped_where_the_opening_rests(client, session):
    session.begin(10**9)
    with browse(client, session) as browser:
        browser.pull_until(lambda seen: seen.steps > 5)
        assert session.opening == 10**9
        assert browser.pull(events=[{"back": True}]).playing
        assert session.opening is None


def test_an_until_that_has_passed_runs_on(client, session):
    session.steps = 10
    with browse(client, session) as browser:
        browser.say(transport={"playing": True, "until": 5})
        browser.pull_until(lambda seen: seen.steps > 20)


def test_an_until_behind_the_present_pauses_at_once(client, session):
    with browse(client, session) as browser:
        browser.say(transport={"playing": True})
        browser.pull_until(lambda seen: seen.steps > 20)
        browser.say(transport={"until": 3})
        browser.pull_until(lambda seen: not seen.playing)


def test_the_end_of_the_work_pauses(client):
    session = open_session(Counter(last=9))
    with browse(client, session) as browser:
        browser.say(transport={"playing": True})
        assert browser.pull_until(lambda seen: not seen.playing).steps == 9


def test_at_a_set_speed_every_step_is_shown(client, session):
    with browse(client, session) as browser:
        browser.say(transport={"playing": True, "speed": 100, "until": 8})
        steps = [0]
        while not steps or steps[-1] < 8:
            steps.append(browser.pull().steps)
        assert set(steps) >= {1, 2, 3, 4, 5, 6, 7, 8}
        assert session.speed == 100


def test_nothing_is_computed_while_nobody_looks(client, session):
    """Between two pulls more than a second apart, playing rests."""
    with browse(client, session) as browser:
        browser.pull(transport={"playing": True})
        browser.socket.portal.call(asyncio.sleep, 1.3)
        while isinstance(session.experiment, Counter):
            before = session.experiment.steps
            browser.socket.portal.call(asyncio.sleep, 0.3)
            if session.experiment.steps == before:
                break
        assert session.playing
        assert browser.pull_until(lambda seen: seen.steps > before).playing


def refusal(client: TestClient, offered: list[str]) -> int:
    """Connect, hear one sentence, and return the code with which the server closes."""
    with client.websocket_connect("/live", offered) as socket:
        assert socket.accepted_subprotocol == (offered[0] if offered else None)
        assert is_one_sentence(socket.receive_json()["error"])
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
        return closed.value.code


def test_an_unknown_token_is_told_and_closed(client, session, subtests):
    for token in ("x", "0" * 500, "%00", "", None):
        with subtests.test(token):
            assert refusal(client, [PROTOCOL, token] if token is not None else []) == UNKNOWN_TOKEN
    assert refusal(client, [PROTOCOL]) == refusal(client, [session.token]) == UNKNOWN_TOKEN


def test_a_token_stands_in_no_address(client, session):
    with pytest.raises(WebSocketDisconnect):
        client.websocket_connect(f"/live/{session.token}").__enter__()


def test_connections_of_a_token_and_of_an_address_are_capped(client, session, monkeypatch):
    others = [open_session(Counter()) for _ in range(3)]
    monkeypatch.setattr(channel, "PER_TOKEN", 2)
    monkeypatch.setattr(channel, "PER_ADDRESS", 4)
    with ExitStack() as held:
        for tab in (session, session, others[0]):
            held.enter_context(browse(client, tab)).pull()
        assert refusal(client, [PROTOCOL, session.token]) == FULL
        with browse(client, others[1]) as browser:
            browser.pull()
            assert refusal(client, [PROTOCOL, others[2].token]) == FULL
        held.enter_context(browse(client, others[2])).pull()  # one has left
    with browse(client, session) as browser:
        browser.pull()


FOREIGN = [
    "https://evil.example", "http://testserver.evil.example", "http://evil@other", "null", "",
    "http://testserver:81", "http://[", "file://", "testserver",
]  # fmt: skip


def test_a_foreign_origin_is_refused(client, session, subtests):
    for origin in FOREIGN:
        with subtests.test(origin):
            with (
                pytest.raises(WebSocketDisconnect) as refused,
                browse(client, session, headers={"origin": origin}) as browser,
            ):
                browser.pull()
            assert (
                not isinstance(refused.value, WebSocketDenialResponse)
                or refused.value.status_code == 403
            )
            assert session.experiment.events == []


@pytest.mark.parametrize("origin", ["http://testserver", "https://testserver", None])
def test_our_own_pages_are_let_in(client, session, origin):
    with browse(client, session, headers={"origin": origin} if origin else {}) as browser:
        browser.pull()


PROXIED = [  # the page, and what reaches the server
    ("https://lab.example", {"x-forwarded-host": "lab.example"}),
    ("https://lab.example", {"x-forwarded-host": "lab.example, cache.lab.example:8080"}),
    ("https://lab.example", {"x-forwarded-host": "outer.example,Lab.Example"}),
    ("https://lab.example:8443", {"host": "lab.example"}),
    ("http://lab.example:8080", {"x-forwarded-host": "lab.example", "x-forwarded-port": "8080"}),
    ("https://lab.example", {"host": "lab.example:443"}),
    ("http://[::1]:8080", {"host": "[::1]"}),
]


def test_what_a_trusted_proxy_says_counts(client, proxied, session, subtests):
    for origin, said in PROXIED:
        headers = {"origin": origin} | said
        with subtests.test(headers):
            with browse(proxied, session, headers=headers) as browser:
                browser.pull()
            with pytest.raises(WebSocketDisconnect), browse(client, session, headers=headers):
                pass


def test_a_trusted_proxy_opens_to_no_foreign_page(proxied, session, subtests):
    for origin in {*FOREIGN, "http://lab.example:81"} - {"http://testserver:81"}:
        headers = {"origin": origin, "x-forwarded-host": "lab.example:8080, proxy"}
        with (
            subtests.test(origin),
            pytest.raises(WebSocketDisconnect),
            browse(proxied, session, headers=headers),
        ):
            pass


def test_also_below_a_base_path(client, session):
    with browse(client, session, base="/lab") as browser:
        browser.pull()
    for base in ("", "/lab"):
        assert client.get(f"{base}/stage/stage.js").status_code == 200
        assert client.get(f"{base}/stage/__init__.py").status_code == 404
        assert client.get(f"{base}/stage/..%2f..%2f..%2fapp.py").status_code == 404


BAD = {
    "no json": "hello",
    "empty": "",
    "cut": '{"pull": 0',
    "nan": '{"pull": NaN}',
    "deep": "[" * 100_000,
    "list": "[]",
    "string": '"x"',
    "null": "null",
    "events no list": '{"events": {}}',
    "events of numbers": '{"events": [1]}',
    "too many events": json.dumps({"events": [{}] * (MAX_EVENTS + 1)}),
    "pull negative": '{"pull": -1}',
    "pull text": '{"pull": "1"}',
    "pull huge": '{"pull": 1e400}',
    "seq true": '{"seq": true}',
    "digits": '{"pull": ' + "9" * 10_000 + "}",
    "transport": '{"transport": {"fly": true}}',
    "speed": '{"transport": {"speed": 0}}',
    "until": '{"transport": {"until": 1.5}}',
    "8 MB": json.dumps({"events": [{"a": "x" * 8_000_000}]}),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_bad_message_is_one_sentence_and_the_connection_lives(client, session, text):
    with browse(client, session) as browser:
        browser.socket.send_text(text)
        assert is_one_sentence(browser.fault())
        assert browser.pull().version == 1
    assert session.experiment.events == []


def test_a_binary_message_is_one_sentence(client, session):
    with browse(client, session) as browser:
        browser.socket.send_bytes(b"\x00\xff" * 99)
        assert "binary" in browser.fault()
        browser.pull()


def test_the_limit_is_where_it_says(client, session):
    with browse(client, session) as browser:
        text = json.dumps({"events": [{"a": ""}]})
        fill = "x" * (MAX_BYTES - len(text))
        browser.socket.send_text(text.replace('""', f'"{fill}"'))
        browser.pull()
        browser.socket.send_text(text.replace('""', f'"{fill}x"'))
        assert f"{MAX_BYTES:,}" in browser.fault()


def test_a_browser_too_far_ahead_is_told(client, session):
    with browse(client, session) as browser:
        with session.lock:  # nothing is taken in meanwhile
            for _ in range(2 * INBOX // MAX_EVENTS):
                browser.say(events=[{}] * MAX_EVENTS)
            assert is_one_sentence(browser.fault())
        taken = 0
        while taken < INBOX:
            browser.say(pull=browser.version)
            while not isinstance(seen := browser.hear(), Seen):
                pass
            taken = seen.notes["n"]
    assert taken <= INBOX + MAX_EVENTS


def test_a_browser_that_comes_back_finds_all_as_it_was(client, session):
    with browse(client, session) as browser:
        browser.pull(seq=3, events=[{"a": 1}])
        browser.say(transport={"playing": True, "until": 20})
        browser.pull_until(lambda seen: not seen.playing)
    with browse(client, session) as browser:
        seen = browser.pull()
        assert seen.steps == 20
        assert seen.notes["n"] == 1
        assert seen.ack == 0  # a new connection counts anew


def test_two_browsers_at_one_session_see_the_same(client, session):
    with browse(client, session) as one, browse(client, session) as other:
        one.pull()
        other.pull()
        other.say(pull=other.version)
        session.touch()
        assert other.frame().version == one.pull().version


def test_a_page_that_holds_one_session_holds_up_no_other(client, session):
    other = open_session(Counter())
    with browse(client, session) as held, browse(client, other) as free:
        held.pull()
        with session.lock:
            held.say(seq=1, events=[{}], pull=held.version)
            assert free.pull(seq=1, events=[{}]).ack == 1
        assert held.frame().ack == 1


def test_a_page_that_reads_for_long_holds_up_neither_hands_nor_training_of_others(client):
    """More pages read than there are threads for hands; each of their experiments is at work."""
    read = [open_session(Counter()) for _ in range(HANDS + 1)]
    other = open_session(Counter())
    play = {"playing": True}
    with contextlib.ExitStack() as held:
        browsers = [held.enter_context(browse(client, session)) for session in read]
        free = held.enter_context(browse(client, other))
        for browser in browsers:
            browser.pull(transport=play)
        free.pull(transport=play)
        for session in read:
            held.enter_context(session.lock)
        for number, browser in enumerate(browsers):  # hands, and frames that show a training
            events = [{"a": 1}] if number % 2 else []
            browser.say(pull=browser.version, seq=1, events=events)
        before = other.experiment.steps
        free.pull_until(lambda seen: seen.steps > before + 20)
        assert free.pull(seq=9, events=[{"a": 1}]).ack == 9
        for session in read:
            session.lock.release()
        for number, browser in enumerate(browsers):
            browser.pull_until(lambda seen: seen.ack == 1)
            assert len(read[number].experiment.events) == number % 2, "an event was lost or doubled"
        for session in read:
            session.lock.acquire()  # the stack gives it back


def test_letting_go_of_a_session_that_a_page_reads_does_not_stop_the_loop(
    client, session, monkeypatch
):
    monkeypatch.setattr(channel, "GONE", 0.05)
    with browse(client, session) as browser:
        browser.pull()
    with session.lock:
        client.portal.start_task_soon(asyncio.sleep, 0.15).result(5)
    for _ in range(100):
        if session.released:
            break
        time.sleep(0.01)
    assert session.released


def test_a_released_session_is_told_and_does_not_break(client, session):
    with browse(client, session) as browser:
        browser.pull()
        session.release()
        browser.say(events=[{}], pull=0)
        assert is_one_sentence(browser.fault())
    with client.websocket_connect("/live", [PROTOCOL, session.token]) as socket:
        assert is_one_sentence(socket.receive_json()["error"])


def good_messages() -> list[str]:
    messages = [
        {"pull": 0},
        {"seq": 1, "events": [
            {"panel": "x", "kind": "stroke", "begin": True, "points": [[9, 9], [200, 300]]}]},
        {"seq": 2, "events": [{"panel": "conv1", "kind": "click", "unit": 2, "row": 5, "col": 9}]},
        {"seq": 3, "events": [
            {"setting": "tilt", "value": 12.5}, {"setting": "view", "value": "gradient"}]},
        {"seq": 4, "events": [{"panel": "timeline", "kind": "moment", "value": 3}], "pull": 2},
        {"seq": 5, "events": [{"kind": "edit", "index": 3, "value": 0.25}]},
        {"seq": 6, "events": [
            {"panel": "x", "kind": "restore", "strokes": [[44, False, [[1, 2]]]]}]},
        {"transport": {"playing": True, "speed": 10, "until": 3}, "pull": 1},
        {"transport": {"step": True}},
    ]  # fmt: skip
    return [json.dumps(message) for message in messages]


def mutated(text: str, rng: random.Random) -> str:
    """Cut, doubled, or with some letters replaced."""
    letters = list(text)
    for _ in range(rng.choice((0, 1, 1, 2, 5))):
        at = rng.randrange(len(letters))
        kind = rng.random()
        if kind < 0.5:
            letters[at] = rng.choice('0129eE-+."[]{},:ntf\\ u\x00é\ud83d')
        elif kind < 0.7:
            del letters[at : at + rng.randrange(1, 9)]
        elif kind < 0.9:
            letters[at:at] = letters[at : at + rng.randrange(1, 9)]
        else:
            letters[at:at] = rng.choice(("null", "[]", "{}", "1e999", "-1", "9" * 400, "true"))
        letters = letters or ["x"]
    return "".join(letters).encode("utf-8", "replace").decode()


def tasks() -> int:
    return len(asyncio.all_tasks())


async def settle() -> int:
    for _ in range(20):
        await asyncio.sleep(0.01)
    return tasks()


def answered(browser: Browser, **message) -> Seen:
    """Say something good, and hear on until it is acknowledged."""
    browser.say(pull=0, **message)
    while True:
        heard = browser.hear()
        if isinstance(heard, Seen):
            if heard.ack >= message["seq"]:
                return heard
            browser.say(pull=0)  # that frame answered an earlier pull
        elif "too far ahead" in heard:
            browser.say(pull=0, **message)
        else:
            assert len(heard) <= 500


@pytest.mark.slow
@pytest.mark.parametrize(("quick", "messages"), [(False, 8_500), (True, 1_500)])
def test_ten_thousand_random_messages(client, caplog, monkeypatch, quick, messages):
    """No crash, the server still answers, and nothing stays behind."""
    monkeypatch.setattr(pace, "RATE", 1e9)  # as fast as it can be read
    rng, good = random.Random(0), good_messages()
    before = client.portal.call(settle)
    session = open_session(Digit())
    session.experiment.quick = quick
    session.experiment.receive({"setting": "visible", "value": []})
    with browse(client, session) as browser:
        for i in range(messages):
            if i % 20 == 19:
                browser.socket.send_bytes(rng.randbytes(rng.randrange(60)))
            elif i % 10 == 9:
                noise = rng.randbytes(rng.randrange(60))
                browser.socket.send_text(noise.decode("latin-1"))
            else:
                browser.socket.send_text(mutated(rng.choice(good), rng))
            if i % 100 == 99:  # as fast as the server takes them
                answered(browser, seq=10**6 + i, events=[{"panel": "x", "kind": "lift"}])
        events = [{"panel": "x", "kind": "sample", "value": 3}, {"setting": "tilt", "value": 0}]
        heard = answered(browser, seq=2**52, events=[{"setting": "reset"}, *events])
        assert heard.tensors["values/softmax"].argmax() == 3
    assert not [r for r in caplog.records if r.levelname == "ERROR"], "an experiment failed"
    assert client.portal.call(settle) == before
    gone = weakref.ref(session), weakref.ref(session.experiment)
    del session, browser, heard
    gc.collect()
    assert [ref() for ref in gone] == [None, None]


def test_a_closed_connection_leaves_no_task(client, session):
    before = client.portal.call(settle)
    for _ in range(5):
        with browse(client, session) as browser:
            browser.pull(transport={"playing": True})
    assert client.portal.call(settle) == before
    assert not session.watched
