"""What the page asks a visitor to try, and how it knows that it was done."""

from labs.live.challenges import Challenge

CHALLENGES = (
    Challenge(
        "revived",
        "Bring the gradient of a sigmoid net of ten layers back: first to last between 0.1 and 10.",
        "Its slope is at most 1/4: larger weights, or something that goes around the layers.",
        lambda shape, health: shape.activation == "sigmoid" and shape.depth >= 10
        and 0.1 < health.ratio < 10,
    ),
    Challenge(
        "dead",
        "Kill nine in ten ReLU units of a layer.",
        "A learning rate that is far too large does it in a few steps.",
        lambda shape, health: shape.activation == "relu" and health.dead.max() >= 0.9,
    ),
    Challenge(
        "exploded",
        "Make the gradient explode by a factor of a million from the last layer to the first.",
        "Depth, and a scale above He's.",
        lambda shape, health: health.ratio > 1e6,
    ),
    Challenge(
        "deep",
        "Train fifty layers to more than 90 % on the digits.",
        "Residual connections and batch norm; then press play.",
        lambda shape, health: shape.depth == 50 and health.accuracy > 0.9,
    ),
    Challenge(
        "scale",
        "Find by hand the scale that makes “unit normal” weights work for 20 plain ReLU layers.",
        "He says √(2 / width), as a factor.",
        lambda shape, health: shape.depth >= 20 and not shape.norm and not shape.residual
        and shape.initial == "unit normal" and shape.activation == "relu"
        and 0.1 < health.ratio < 10,
    ),
)  # fmt: skip
