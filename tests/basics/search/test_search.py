"""The race: everybody spends the same, trials are trained and cut as the schedules say."""

import csv
import io

import pytest
import torch

from labs.basics.search import export, far, formula, journal, objectives, space, trainings
from labs.basics.search.experiment import Search
from labs.basics.search.objectives import OBJECTIVES
from labs.basics.search.race import Race
from labs.basics.search.racers import NAMES
from labs.data import Split, digits
from pages.ui.lesson import csv_of
from tests.sentences import is_one_sentence


@pytest.fixture(scope="module")
def race():
    race = Race(OBJECTIVES["surface"], 8, 1, 3)
    while race.step():
        pass
    return race


@pytest.fixture(scope="module")
def tiny():
    """A race of few real trainings."""
    small = objectives.Objective("digits", "", "", OBJECTIVES["digits"].axes, 3, 2.3,
                                 lambda known, seed: trainings.digits_run({**known, "hidden": 12},
                                                                           seed))  # fmt: skip
    race = Race(small, 3, 1, 3, ("random", "halving"))
    while race.step():
        pass
    return race


def test_everybody_spends_the_same(race):
    spent = {name: racer.spent for name, racer in race.racers.items()}
    assert spent == {name: 8 * 27 if name != "you" else 0 for name in NAMES}
    assert race.steps == sum(spent.values())
    for racer in race.racers.values():
        assert racer.spent == sum(len(t.losses) for t in racer.trials)


def test_every_trial_has_ended_when_the_budget_is_spent(race):
    for racer in race.racers.values():
        assert {t.state for t in racer.trials} <= {"done", "cut"}
        assert all(len(t.losses) == 27 for t in racer.trials if t.state == "done")


def test_a_rung_keeps_the_best(race):
    first = race.racers["halving"].trials[:27]
    assert sorted(len(t.losses) for t in first) == [1] * 18 + [3] * 6 + [9] * 2 + [27]
    by_first = sorted(first, key=lambda t: t.losses[0])
    assert all(len(t.losses) >= 3 for t in by_first[:9])
    assert all(len(t.losses) == 1 for t in by_first[9:])


def test_the_grid_repeats_itself(race):
    trials = race.racers["grid"].trials
    assert len({t.unit[:2] for t in trials}) == 4
    assert len({t.unit[:2] for t in race.racers["random"].trials}) == 8
    assert [len(space.grid(3, n)) for n in (1, 8, 26, 27, 64)] == [1, 8, 18, 27, 64]


def test_the_best_so_far_only_falls_and_ends_at_the_best(race):
    for name in NAMES[:-1]:
        curve = race.curve(name)
        known = curve[curve.isfinite()]
        assert (known.diff() <= 0).all()
        assert known[-1].item() == pytest.approx(race.racers[name].best.loss)


def test_the_surface_has_branins_minimum_and_a_dead_setting():
    lowest = [(-torch.pi, 12.275), (torch.pi, 2.275), (9.42478, 2.475)]
    for x, y in lowest:
        unit = torch.tensor([[(x + 5) / 15, y / 15, 0.1], [(x + 5) / 15, y / 15, 0.9]])
        found = formula.surface(unit.double())
        torch.testing.assert_close(found, torch.full((2,), 0.00397887).double(), atol=1e-6, rtol=0)


def test_the_same_seed_trains_the_same_net():
    known = {"learning_rate": 0.05, "l2": 1e-4, "hidden": 12, "maps": 2}
    for key in ("digits", "spiral", "convolution"):
        first, second = (OBJECTIVES[key].begin(known, 3) for _ in range(2))
        assert [first.epoch(), first.epoch()] == [second.epoch(), second.epoch()]
    assert first.epoch() < 2.3


def test_a_place_of_yours_is_trained_first_and_bounded():
    lab = Search()
    lab.receive({"setting": "trainings", "value": "8"})
    for k in range(8):
        lab.receive({"panel": "space", "kind": "try", "x": k / 10, "y": 0.5})
    assert lab.eager
    with pytest.raises(ValueError, match="budget"):
        lab.receive({"panel": "space", "kind": "try", "x": 0.5, "y": 0.5})
    for _ in range(7 * 27 * 8):
        lab.step()
    assert [len(t.losses) for t in lab.race.racers["you"].trials] == [27] * 8
    assert not lab.eager
    other = Search()
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert list(other.race.racers["you"].waiting) == [t.unit for t in lab.race.racers["you"].trials]


def test_a_place_of_your_own_is_the_one_that_the_link_says():
    lab, other = Search(), Search()
    lab.receive({"setting": "third", "value": 1 / 3})
    lab.receive({"panel": "space", "kind": "try", "x": 1 / 7, "y": 2 / 3})
    other.open({k: str(v) for k, v in lab.address().items()})
    assert other.race.racers["you"].waiting == lab.race.racers["you"].waiting


def test_a_search_that_was_interrupted_goes_on_from_its_journal(tmp_path, monkeypatch, tiny):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    trained = []

    class Counted(formula.Formula):
        def epoch(self):
            trained.append(1)
            return super().epoch()

    real = {**vars(OBJECTIVES["surface"]), "begin": Counted, "shape": None}
    monkeypatch.setattr("labs.basics.search.experiment.OBJECTIVES",
                        {"surface": objectives.Objective(**real)})  # fmt: skip
    lab = Search()
    lab.receive({"setting": "trainings", "value": "8"})
    for _ in range(400):
        lab.step()
    before = {(n, t.number): t.losses for n, t in lab.race.every_trial() if t.state != "trains"}
    assert len(before) > 20
    spent = len(trained)
    other = Search()
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    for _ in range(400):
        other.step()
    after = {(n, t.number): t.losses for n, t in other.race.every_trial()}
    for key, losses in before.items():
        assert after[key] == pytest.approx(losses)
    assert len(trained) - spent < 150  # of 400 epochs
    assert "journal" in Search().open({"search.journal": "x", "journal": "../../etc/passwd"})


def test_the_journal_is_optunas(tmp_path, race):
    import optuna
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    file = tmp_path / "search.log"
    file.write_bytes(journal.content(race.racers.values()))
    storage = JournalStorage(JournalFileBackend(str(file)))
    study = optuna.load_study(study_name="halving", storage=storage)
    assert len(study.trials) == len(race.racers["halving"].trials)
    best = min(t.loss for t in race.racers["halving"].trials if t.state == "done")
    assert study.best_value == pytest.approx(best)


def test_the_best_net_opens_in_the_playground():
    from labs.basics.playground import Playground
    from labs.basics.search.racers import Trial

    trial = Trial(0, (0, 0, 0), {"learning_rate": 0.27163, "l2": 3e-5, "hidden": 7})
    lab = Playground()
    told = {k.removeprefix("playground."): v for k, v in export.playground(trial).items()}
    assert lab.open(told) == {}
    assert lab.settings["layers"] == "7,7"
    assert lab.settings["learning_rate"] == 0.2716


def test_the_table_has_every_trial(race):
    rows = list(csv.DictReader(io.StringIO(csv_of(export.rows(race.racers.values())))))
    assert len(rows) == len(race.every_trial())
    assert sum(int(row["epochs"]) for row in rows) == race.steps


@pytest.mark.parametrize("which", ["race", "tiny"])
def test_the_script_trains_the_same(which, request, printed):
    one = request.getfixturevalue(which)
    objective = OBJECTIVES["surface" if which == "race" else "digits"]
    racer = one.racers["halving"]
    if which == "tiny":
        for trial in racer.trials:
            trial.values = {**trial.values, "hidden": 12}
    lines = printed(export.script(objective, racer, one.seed)).splitlines()
    known = [t for t in racer.trials if t.losses]
    assert len(lines) == len(known)
    for line, trial in zip(lines, known, strict=True):
        assert float(line.split()[0]) == pytest.approx(trial.loss, abs=2e-3)


def typed(lab: Search, text: str) -> dict:
    lab.receive({"panel": "typed", "kind": "text", "value": text})
    return lab.frame().notes["typed"]


def test_the_ranges_are_the_visitors_and_travel_by_link():
    lab, other = Search(), Search()
    lab.receive({"setting": "objective", "value": "digits"})
    assert typed(lab, "0.01 to 1 log, 0 to 0.001, 20 – 40 linear")["fault"] is None
    axes = lab.race.objective.axes
    assert [(a.low, a.high, a.log) for a in axes] == [
        (0.01, 1, True), (0, 0.001, False), (20, 40, False),
    ]  # fmt: skip
    for _ in range(27 * 7):
        lab.step()
    for _, trial in lab.race.every_trial():
        assert 0.01 <= trial.values["learning_rate"] <= 1
        assert 20 <= trial.values["hidden"] <= 40
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert other.race.objective.axes == axes
    lab.receive({"setting": "objective", "value": "surface"})
    assert lab.frame().notes["typed"]["text"] == "-5 to 10, 0 to 15, 0 to 1"


def test_a_formula_in_a_part_of_its_space_is_the_same_formula():
    lab = Search()
    typed(lab, "0 to 5, 5 to 10, 0 to 1")
    found = lab.objective.shape(torch.tensor([[0.2, 0.6, 0.5]], dtype=torch.float64))
    expected = formula.branin(torch.tensor(1.0), torch.tensor(8.0)) / 100
    torch.testing.assert_close(found[0].float(), expected)


NO_RANGES = (
    "", "1 to 2", "a, b, c", "1 to 0, 0 to 1, 0 to 1", "0 to 1 log, 0 to 1, 0 to 1",
    "-9 to 1, 0 to 1, 0 to 1", "1e400 to 2, 0 to 1, 0 to 1", "nan to 1, 0 to 1, 0 to 1",
)  # fmt: skip


def test_what_is_no_range_is_told_and_changes_nothing(subtests):
    for text in NO_RANGES:
        lab = Search()
        before = lab.race
        with subtests.test(text):
            assert is_one_sentence(typed(lab, text)["fault"]["text"])
            assert lab.race is before
            assert lab.open({"ranges": text})


def test_mnist_can_be_chosen_when_it_is_here(tmp_path, monkeypatch):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    lab = Search()
    with pytest.raises(ValueError, match=r"^MNIST is not here yet; [a-z ]+\.$"):
        lab.receive({"setting": "objective", "value": "mnist"})
    assert lab.settings["objective"] == "surface"
    assert Search().open({"objective": "mnist"}).keys() == {"objective"}
    few = digits.small()
    many = Split(few.x.repeat(9, 1, 1, 1), few.y.repeat(9), few.x_test, few.y_test, "MNIST", "")
    monkeypatch.setattr(digits, "mnist", lambda: many)
    monkeypatch.setattr(digits, "mnist_here", lambda: True)
    trainings.large_digits.cache_clear()
    lab.receive({"setting": "objective", "value": "mnist"})
    assert lab.objective.heavy
    examples = trainings.large_digits()
    assert (examples.x.shape, examples.y_held.shape) == ((784, 10_000), (10, 2000))
    run = lab.objective.begin({"learning_rate": 0.05, "l2": 1e-5, "hidden": 20}, 1)
    assert run.epoch() < 0.8
    trainings.large_digits.cache_clear()


def test_a_training_goes_on_elsewhere_as_it_would_have_here():
    known = {"learning_rate": 0.05, "l2": 1e-3, "hidden": 12, "maps": 2}
    for key in ("digits", "spiral", "convolution"):
        run = OBJECTIVES[key].begin(known, 3)
        whole = [run.epoch() for _ in range(4)]
        first, weights = far.train(key, known, 3, 0, 2, b"")
        then, _ = far.train(key, known, 3, 2, 4, weights)
        assert [*first, *then] == pytest.approx(whole, rel=1e-5)
