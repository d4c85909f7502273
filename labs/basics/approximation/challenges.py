"""What the approximation page asks a visitor to try, and how it knows that it was done."""

from labs.live.challenges import Challenge

CLOSE = 0.001  # mean squared error

CHALLENGES = (
    Challenge("fit", "Draw a function of your own and get the error below 0.001.",
              "More units, or a little patience.",
              lambda s, fit, target, own: own and fit.error < CLOSE and target.std() > 0.1),
    Challenge("few", "Fit the wave to 0.001 with five units or fewer.", "Sine units know waves.",
              lambda s, fit, target, own: s["shape"] == "wave" and not own and fit.error < CLOSE
              and s["width"] <= 5),
    Challenge("line", "Make eight units say nothing but a line.",
              "Identity: layers without a bend.",
              lambda s, fit, target, own: s["activation"] == "identity" and s["width"] >= 8
              and fit.count > 0),
    Challenge("fold", "Find where the shallow net of the same size first fails on the sawtooth.",
              "Three folds and up.", lambda s, fit, target, own: s["folds"] == 3),
)  # fmt: skip
