"""Which bundle scans when nobody names one: the library's newest promotion, else the default."""

from collections.abc import Iterable
from pathlib import Path

from reviewer_app.errors import BundleError
from reviewer_app.learning.bundle import Bundle, find_bundle, list_bundles, read_bundle
from reviewer_app.store import promotions
from reviewer_app.store.library import Library


def current_bundle(library: Library, folders: Iterable[Path], *, default: str, patient: str = "") -> Bundle:
    """The bundle that is current for a patient's recordings.

    Args:
        library: Whose promotions count.
        folders: Of the bundles on this machine.
        default: Name of the bundle that is current where none was ever promoted.
        patient: Whose recording it is; a bundle that was trained on one patient is current for that one alone.

    Raises:
        BundleError: it is not on this machine.
        StoreError: the library cannot be read.
    """
    known = promotions.current(promotions.history(library), patient=patient)
    if known is None:
        return read_bundle(find_bundle(default, folders))
    return bundle_of(known.identity, known.name, folders)


def bundle_of(identity: str, name: str, folders: Iterable[Path]) -> Bundle:
    """The bundle with an identity, whatever its folder is called by now.

    Raises:
        BundleError: it is not on this machine.
    """
    here = (each for each in list_bundles(folders) if isinstance(each, Bundle))
    found = next((each for each in here if each.identity == identity), None)
    if found is None:
        raise BundleError(
            f"The bundle {name} ({identity[:12]}), which this library uses, is not on this machine: bring it back, "
            "name another, or roll back (spasm-reviewer bundle rollback)."
        )
    return found
