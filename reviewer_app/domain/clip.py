"""How the pixels of a window are prepared: one statement, kept in the bundle, used alike in scan and training."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer_app.domain.window import FRAMES_PER_WINDOW, WINDOW_SECONDS


class Resampling(StrEnum):
    """How stored pictures become frames of the grid.

    TRILINEAR is the published recipe: the video at 30 frames/s, linearly interpolated in time and space without
    antialiasing. AREA takes the picture on show in the middle of each cell and averages the pixels it shrinks.
    """

    TRILINEAR = "trilinear"
    AREA = "area"


class Channels(StrEnum):
    """What the network sees of a clip."""

    RGB = "rgb"
    MOTION = "motion"  # |frame - window median|, |frame - previous|, brightness: hides skin, clothes and wallpaper


class CropPolicy(StrEnum):
    """Where the network looks when nobody drew a rectangle."""

    WHOLE = "whole"
    MOVEMENT = "movement"  # the square around where movement accumulates
    PERSON = "person"  # the box of a named ONNX person detector


@dataclass(frozen=True, slots=True)
class Crop:
    """A rectangle of the displayed picture, in fractions of its width and height."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise ValueError(f"not a crop: {self}; give left,top,right,bottom between 0 and 1")

    def __str__(self) -> str:
        return f"{self.left:.4f},{self.top:.4f},{self.right:.4f},{self.bottom:.4f}"


WHOLE_PICTURE = Crop(0, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class ClipSpec:
    """Everything that decides a clip's pixels and their scaling, apart from the recording's own crop."""

    size: int = 224  # pixels, height and width
    frames: int = FRAMES_PER_WINDOW
    seconds: float = WINDOW_SECONDS
    resampling: Resampling = Resampling.AREA
    channels: Channels = Channels.RGB
    crop: CropPolicy = CropPolicy.MOVEMENT
    mean: tuple[float, float, float] = (0.45, 0.45, 0.45)  # per channel, of values scaled to 0-1
    deviation: tuple[float, float, float] = (0.225, 0.225, 0.225)

    def __post_init__(self) -> None:
        if self.frames != FRAMES_PER_WINDOW or self.seconds != WINDOW_SECONDS:
            raise ValueError(f"windows are 16 frames over 5 s, not {self.frames} over {self.seconds} s")
        if not 16 <= self.size <= 1024:
            raise ValueError(f"a clip of {self.size} pixels is outside 16 to 1024")
        if min(self.deviation) <= 0:
            raise ValueError(f"a clip's deviation must be positive: {self.deviation}")
