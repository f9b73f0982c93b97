"""Small libraries to learn from: films in which a square jumps about when a spasm is said to begin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from reviewer_app.domain.annotation import Matter
from reviewer_app.domain.snapshot import LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource
from reviewer_app.domain.window import FRAME_STEP, WINDOW_SECONDS
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.media.open import open_recording
from reviewer_app.store import raters, recordings, snapshots
from tests.media_maker import Film, Pixels, make_film
from tests.store.sayings import covered, made, statement, told

FPS = 10


@dataclass(frozen=True, slots=True)
class Infant:
    """A patient with one film."""

    patient: str
    role: Role = Role.TRAIN
    seconds: int = 60
    onsets: tuple[float, ...] = (12.0, 32.0, 47.0)
    healthy: bool = False


def jumping(onsets: Sequence[float], *, seed: int) -> Callable[[float], Pixels]:
    """Paints a second of a film: a square that stands still, but for 1.5 s from each onset on."""

    def paint(second: float) -> Pixels:
        chance = np.random.default_rng((seed, round(second * FPS)))
        picture = np.full((48, 64, 3), 60 + 10 * (seed % 5), np.uint8)
        jumps = any(onset <= second < onset + 1.5 for onset in onsets)
        left, top = chance.integers(0, 40, 2) if jumps else (20, 16)
        picture[top // 2 : top // 2 + 24, left : left + 24] = 220
        return picture

    return paint


def film_of(folder: Path, infant: Infant, *, seed: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    film = Film(
        frames=infant.seconds * FPS,
        fps=FPS,
        width=64,
        height=48,
        keyframe_every=20,
        paint=jumping(infant.onsets, seed=seed),
    )
    return make_film(folder / f"{infant.patient}.mp4", film)


def windows_of(infant: Infant, source: int) -> tuple[LabelledWindow, ...]:
    """One window for each spasm, and windows without one wherever none is within reach."""
    positive = [
        LabelledWindow(
            source, round((onset - 2) / FRAME_STEP) * FRAME_STEP, 1.0, (onset,), annotations=(f"{source}-{i}",)
        )
        for i, onset in enumerate(infant.onsets)
    ]
    starts = np.arange(0, infant.seconds - WINDOW_SECONDS, 8 * FRAME_STEP)
    negative = [
        LabelledWindow(source, float(start), 0.0)
        for start in starts
        if all(start + WINDOW_SECONDS <= onset or onset + 2 <= start for onset in infant.onsets)
    ]
    return (*positive, *negative[:: max(1, len(negative) // 12)])


def snapshot_of(infants: Sequence[Infant], identities: Sequence[str]) -> Snapshot:
    sources = tuple(
        SnapshotSource(infant.patient, identity, "", healthy=infant.healthy)
        for infant, identity in zip(infants, identities, strict=True)
    )
    windows = tuple(window for place, infant in enumerate(infants) for window in windows_of(infant, place))
    roles = tuple(sorted((infant.patient, infant.role) for infant in infants))
    return Snapshot(SnapshotRules(), sources, windows, roles)


@dataclass(frozen=True, slots=True)
class Study:
    """A library with films and a snapshot of them."""

    place: LibraryPlace
    identity: str  # of the snapshot
    snapshot: Snapshot
    films: tuple[Path, ...]


def make_study(
    folder: Path, infants: Sequence[Infant], *, keys: Path | None = None, said: Sequence[Infant] | None = None
) -> Study:
    """A library with the infants' films, what Anna said of those in ``said`` (all, if not given), and a snapshot."""
    films = tuple(film_of(folder / "films", infant, seed=seed) for seed, infant in enumerate(infants))
    found = [
        replace(open_recording((film,)), patient=infant.patient) for film, infant in zip(films, infants, strict=True)
    ]
    snapshot = snapshot_of(infants, [each.identity for each in found])
    place = LibraryPlace(folder / "library", keys or folder / "keys")
    with open_library(place) as library:
        rater = raters.add(library, "Anna")
        for recording, infant in zip(found, infants, strict=True):
            number = recordings.add(library, recording)
            if said is not None and infant not in said:
                continue
            spasms = [made(statement(onset, onset + 1.5)) for onset in infant.onsets]
            told(library, number, rater, *spasms, covered(0, infant.seconds, matter=Matter.FINALISED))
        kept = snapshots.put(library, snapshot, name="study")
    return Study(place, kept.identity, snapshot, films)
