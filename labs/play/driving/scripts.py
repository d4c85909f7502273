"""A script that trains the same cars on the same track with the same seed."""

from collections.abc import Mapping

from labs.play import grid
from labs.play.driving import (
    actor,
    car,
    dqn,
    driver,
    export,
    eyes,
    imitation,
    learning,
    pole,
    policy_gradient,
    ppo,
    reward,
    rollout,
    track,
    trip,
    world,
)
from labs.play.driving.track import Track

LEARN = """
torch.set_num_threads(1)
random = torch.Generator().manual_seed({seed})
learner = {learner}
for group in learner.optimizer.param_groups:
    group["lr"] = {rate!r}
{tuned}
"""
CARS = (
    LEARN
    + """world = World(track({knots!r}), 64, torch.Generator().manual_seed(100 + {seed}), {start!r})
seen, decisions, earned = world.see(), 0, 0.0
for _ in range({steps}):
    report, seen = learner.step(world, seen, {reward}, {explore!r}, {gamma!r})
    if report is not None:
        decisions += 1
        earned = report.earned.mean().item() / SECONDS
print("decisions of each car", decisions)
print("points a second and car", round(earned, 4))
print("the first car's place", [round(v, 3) for v in world.cars[0, :2].tolist()])
print("value of now", round(learner.value(seen[:1]).item(), 4))
"""
)
POLES = (
    LEARN
    + """poles = Poles(16, random)
poles.half = {half!r}
seen, decisions = poles.see(), 0
for _ in range({steps}):
    report, seen = learner.step(poles, seen, poles, {explore!r}, {gamma!r})
    decisions += report is not None
print("decisions of each cart", decisions)
print("the first cart", [round(v, 4) for v in poles.state[0].tolist()])
"""
)
GRID = """
torch.set_printoptions(precision=4, sci_mode=False)
w = World({rows!r}, {slip!r}, {living!r})
values, moves = value_iteration(w, {gamma!r})
print("exact values\\n", values)
swept = ends(w)
for _ in range({steps}):
    swept = move_values(w, swept, {gamma!r}).amax(1)
print("after {steps} sweeps\\n", swept.reshape(w.shape))
learner = QLearner(w, torch.Generator().manual_seed(1))
for _ in range({walked}):
    learner.move({alpha!r}, {epsilon!r}, {gamma!r})
print("Q-learning after {walked} moves\\n", learner.table.amax(1).reshape(w.shape))
"""
LAP = """
torch.set_num_threads(1)
road = track({knots!r})
random = torch.Generator().manual_seed({seed})
net, memory = Apprentice({eyes!r}, random), Memory({eyes!r}, {shifted})
phases = 2 * math.pi * torch.rand(3, generator=random)
trip = Trip(road)
trip.begin("script")
lap, count = None, 0
while lap is None:
    count += 1
    waves = [math.sin(2 * math.pi * f * count * TICK + float(p))
             for f, p in zip((0.11, 0.23, 0.31), phases)]
    steer, pedal = pursue(road, trip.car[None], wander={hand!r} * sum(waves) / 2)
    memory.add(road, trip.car, steer.item(), pedal.item())
    _, lap = trip.drive(steer.item(), pedal.item(), 1, False)
    if len(memory) >= 30:
        for _ in range({updates}):
            net.learn(memory, {mirrored})
print("the script's lap", round(lap.seconds, 2), "s; loss", round(net.loss, 4))
trip.begin("net")
lap = None
while lap is None and trip.seconds < 90:
    steer, pedal = net.drive(road, trip.car[None])[0].tolist()
    _, lap = trip.drive(steer, pedal, 2, False)
    for _ in range({updates}):
        net.learn(memory, {mirrored})
print("the net's lap", lap)
"""
LEARNERS = (learning, rollout, ppo, policy_gradient)


def _learner(s: Mapping, sizes: str = "") -> dict[str, object]:
    method, rate = str(s["method"]), float(s["rate"])
    dqn_made = f"DQN(random, {rate!r}{sizes})"
    made = dqn_made if method == "DQN" else f"ActorCritic({method!r}, random, {rate!r}{sizes})"
    return {"learner": made, "seed": int(s["seed"]), "rate": rate, "gamma": float(s["gamma"])}


def cars(s: Mapping, road: Track, paid: reward.Reward, steps: int) -> str:
    """Return the script for the settings of now and so many steps."""
    is_dqn = s["method"] == "DQN"
    clip, epochs = float(s["clip"]), int(s["epochs"])
    tuned = f"learner.clip, learner.epochs = {clip!r}, {epochs}"
    tuned = f"learner.hold = {int(s['hold'])}" if is_dqn else tuned
    modules = (track, car, eyes, world, reward, *LEARNERS, dqn, actor)
    values = _learner(s) | {
        "tuned": tuned, "knots": road.knots, "start": str(s["start"]), "steps": steps,
        "reward": repr(paid), "explore": float(s["epsilon"] if is_dqn else s["entropy"]),
    }  # fmt: skip
    return export.script("Sixty-four cars learn from rewards.", modules, CARS, values)


def poles(s: Mapping, steps: int) -> str:
    """Return the script for the settings of now and so many steps."""
    modules = (track, car, eyes, world, reward, *LEARNERS, dqn, actor)
    explore = float(s["epsilon"]) if s["method"] == "DQN" else 0.0
    values = _learner(s, ", 4, 2") | {
        "tuned": "", "half": float(s["half"]), "steps": steps, "explore": explore,
    }  # fmt: skip
    return export.script("Sixteen poles are balanced.", (*modules, pole), POLES, values)


def cells(s: Mapping, rows: tuple[str, ...], steps: int, walked: int) -> str:
    """Return the script for the world of now, so many sweeps and so many moves."""
    names = ("slip", "living", "gamma", "alpha", "epsilon")
    values = {name: float(s[name]) for name in names}
    values |= {"rows": rows, "steps": steps, "walked": walked}
    return export.script("A grid world.", (grid,), GRID, values)


def lap(s: Mapping, road: Track, updates: int) -> str:
    """Return the script that records a lap, learns at once, and lets the net drive."""
    values = {
        "knots": road.knots, "seed": int(s["seed"]), "eyes": str(s["eyes"]),
        "shifted": s["shifted"] == "yes", "mirrored": s["mirrored"] == "yes",
        "hand": float(s["hand"]), "updates": updates,
    }  # fmt: skip
    modules = (track, car, eyes, driver, imitation, trip)
    return export.script("A lap is recorded, and a net imitates it.", modules, LAP, values)
