"""Deep learning learns the filters: a random kernel fitted to what a preset makes of a photo."""

from labs.vision.convolution.fit.descent import CLOSE
from labs.vision.convolution.fit.experiment import Fit
from labs.vision.convolution.fit.valley import best_momentum, correlate, gradient, hessian

__all__ = ["CLOSE", "Fit", "best_momentum", "correlate", "gradient", "hessian"]
