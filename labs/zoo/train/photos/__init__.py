"""What the recipes of the photo nets share: the photos, the crops, the loop, the measurements."""

from labs.zoo.train.photos.data import Photos, load_photos
from labs.zoo.train.photos.fitting import Phase, Recipe, fit
from labs.zoo.train.photos.measuring import measure

__all__ = ["Phase", "Photos", "Recipe", "fit", "load_photos", "measure"]
