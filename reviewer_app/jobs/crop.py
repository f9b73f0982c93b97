"""Where in the picture a network looks, when nobody drew a rectangle: the same answer for scans and for training."""

from collections.abc import Generator

from reviewer_app.domain.clip import WHOLE_PICTURE, Crop, CropPolicy
from reviewer_app.domain.recording import Recording
from reviewer_app.jobs.beat import watched
from reviewer_app.jobs.message import Message, Remark
from reviewer_app.media.crop import automatic_crop


def crop_by(policy: CropPolicy, recording: Recording) -> Generator[Message, None, Crop]:
    """The rectangle that a clip spec's policy gives for a recording; the same recording always gives the same one.

    Raises:
        MediaError: A file cannot be opened any more.
    """
    if policy is CropPolicy.WHOLE:
        return WHOLE_PICTURE
    if policy is CropPolicy.PERSON:
        yield Remark("The bundle asks for a person detector and none is named: the crop follows movement instead.")
    return (yield from watched("Looking for where movement is", lambda tell: automatic_crop(recording, tell=tell)))
