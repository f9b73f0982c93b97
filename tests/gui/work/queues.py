"""What the tests of the queue share: a held library, terms and orders."""

from pathlib import Path
from typing import Any

from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.gui.work.job_thread import end_all_jobs
from reviewer_app.gui.work.scan_order import ScanOrder, ScanTerms
from reviewer_app.jobs.process import Runner
from reviewer_app.jobs.request import Compute, LibraryPlace
from reviewer_app.jobs.run import run_job
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import Library

SOON = 120_000

_made: list[JobQueue] = []


def place_in(folder: Path) -> LibraryPlace:
    return LibraryPlace(folder / "library", folder / "keys", held=True)


def library_in(folder: Path) -> Library:
    """A library held by the test, as the window holds it."""
    place = place_in(folder)
    return Library.open(place.folder, keys=choose_keys(place.key_folder))


def terms_in(folder: Path, bundles: Path | None = None) -> ScanTerms:
    return ScanTerms(place_in(folder), (bundles,) if bundles else (), Compute(threads=1))


def queue_in(folder: Path, library: Library, *, run: Runner = run_job, bundles: Path | None = None) -> JobQueue:
    """A queue that is closed when the test's library is: it would start its next scan in the test after."""
    queue = JobQueue(library, terms_in(folder, bundles), run=run)
    _made.append(queue)
    return queue


def close_queues() -> None:
    """Ends all queues, and says where a child would not."""
    for queue in _made:
        queue.close()
    _made.clear()
    assert end_all_jobs()


def order_of(*paths: Path, **options: Any) -> ScanOrder:
    return ScanOrder(paths[0].stem, paths, options.pop("bundle", "tiny"), **options)
