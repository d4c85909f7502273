"""Sixty-four cars that learn: a lap in few decisions, habits by reward, fields, faults."""

import pytest
import torch

from labs.play.driving import Reinforce
from labs.play.driving.habits import Habits
from labs.play.driving.learning import Report
from labs.play.driving.places import arrows, cells, field, lanes
from labs.play.driving.presets import preset
from labs.play.driving.world import ACTIONS
from tests.long import skipped, takes_long
from tests.play.driving.hand import DRAWN


def put(lab: Reinforce, **settings) -> Reinforce:
    for name, value in settings.items():
        lab.receive({"setting": name, "value": value})
    return lab


def played(lab: Reinforce, steps: int) -> Reinforce:
    for _ in range(steps):
        lab.step()
    return lab


@pytest.mark.parametrize("method", ["PPO", pytest.param("DQN", marks=skipped)])
def test_the_first_car_drives_a_lap_of_the_default_track(method):
    lab = put(Reinforce(), method=method, seed=3)
    while not lab.laps and lab.count < 5000:
        lab.step()
    assert lab.laps
    assert 12 < lab.laps[0][1] < 30  # seconds


@takes_long
def test_policy_gradient_learns_to_drive_on():
    lab = put(Reinforce(), method="policy gradient", rate=0.003)
    early = played(lab, 200).habits.forward
    assert played(lab, 2500).habits.forward > early + 2


@takes_long
def test_rewards_that_were_meant_well(subtests):
    for key, habit in (("middle", "stands"), ("hurry", "crashes"), ("fear", "stands"),
                       ("speed", "both ways")):  # fmt: skip
        with subtests.test(key):
            lab = put(Reinforce(), **{f"try_{key}": True})
            while lab.habits.name != habit and lab.count < 3000:
                lab.step()
            assert lab.habits.name == habit


def test_habits_have_names_by_their_numbers():
    def seen(speed, moved, crashes=0):
        habits, n = Habits(), 100
        crashed = torch.arange(n) < crashes
        report = Report(torch.zeros(n), moved, crashed, crashed, torch.zeros(n))
        for _ in range(700):
            habits.note(report, torch.full((n,), float(speed)), torch.zeros(n))
        return habits.name

    ways = torch.ones(100)
    ways[::2] = -1
    assert seen(0.1, torch.zeros(100)) == "stands"
    assert seen(10, torch.ones(100)) == "laps"
    assert seen(1.2, 0.11 * torch.ones(100)) == ""
    assert seen(10, -torch.ones(100)) == "wrong way"
    assert seen(10, ways) == "both ways"
    assert seen(10, torch.zeros(100)) == "circles"
    assert seen(10, torch.ones(100), crashes=5) == "crashes"


def test_the_field_is_the_learner_s_value_at_every_place():
    lab = played(Reinforce(), 100)
    on, spots = cells(lab.world.track)
    picture = lab.frame().maps["road"]
    values = lab.learner.value(spots.at(8.0))
    assert picture.shape == (1, *on.shape)
    assert torch.equal(picture[0].flip(0)[on], values)
    assert torch.equal(field(lab.world.track, values), picture)
    _, _, offset = lab.world.track.locate(spots.cars[:, :2])
    assert offset.abs().max() < 3.6


def test_arrows_point_where_an_action_leads():
    track = preset("oval")
    count = len(lanes(track).cars)
    for action, (steer, pedal) in enumerate(ACTIONS):
        shares = torch.zeros(count, len(ACTIONS))
        shares[:, action] = 1
        drawn = arrows(track, shares)
        turned = torch.atan2(drawn[3], drawn[2]) - lanes(track).cars[:, 2]
        turned = torch.atan2(turned.sin(), turned.cos())
        assert torch.allclose(turned, torch.full((count,), steer * torch.pi / 6), atol=1e-4)
        length = torch.hypot(drawn[2], drawn[3])
        assert torch.allclose(length, torch.full((count,), 1.7 + 0.9 * pedal), atol=1e-4)


def test_what_was_learned_goes_along_to_another_track():
    lab = played(Reinforce(), 200)
    weights = [p.clone() for p in lab.learner.policy.parameters()]
    for event in DRAWN:
        lab.receive(event)
    assert all(torch.equal(a, b) for a, b in zip(weights, lab.learner.policy.parameters(),
                                                 strict=True))  # fmt: skip
    assert lab.world.track is lab.ground.own


def test_the_first_car_takes_its_best_action():
    for method in ("PPO", "DQN"):
        lab = put(Reinforce(), method=method, epsilon=1, entropy=0.2)
        for _ in range(20):
            best = lab.learner.preferences(lab.seen[:1]).argmax()
            steer, pedal = ACTIONS[int(best)]
            before = lab.world.cars[0].clone()
            waits = bool(getattr(lab.learner, "waiting", []))
            lab.step()
            if not waits and lab.world.age[0] > 0:
                turned = lab.world.cars[0, 4] - before[4]
                assert turned * (steer - before[4]) >= -1e-6
                assert pedal < 1 or lab.world.cars[0, 3] > before[3] - 1e-6


def test_numbers_that_run_away_are_said_and_stop():
    lab = put(Reinforce(), method="DQN", rate=0.1, gamma=0.99)
    with torch.no_grad():
        for p in lab.learner.q.parameters():
            p.fill_(float("nan"))
    while lab.step() and lab.count < 200:
        pass
    assert "ran away" in lab.trouble
    text = str(lab.frame().notes)
    assert "nan" not in text
    assert "inf" not in text.replace("info", "")


def test_the_script_s_numbers_are_the_page_s(printed):
    for method in ("DQN", "PPO"):
        lab = played(put(Reinforce(), method=method), 70)
        said = printed(lab.script())
        assert f"decisions of each car {lab.decisions}" in said
        assert str([round(v, 3) for v in lab.world.cars[0, :2].tolist()]) in said
