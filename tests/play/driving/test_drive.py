"""Drive and imitate: laps, data, corrections, mirrors, and what a browser sends."""

import pytest
import torch

from labs.play.driving import Drive
from labs.play.driving.driver import pursue
from labs.play.driving.eyes import ANGLES, COLUMNS, ROWS
from labs.play.driving.imitation import ASIDE, Apprentice, Memory, look, recovery
from labs.play.driving.presets import LINES, preset
from labs.play.driving.trip import TICK, Trip
from tests.long import takes_long
from tests.play.driving.hand import DRAWN, RING
from tests.sentences import is_one_sentence


def put(lab: Drive, **settings) -> Drive:
    for name, value in settings.items():
        lab.receive({"setting": name, "value": value})
    return lab


def driven(lab: Drive, ticks: int) -> Drive:
    for _ in range(ticks):
        lab.step()
    return lab


def test_the_script_drives_a_lap_of_every_track_and_keeps_to_the_road(subtests):
    for name in LINES:
        with subtests.test(name):
            trip, lap = Trip(preset(name)), None
            trip.begin("script")
            while lap is None and trip.seconds < 90:
                steer, pedal = pursue(trip.track, trip.car[None])
                _, lap = trip.drive(steer.item(), pedal.item(), 1, False)
                assert abs(trip.offset) < 1.5
            assert lap.exits == 0


@takes_long
def test_a_net_drives_a_lap_after_one_lap_that_was_recorded():
    lab = put(Drive(), record=True)
    while not any(lap.driver == "net" for lap in lab.laps) and lab.count < 2500:
        lab.step()
    script, net = lab.laps[:2]
    assert (script.driver, net.driver, net.exits, net.helped) == ("script", "net", 0, 0)
    assert len(lab.memory) == round(script.seconds / TICK)  # what the net drove is no data
    assert lab.settings["driver"] == "net"


def test_a_hand_takes_the_wheel_and_its_correction_joins_the_data():
    lab = put(driven(put(Drive(), record=True), 100), driver="net")
    before = len(lab.memory)
    lab.receive({"panel": "road", "kind": "drive", "turn": 1, "pedal": 0.5})
    driven(lab, 5)
    assert lab.who == "you"
    assert lab.corrections == 1
    assert len(lab.memory) == before + 5
    lab.receive({"panel": "road", "kind": "drive", "turn": 0, "pedal": 0})
    assert driven(lab, 3).who == "net"
    assert len(lab.memory) == before + 5
    lab.receive({"panel": "road", "kind": "move", "x": 90, "y": 30})
    assert driven(lab, 2).who == "you"
    lab.receive({"panel": "road", "kind": "lift"})
    assert driven(lab, 2).who == "net"
    assert lab.corrections == 2


def test_keys_steer_to_their_side_and_a_pointer_is_followed():
    for turn in (1, -1):
        lab = put(Drive(), driver="you")
        heading = lab.trip.car[2].item()
        lab.receive({"panel": "road", "kind": "drive", "turn": turn, "pedal": 1})
        driven(lab, 10)
        assert (lab.trip.car[2].item() - heading) * turn > 0.05
    lab = put(Drive(), driver="you")
    x, y = lab.ground.track.line[30].tolist()
    before = (lab.trip.car[:2] - lab.ground.track.line[30]).norm()
    lab.receive({"panel": "road", "kind": "move", "x": x, "y": y})
    driven(lab, 30)
    assert (lab.trip.car[:2] - lab.ground.track.line[30]).norm() < before - 3


def test_who_leaves_the_road_is_put_back_and_nobody_learns_it():
    lab = put(Drive(), driver="you")
    lab.receive({"panel": "road", "kind": "drive", "turn": 1, "pedal": 1})
    sizes = []
    while not lab.trip.left and lab.count < 300:
        sizes.append(len(lab.memory))
        lab.step()
    assert lab.trip.exits == 1
    assert abs(lab.trip.offset) < 0.2
    assert len(lab.memory) == max(0, sizes[-1] + 1 - 20)


def test_a_mirror_turns_left_into_right():
    memory, track = Memory("rays"), preset("bean")
    memory.add(track, torch.tensor([*track.line[5].tolist(), 0.3, 7.0, 0.0]), 0.4, 0.2)
    seen, _, label = memory.draw(4, True, torch.Generator().manual_seed(0))
    assert torch.equal(seen[0].flip(0), seen[3])
    assert torch.equal(label[0], label[3] * torch.tensor([-1.0, 1.0]))


def test_a_side_camera_sees_from_beside_and_steers_back():
    track = preset("oval")
    car = torch.tensor([*track.line[5].tolist(), 0.1, 8.0, 0.0])
    memory = Memory("rays", shifted=True)
    memory.add(track, car, 0.0, 0.0)
    assert len(memory.seen) == 3
    middle, left, right = memory.label
    assert left[0] < middle[0] < right[0]  # too far left: steer to the right
    assert recovery(ASIDE, car[3:4]) == -recovery(-ASIDE, car[3:4])
    assert memory.seen[1][0] > memory.seen[0][0]  # the right edge is further away
    memory.again("dense", shifted=True)
    assert memory.seen[0].shape == (1, ROWS, COLUMNS)
    memory.drop(1)
    assert not memory.seen
    assert not memory.cars


def test_the_gradient_is_that_of_a_finite_difference():
    track, eyes = preset("bean"), "rays"
    net = Apprentice(eyes, torch.Generator().manual_seed(4))
    car = torch.tensor([*track.line[50].tolist(), 0.2, 6.0, 0.0])
    slope = net.attention(track, car)
    seen, speed = look(track, car[None], eyes).double(), car[None, 3:4].double() / 18
    double = net.net.double()
    for k in range(len(ANGLES)):
        step = torch.zeros_like(seen)
        step[0, k] = 1e-5
        rise = (double(seen + step, speed) - double(seen - step, speed))[0, 0] / 2e-5
        assert slope[k].item() == pytest.approx(rise.item(), abs=1e-4)


def test_a_drawn_track_is_in_the_address_and_faults_change_nothing():
    lab = Drive()
    for event in DRAWN:
        lab.receive(event)
    other = Drive()
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert torch.equal(other.ground.track.line, lab.ground.track.line)
    assert other.settings["track"] == "yours"
    lab.receive({"setting": "pen", "value": True})
    for points in (
        [],
        RING[:5],
        [[0, 0]] * 30,
        "junk",
        [[1, 2, 3]],
        [[float("nan"), 3]] * 30,
        None,
    ):
        with pytest.raises(ValueError) as refusal:
            lab.receive({"panel": "road", "kind": "stroke", "begin": True, "points": points})
        assert is_one_sentence(str(refusal.value))
        assert lab.ground.name == "yours"
        assert lab.ground.drawing
    lab.receive({"setting": "pen", "value": True})  # the pen is put away
    assert not lab.ground.drawing
    assert Drive().open({"line": "junk"}).keys() == {"line"}
    for bad in ({"turn": 2, "pedal": 0}, {"turn": None}, {"turn": float("nan"), "pedal": 0}):
        with pytest.raises(ValueError):
            lab.receive({"panel": "road", "kind": "drive", **bad})


def test_the_visitor_s_first_lap_is_not_mixed_with_the_example():
    lab = driven(Drive(), 60)
    assert len(lab.memory) == 60
    put(lab, driver="you")
    assert not lab.memory.cars
    assert lab.net.updates == 0
    for event in ({"kind": "drive", "turn": 0, "pedal": 1}, {"kind": "move", "x": 50, "y": 12}):
        lab = driven(Drive(), 60)
        lab.receive({"panel": "road"} | event)
        assert driven(lab, 5).trip.driver == "you"
        assert len(lab.memory) == 5
        lab = put(driven(Drive(), 60), driver="net")  # a correction
        lab.receive({"panel": "road"} | event)
        assert len(driven(lab, 5).memory) == 65


def test_the_script_takes_the_wheel_of_a_net_that_stopped_and_gives_it_back():
    lab = put(Drive(), track="oval", record=True)
    while lab.settings["driver"] == "script":
        lab.step()
    put(lab, way="back")
    while lab.trip.car[3] > 0:  # it knows one direction alone
        lab.step()
    assert driven(lab, 30).trip.car[3] == 0
    put(lab, teacher="script")
    assert driven(lab, 1).who == "script"
    assert lab.corrections == 1
    while lab.who == "script":
        lab.step()
    assert lab.trip.car[3] > 4
    assert abs(lab.trip.offset) < 0.7


def test_what_turns_the_wheel_is_shown_of_what_the_net_sees():
    lab = Drive()
    assert lab.frame().notes["away"] == ["looks"]
    assert put(lab, eyes="dense").frame().notes["away"] == ["rays"]


@takes_long
def test_the_script_s_numbers_are_the_page_s(printed):
    lab = put(Drive(), record=True)
    while lab.settings["driver"] == "script":
        lab.step()
    said = printed(lab.script())
    assert f"the script's lap {round(lab.laps[0].seconds, 2)} s" in said
    while len(lab.laps) < 2:
        lab.step()
    assert repr(lab.laps[1]) in said
