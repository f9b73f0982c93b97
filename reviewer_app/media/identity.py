"""What a file is known by, so that a renamed file is recognised and a replaced one noticed."""

import hashlib
from pathlib import Path

from reviewer_app.domain.recording import Fingerprint
from reviewer_app.errors import MediaError
from reviewer_app.media.container import plain_file

SAMPLE_BYTES = 64 * 1024
"""Read at the head, middle and tail: headers, index and some picture data for three short reads, even of 50 GB."""


def fingerprint(path: Path) -> Fingerprint:
    """The size of a file and a hash of its head, middle and tail; its name and dates play no part.

    Raises:
        MediaError: The file is missing, not a plain file, empty, or cannot be read.
    """
    size = plain_file(path).size
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            for place in (0, max(0, size // 2 - SAMPLE_BYTES // 2), max(0, size - SAMPLE_BYTES)):
                file.seek(place)
                digest.update(file.read(SAMPLE_BYTES))
    except OSError as error:
        raise MediaError(f"{path.name} stopped being readable ({error.strerror}); is its drive still there?") from error
    return Fingerprint(size, digest.hexdigest())
