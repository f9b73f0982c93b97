"""From files to a recording in the library; and found again when they were moved."""

from collections.abc import Generator
from functools import partial

from reviewer_app.jobs.beat import beating, watched
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.library_request import FilesFound, FindFiles, Opened, OpenRequest
from reviewer_app.jobs.message import Message
from reviewer_app.media.identity import fingerprint
from reviewer_app.media.open import open_recording
from reviewer_app.store import recordings
from reviewer_app.store.relocate import relocate

SEARCH_SECONDS = 3600.0
"""A search may walk through a whole archive; it can be cancelled."""


def open_paths(request: OpenRequest) -> Generator[Message, None, Opened]:
    """Opens files as one recording; files that the library knew with other content make another recording.

    Raises:
        MediaError: the files cannot be used.
        StoreError: the library cannot be used.
    """
    recording = yield from watched(
        "Opening the recording",
        lambda tell: open_recording(request.paths, patient=request.patient, start=request.start, tell=tell),
    )
    with open_library(request.library) as library:
        known = recordings.find(library, recording.identity) is not None
        changed = tuple(
            f"{path.name} is not the file that the library knew under this name: it is a new recording, and labels and "
            "scores stay with the earlier one."
            for path in recordings.replaced(library, recording)
        )
        number = recordings.add(library, recording)
        return Opened(number, recordings.load(library, number), not known, (*changed, *recording.remarks))


def find_files(request: FindFiles) -> Generator[Message, None, FilesFound]:
    """Searches for a recording's missing files.

    Raises:
        StoreError: the library has no such recording, or could not be written.
        MediaError: the search took longer than an hour.
    """
    with open_library(request.library) as library:
        search = partial(relocate, library, request.recording, request.places, fingerprint=fingerprint)
        brought = yield from beating("Looking for the files", search, limit=SEARCH_SECONDS)
    return FilesFound(brought.found, brought.missing)
