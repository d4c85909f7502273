"""What the board labs ask a visitor to try."""

from labs.live.challenges import Challenge
from labs.play.board.position import Played
from labs.play.board.thought import Thought

ENOUGH = 100  # simulations of a search that counts
SURE = 2  # standard errors


def overruled(found: Thought | None) -> bool:
    """Whether most of a search's visits go to a move that its policy thinks little of."""
    if found is None or found.simulations < ENOUGH:
        return False
    best = int(found.after.argmax())
    return float(found.after[best]) > 0.5 and float(found.before[best]) < 0.2


def wins_at_once(played: Played, move: int) -> bool:
    """Whether a move ends the game in favour of who makes it."""
    if played.result is not None or not played.legal[move]:
        return False
    return played.play(move).result == (-1 if played.mover else 1)


def beaten(settings: dict, now) -> bool:
    """Whether the visitor has won, without a hint, against the policy alone."""
    sides = {"first": 1, "second": -1}
    return (
        now.played.result is not None
        and now.played.result == sides.get(settings["sides"])
        and settings["simulations"] == 1
        and now.own >= 3
        and not now.hints
    )


PLAY = (
    Challenge(
        "beat", "Win a game against its policy alone: no simulations, and no hints.",
        "Without a search it does not see what your next two moves do together.", beaten,
    ),
    Challenge(
        "overruled", "Reach a position in which the search overrules the policy: most of 100 "
        "visits or more go to a move to which the policy gives less than 20 %.",
        "Ask for hints where much is going on at once, as after odd moves.",
        lambda settings, now: now.own > 0 and now.thought is not None
        and len(now.thought.played.moves) > 0 and overruled(now.thought),
    ),
    Challenge(
        "capture", "Take a stone on a board of Go.",
        "A stone without a free point beside it, or beside its group, is taken. You may play both "
        "sides.", lambda settings, now: now.took > 0,
    ),
)  # fmt: skip
SEARCH = (
    Challenge(
        "broad", "Give each legal move at least 12 visits, with 200 simulations at most, from a "
        "position with 7 legal moves or more.",
        "A large c_puct spreads the visits; a policy that is off spreads them further.",
        lambda settings, played, found: found is not None and found.simulations <= 200
        and int(played.legal.sum()) >= 7
        and float((found.after * found.simulations)[played.legal].min()) > 11.5,
    ),
    Challenge(
        "deep", "Let the search look 20 moves ahead along its principal line, with 200 simulations "
        "at most.", "With a small c_puct it follows what has done well.",
        lambda settings, played, found: found is not None and ENOUGH <= found.simulations <= 200
        and bool(found.lines) and len(found.lines[0]) >= 20,
    ),
    Challenge(
        "blind", "Switch the value off, and set up a position in which the search nevertheless "
        "gives a winning move most of its 100 visits or more.",
        "Where the game ends, the result is the value. Give somebody three in a row.",
        lambda settings, played, found: found is not None and settings["value"] == "none"
        and found.simulations >= ENOUGH and float(found.after.max()) > 0.5
        and wins_at_once(played, found.best),
    ),
)  # fmt: skip
SIGHT = (
    Challenge(
        "hangs", "Build a position of your own in which one stone alone is worth 5 or more of the "
        "likeliest move's logit.",
        "Look for a move that is played because of one threat. Taking the stone off takes the "
        "reason away.",
        lambda settings, own, worth: own and settings["of"] == "move" and worth >= 5,
    ),
)  # fmt: skip
RECIPE = (
    Challenge(
        "search", "Show by games that the search is worth something to the net of self-play: with "
        "it, it leads by two standard errors against its policy alone, in 10 games or more.",
        "Choose who plays, and give it more simulations.",
        lambda settings, scores: ahead(scores, ("alone", "zero"), -1),
    ),
    Challenge(
        "unlearned", "Find a number of simulations at which a search of random games, which has "
        "learned nothing, is not clearly worse than the policy of self-play alone: 16 games or "
        "more, and its share less than two standard errors below a half.",
        "A policy without a search gains nothing from simulations. Choose who plays, and wait some "
        "minutes.",
        lambda settings, scores: level(scores, ("rollouts", "alone")),
    ),
)  # fmt: skip
LEARN = (
    Challenge(
        "half", "Let it get three quarters of the points against the opponent that looks one ply "
        "ahead.", "Some hundred steps, and not too large a learning rate.",
        lambda settings, steps, points, played: steps >= 50 and points[-1][2] >= 0.75,
    ),
)  # fmt: skip


def ahead(scores: dict, pair: tuple[str, str], sign: int) -> bool:
    """Whether one of a pair leads by two standard errors after 10 games."""
    n, mean, error = scores.get(pair, (0, 0.5, 0.0))
    return n >= 10 and sign * (mean - 0.5) > SURE * error


def level(scores: dict, pair: tuple[str, str]) -> bool:
    """Whether the first of a pair is not behind by two standard errors after 16 games."""
    n, mean, error = scores.get(pair, (0, 0.5, 0.0))
    return n >= 16 and mean - 0.5 > -SURE * error
