"""How a job gets at the library that its request names."""

from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.jobs.trainings import sweep
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import Library


def open_library(place: LibraryPlace, *, hold: bool = True) -> Library:
    """The library at a place; made where there is none yet.

    Args:
        place: where it lies.
        hold: whether nobody else may open it meanwhile; not needed to read, so that events can be listed during a scan.
            A place that says that it is held already is never held again.

    Raises:
        StoreError: it cannot be opened.
    """
    mine = hold and not place.held
    library = Library.open(place.folder, keys=choose_keys(place.key_folder), hold=mine)
    if mine:
        sweep(library.folder)
    return library
