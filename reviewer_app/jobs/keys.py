"""A library's key, for the day when the computer that kept it is gone."""

from collections.abc import Generator

from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Message, Stage
from reviewer_app.jobs.request import RecoverLibrary, ShowKey
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import recover


def answer_key(request: ShowKey | RecoverLibrary) -> Generator[Message, None, str]:
    """The recovery key of a library that opens, after putting it back where it was lost.

    Raises:
        StoreError: there is no library, or the key is mistyped or another library's.
    """
    yield Stage("Opening the library")
    place = request.library
    if isinstance(request, RecoverLibrary):
        recover(place.folder, request.recovery_key, keys=choose_keys(place.key_folder))
    with open_library(place, hold=False) as library:
        return library.recovery_key
