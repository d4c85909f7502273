"""`.ci/run` in a small project of its own: which tests get a second chance, and what it says."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LATE = """
from pathlib import Path

def test_late():
    mark = Path(__file__).with_name("seen")
    seen = mark.exists()
    mark.touch()
    assert seen
"""
RIGHT = "def test_right(): pass"
WRONG = "def test_wrong(): assert False"
SKIPPED = "import pytest\ndef test_skipped(): pytest.skip('no browser')"


def executable(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


@pytest.fixture
def ci(tmp_path: Path) -> Callable[..., tuple[int, list[str]]]:
    """Return a function that runs tests as `.ci/run` does: its exit status and its last lines."""
    executable(tmp_path / "bin/chromium", "")
    executable(tmp_path / ".venv/bin/ruff", "")
    executable(tmp_path / ".venv/bin/python", f'exec "{sys.executable}" "$@"')
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"

    def run(*tests: str, before: str = "true") -> tuple[int, list[str]]:
        (tmp_path / "README.md").write_text(f"{before} && .venv/bin/python -m pytest\n")
        (tmp_path / "tests/e2e").mkdir(parents=True, exist_ok=True)
        for k, test in enumerate(tests):
            (tmp_path / f"tests/e2e/test_{k}.py").write_text(test)
        done = subprocess.run(
            [tmp_path / ".ci" / "run"],
            env={**os.environ, "PATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout.splitlines()

    return run


def test_a_good_run_is_quiet(ci):
    status, lines = ci(RIGHT)
    assert status == 0
    assert "1 passed" in lines[-1]


def test_a_test_that_passes_the_second_time_is_named_in_the_last_line(ci):
    status, lines = ci(RIGHT, LATE)
    assert status == 0
    assert lines[-1] == "flaky: tests/e2e/test_1.py::test_late"


def test_a_test_that_fails_twice_fails_the_run_and_the_flaky_one_is_still_named(ci):
    status, lines = ci(WRONG, LATE)
    assert status == 1
    assert [line for line in lines if line.startswith("flaky")] == [
        "flaky: tests/e2e/test_1.py::test_late"
    ]


def test_a_set_up_that_fails_is_no_second_chance(ci, tmp_path):
    earlier = tmp_path / ".pytest_cache/v/cache/lastfailed"
    earlier.parent.mkdir(parents=True)
    earlier.write_text('{"tests/e2e/test_0.py::test_right": true}')
    status, lines = ci(RIGHT, before="false")
    assert status == 1
    assert not lines


def test_a_file_that_cannot_be_imported_fails_the_run(ci):
    status, lines = ci(RIGHT, "import nowhere_at_all")
    assert status
    assert not any(line.startswith("flaky") for line in lines)


def test_an_end_to_end_test_that_is_skipped_fails_the_run(ci):
    status, lines = ci(RIGHT, SKIPPED)
    assert status == 1
    assert lines[-1] == "An end-to-end test was skipped."
