"""What there is to see of a drive."""

from collections.abc import Sequence

import torch

from labs.live import Frame
from labs.numerals import counted, written
from labs.play.driving.eyes import beams, camera, rays
from labs.play.driving.imitation import Apprentice
from labs.play.driving.trip import TICK, Lap, Trip
from labs.training.course import Course

NAMES = {"you": "you", "script": "the script", "net": "the net"}
HOW = {
    "you": "Hold the arrow keys, or hold the pointer before the car.",
    "script": "A rule that knows the track, no net: it steers at a point of the road ahead, and "
    "its hand is not steady.",
    "net": "Take the wheel with keys or pointer whenever you like: what you do joins the data.",
}


def road(frame: Frame, trip: Trip, who: int) -> None:
    """Add the car, its rays, its trail, and where it left the road; who: the hand at the wheel."""
    x, y, heading, *_ = trip.car.tolist()
    frame.values["road"] = torch.tensor([[x], [y], [heading], [who], [0.0]])
    seen = rays(trip.track, trip.car[None])[0]
    frame.values["road.rays"] = beams(trip.car, seen).T.contiguous()
    frame.values["road.trail"] = trip.trails()
    frame.values["road.marks"] = trip.marks()
    frame.values["rays"] = seen


def eyes(frame: Frame, net: Apprentice, trip: Trip) -> None:
    """Add the camera's picture, and what moves the net's steering wheel."""
    frame.maps["camera"] = camera(trip.track, trip.car[None])[0]
    slope, on_rays = net.attention(trip.track, trip.car), net.eyes == "rays"
    frame.values["slopes"] = slope if on_rays else torch.zeros(len(frame.values["rays"]))
    frame.maps["looks"] = torch.zeros_like(frame.maps["camera"]) if on_rays else slope[None]
    frame.notes["away"] = ["looks" if on_rays else "rays"]


def course(frame: Frame, losses: Course) -> None:
    """Add the loss over the ticks."""
    table = losses.table()
    frame.values["loss"] = table if table.numel() else torch.full((2, 1), torch.nan)


def words(
    frame: Frame, trip: Trip, who: str, laps: Sequence[Lap], count: int, corrections: int
) -> None:
    """Add what happens in words; count: decisions that are remembered."""
    speed, wheel = trip.car[3].item(), trip.car[4].item()
    done = max(0.0, trip.gone / trip.track.length)
    steer = "straight" if abs(wheel) < 0.02 else "left" if wheel > 0 else "right"
    seconds = written(trip.seconds, ".1f")
    lap = f"{done:.0%} of a lap in {seconds} s; off the road {times(trip.exits)}."
    frame.notes["words"] = {
        "now": [
            {"title": f"At the wheel: {NAMES[who]}", "text": HOW[who]},
            {"title": "Now", "text": f"{speed * 3.6:.0f} km/h, steering wheel {abs(wheel):.0%} "
                                     f"{steer}. {lap}"},
            {"title": "Data", "text": f"{counted(count, 'decision')} in {count * TICK:.0f} s; "
                                      f"{counted(corrections, 'correction')}."},
        ]
    }  # fmt: skip
    rows = [[NAMES[lap.driver], f"{written(lap.seconds, '.1f')} s", str(lap.exits),
             f"{written(lap.helped, '.1f')} s"] for lap in reversed(laps)]  # fmt: skip
    said = "" if rows else "No whole lap yet."
    frame.notes["tables"] = {"laps": {"said": said, "rows": rows}}
    frame.notes["titles"] = {
        "camera": "what the car sees",
        "rays": "metres to the road's edge, and the steering wheel's gradient",
        "loss": f"on {counted(count, 'decision')}" if count else "nothing is remembered yet",
    }
    frame.notes["say"] = f"{NAMES[who]} drives. {lap}"


def times(n: int) -> str:
    """Return how often in words."""
    return {0: "never", 1: "once", 2: "twice"}.get(n, f"{n} times")
