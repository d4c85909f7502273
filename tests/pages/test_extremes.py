"""What the depth page writes when its numbers have run away."""

from tests.pages.test_pages import open_page, session_of
from tests.test_extremes import RAW, WILD


def test_no_tab_of_the_depth_page_says_nan(subtests):
    for tab in ("Maths", "Dropout", "Batch norm"):
        with subtests.test(tab):
            at = open_page("basics/depth.py", {"depth.tab": tab})
            with session_of(at, "depth").lock:
                lab = session_of(at, "depth").experiment
                for name, value in WILD["depth"].items():
                    lab.receive({"setting": name, "value": value})
                while lab.mine.lost is None:
                    lab.step()
            texts = [block.value for block in at.run().markdown]
            assert not at.exception
            assert len(texts) > 3
            assert not [text for text in texts if RAW.search(text)]
            if tab != "Batch norm":
                assert any(f"ran away at step {lab.mine.lost}" in text for text in texts)
