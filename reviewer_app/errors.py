"""The errors a person can meet, as one small tree.

::

    SpasmReviewerError            every error that carries a sentence for the person at the screen
    ├── RequestError    exit 2    what was asked for makes no sense or cannot be done here
    ├── MediaError      exit 3    a recording, video or EEG file cannot be used
    ├── StoreError      exit 4    the library cannot be opened, read or written
    └── BundleError     exit 5    a bundle cannot be trusted, loaded or run

A room turns a library's error into one of these at its border, with ``from`` and one sentence: what is wrong,
with which file, and what to do. The doors print that sentence and end with the class's exit code; a traceback
never reaches the person.
"""

from typing import ClassVar


class SpasmReviewerError(Exception):
    """Something a person can act on went wrong; the text says what, where and what to do."""

    exit_code: ClassVar[int] = 1


class RequestError(SpasmReviewerError):
    """The request itself is wrong: an option without sense, a folder that cannot be written, no space."""

    exit_code: ClassVar[int] = 2


class MediaError(SpasmReviewerError):
    """A recording, video or EEG file cannot be used, or was refused before it could do harm."""

    exit_code: ClassVar[int] = 3


class StoreError(SpasmReviewerError):
    """The library cannot be opened, read or written; what it held before is still there."""

    exit_code: ClassVar[int] = 4


class BundleError(SpasmReviewerError):
    """A bundle is incomplete, altered, of an unknown kind, or does not give the scores it should."""

    exit_code: ClassVar[int] = 5
