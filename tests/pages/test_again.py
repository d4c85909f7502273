"""A browser that was away says its settings again: nothing of the work is lost by that."""

import json

import pytest

from labs.live import encode
from labs.live.answer import answer
from tests.live.conftest import Seen
from tests.pages.test_pages import OTHERS, PAGES, open_page
from tests.pages.test_parts import PARTS
from tests.pages.test_sequences import PARTS as LANGUAGE

OPENED = [
    *((page, {}) for page in PAGES if page not in OTHERS),
    *((f"vision/{page}.py", {f"{page}.part": part}) for page, part, _ in PARTS),
    *(("sequences/language.py", {"language.part": part}) for part in LANGUAGE),
]


@pytest.mark.parametrize(
    ("page", "query"), OPENED, ids=lambda x: "".join(x.values()) if isinstance(x, dict) else x
)
def test_what_is_said_again_changes_nothing(page, query):
    at = open_page(page, query)
    assert not at.exception
    kept = at.session_state._state.filtered_state
    sessions = [kept[key] for key in kept if key.endswith(":session")]
    for session in sessions:
        lab = session.experiment
        for _ in range(2):
            lab.step()
        before = Seen(encode(lab.frame(), version=1, ack=0, steps=0, playing=False))
        said = json.loads(json.dumps(before.notes["settings"]))
        steps = getattr(lab, "steps", None)
        events = [{"setting": k, "value": v, "again": True} for k, v in said.items()]
        assert not answer(session, events, seq=1, seen=None).faults
        assert getattr(lab, "steps", None) == steps
        after = Seen(encode(lab.frame(), version=1, ack=0, steps=0, playing=False))
        assert after.notes["settings"] == said
