"""Pictures: is it made from one of the client's own photos, and does a registered figurative mark stand in it?"""

from matchers.image.decode import decode
from matchers.image.matcher import ImageMatcher
from matchers.types import PictureError

__all__ = ["ImageMatcher", "PictureError", "decode"]
