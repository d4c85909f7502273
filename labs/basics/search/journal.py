"""The journal of a search: finished trials on disk in Optuna's format, a study for each method.

Trainings are repeated by their seed alone, so that a search that was interrupted goes on by
proposing the same settings again and reading their losses here instead of training.
"""

import contextlib
import re
import tempfile
import warnings
from collections.abc import Iterable
from pathlib import Path

import optuna
from optuna.exceptions import ExperimentalWarning
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import FrozenTrial

from labs import files
from labs.basics.search.racers import Racer, Trial
from labs.data import download

MOST = 64 << 20  # bytes of all journals together; the oldest go first
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def named(token: str) -> Path:
    """Return the file of a journal, whose unguessable name only its visitor's link holds.

    Raises ValueError for what is no such name.
    """
    if not TOKEN.fullmatch(token):
        raise ValueError("The link names no journal; the search begins afresh.")
    return download.path("searches", f"{token}.log")


class Journal:
    """Finished trials of a search; it is in memory only until it is opened."""

    def __init__(self, file: Path | None = None) -> None:
        """Raises ValueError where the file is not there, or is no journal."""
        self._storage: JournalStorage | None = None
        self._studies: dict[str, optuna.Study] = {}
        self._losses: dict[str, dict[int, list[float]]] = {}
        if file is None:
            return
        if not file.is_file():
            raise ValueError("That search is not kept here any more; it begins afresh.")
        try:
            self._storage = _storage(file)
            for study in optuna.get_all_study_names(self._storage):
                self._losses[study] = {
                    trial.user_attrs["number"]: list(trial.intermediate_values.values())
                    for trial in optuna.load_study(study_name=study, storage=self._storage).trials
                }
        except Exception:
            raise ValueError("That search's journal cannot be read; it begins afresh.") from None

    def open(self, file: Path) -> None:
        """Keep what comes in a file, from now on.  Where the disk refuses, it stays in memory."""
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            files.bound(file.parent, MOST)
            self._storage = _storage(file)

    def losses(self, study: str) -> dict[int, list[float]]:
        """Return by trial the loss after every epoch, as they were trained before."""
        return self._losses.get(study, {})

    def add(self, racer: Racer, trial: Trial) -> None:
        """Append a finished trial."""
        if self._storage is None:
            return
        with contextlib.suppress(OSError):
            if racer.name not in self._studies:
                self._studies[racer.name] = _study(self._storage, racer)
            self._studies[racer.name].add_trial(frozen(racer, trial))


def frozen(racer: Racer, trial: Trial) -> FrozenTrial:
    """Return a trial as its own study knows it, with its number, which a journal may give anew."""
    known = racer.study.trials[trial.known.number]
    known.set_user_attr("number", trial.number)
    known.set_user_attr("epochs", len(trial.losses))
    return known


def content(racers: Iterable[Racer]) -> bytes:
    """Return a journal of all finished trials, to be taken away:
    `JournalStorage(JournalFileBackend("search.log"))` reads it.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "search.log")
        storage = _storage(file)
        for racer in racers:
            study = _study(storage, racer)
            study.add_trials([frozen(racer, t) for t in racer.trials if t.state != "trains"])
        return file.read_bytes()


def _storage(file: Path) -> JournalStorage:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ExperimentalWarning)
        return JournalStorage(JournalFileBackend(str(file)))


def _study(storage: JournalStorage, racer: Racer) -> optuna.Study:
    study = optuna.create_study(storage=storage, study_name=racer.name, load_if_exists=True)
    study.set_user_attr("objective", racer.objective.key)
    study.set_user_attr("seed", racer.seed)
    return study
