"""A small library of several patients, and bundles that are compared on it."""

from collections.abc import Callable, Generator, Sequence
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.annotation import Matter
from reviewer_app.domain.recipe import SMALL
from reviewer_app.domain.snapshot import LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource
from reviewer_app.domain.source import Scores
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.learn_request import CompareRequest
from reviewer_app.jobs.message import Message
from reviewer_app.jobs.request import Asks, Compute, LibraryPlace
from reviewer_app.jobs.run import run_job
from reviewer_app.learning.bundle import Bundle, read_bundle, write_bundle
from reviewer_app.learning.manifest import Description, Licence
from reviewer_app.learning.network import seeded_network
from reviewer_app.learning.provenance import TrainingData, inherited_licence, training_facts
from reviewer_app.media.open import open_recording
from reviewer_app.store import raters, recordings, snapshots
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import Library
from tests.bundles_maker import CLIP, POINTS, SPEC
from tests.store import sayings

SECONDS = 20.0


class QuickPredictor:
    """Stands in for a network: scores follow from a clip's brightness and the bundle's name."""

    device_name = "nothing"

    def __init__(self, bundle: Bundle, **_: object) -> None:
        self.bins, self.features = bundle.description.network.bins, 4
        self.warnings: list[str] = []
        self._shift = len(bundle.name) / 50

    def score(self, clips: NDArray[np.uint8]) -> Scores:
        value = ((clips.mean(axis=(1, 2, 3, 4)) / 255 + self._shift) % 1).astype(np.float32)
        course = np.repeat(value[:, None], self.bins, axis=1)
        return Scores(value, course, np.zeros((len(clips), 4), np.float16))


BEGAN = datetime(2026, 3, 1, 22, 0, 0, tzinfo=ZoneInfo("Europe/Berlin"))
FilmMaker = Callable[..., Path]


def opened(place: LibraryPlace) -> Library:
    return Library.open(place.folder, keys=choose_keys(place.key_folder))


def add_night(library: Library, film: FilmMaker, patient: str, *, night: int = 0, spasms: Sequence[float] = ()) -> int:
    """A recording of 20 s whose whole time one rater finalised."""
    number = recordings.add(library, unlabelled(film, patient, night=night))
    (rater,) = raters.all_raters(library) or (raters.add(library, "Anna"),)
    said = [sayings.made(sayings.statement(onset, onset + 1)) for onset in spasms]
    finalised = sayings.covered(0, SECONDS, matter=Matter.FINALISED)
    sayings.told(library, number, rater, *said, finalised)
    return number


def unlabelled(film: FilmMaker, patient: str, *, night: int = 0) -> Any:
    """A recording of 20 s; later nights begin later."""
    path = film(f"{patient}-{night}.mp4", frames=200, fps=10, first_number=1000 * night + 50 * int(patient[1:]))
    return open_recording([path], patient=patient, start=BEGAN + timedelta(days=night))


def keep_snapshot(library: Library, roles: dict[str, Role], numbers: Sequence[int] = (), *, until: float = 9.0) -> str:
    """Keeps a snapshot with these roles; of the recordings it holds windows up to a second. Gives its identity."""
    sources: list[SnapshotSource] = []
    windows: list[LabelledWindow] = []
    for number in numbers:
        recording = recordings.load(library, number)
        windows += [LabelledWindow(len(sources), start, start % 2) for start in (0.0, until - 5)]
        sources.append(SnapshotSource(recording.patient, recording.identity, "d" * 64))
    told = Snapshot(SnapshotRules(), tuple(sources), tuple(windows), tuple(sorted(roles.items())))
    return snapshots.put(library, told, name="first").identity


def make_bundle(
    folder: Path,
    *,
    seed: int = 8,
    base: Bundle | None = None,
    snapshot: str = "",
    patients: int = 3,
    points: Any = POINTS,
) -> Bundle:
    """A bundle with random weights that says what it was trained on."""
    told = Description(folder.name, SPEC, CLIP, Licence("Apache-2.0"), operating_points=points)
    if base is not None:
        data = TrainingData(snapshot, patients, int(patients > 1), patients, 90, 20, 1.5)
        facts = training_facts(data, base=base, recipe=SMALL, validation={"AUC": 0.9}, epochs=3, date="2026-03-02")
        told = Description(folder.name, SPEC, CLIP, inherited_licence(base), operating_points=points, training=facts)
    return write_bundle(folder, seeded_network(SPEC, CLIP, seed=seed), told)


def starter_of(folder: Path) -> Bundle:
    """The bundle called ``tiny``, which stands for the default."""
    return read_bundle(folder / "tiny")


def job_of(request: Asks[Any]) -> Generator[Message, None, Any]:
    """The job in this process."""
    return run_job(request, Control(get_context("spawn")))


def done(request: Asks[Any]) -> tuple[list[Message], Any]:
    """What a job says and what it answers."""
    job, messages = job_of(request), list[Message]()
    while True:
        try:
            messages.append(next(job))
        except StopIteration as stop:
            return messages, stop.value


def question(place: LibraryPlace, folder: Path, candidate: str = "candidate", **changes: Any) -> CompareRequest:
    """Compares a candidate with the default."""
    changes.setdefault("compute", Compute(device="torch", threads=1))
    return CompareRequest(place, candidate, bundle_folders=(folder,), default="tiny", **changes)
