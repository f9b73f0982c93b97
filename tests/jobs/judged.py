"""A library with a scanned recording whose bundle's scores say little, and a rater who knows better."""

import hashlib
from pathlib import Path

import numpy as np

from reviewer_app.domain.annotation import Action, Alteration, Label, Matter, Rater, Statement
from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.trace import TraceChunk, TraceIdentity, WindowState
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.learning.head import read_head
from reviewer_app.store import ledger, raters, recordings, traces
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import Library
from tests.store import examples

FEATURES = 128  # of tests.bundles_maker's tiny bundle
APART = 25.0
"""Seconds from one thing that happens to the next."""

MOMENTS = tuple(APART * (place + 1) for place in range(48))
SPASMS = frozenset(MOMENTS[place] for place in range(48) if place % 3 == 0)


def place_in(folder: Path) -> LibraryPlace:
    return LibraryPlace(folder / "library", folder / "keys")


def open_at(place: LibraryPlace) -> Library:
    return Library.open(place.folder, keys=choose_keys(place.key_folder))


def scanned(library: Library, bundles: Path, *, embedded: bool = True, seed: int = 0) -> int:
    """Adds the recording with its trace: one direction of the embedding tells spasms, which the head overlooks.

    Returns:
        The recording's number.
    """
    night = examples.night()
    number = recordings.add(library, night)
    identity = hashlib.sha256((bundles / "tiny" / "bundle.json").read_bytes()).hexdigest()
    grid = WindowGrid.over(APART * 50)
    head = read_head(identity, [bundles], name="tiny")
    random = np.random.default_rng(seed)
    values = random.normal(size=(grid.count, FEATURES)) * 0.5
    telling = random.normal(size=FEATURES)
    telling -= head.weight * (telling @ head.weight) / (head.weight @ head.weight)  # the head does not see it
    telling *= 6 / np.linalg.norm(telling)
    middles = np.arange(grid.count) * grid.stride_seconds + 2.5
    for moment in MOMENTS:
        near = np.abs(middles - moment) < 2.5
        values[near] += telling if moment in SPASMS else -telling / 2
    embeddings = values.astype(np.float16)
    trace = traces.begin(
        library,
        number,
        TraceIdentity(night.identity, identity, "c" * 64, grid.stride, WHOLE_PICTURE),
        grid,
        bins=0,
        features=FEATURES,
        bundle_name="tiny",
    )
    logits = head.logits(embeddings)
    traces.append(
        library,
        trace,
        TraceChunk(
            0,
            (1 / (1 + np.exp(-logits))).astype(np.float32),
            np.full(grid.count, WindowState.SCORED, np.uint8),
            np.zeros((grid.count, 0), np.float32),
            np.zeros((grid.count, len(MEASURES)), np.float32),
            embeddings if embedded else np.full_like(embeddings, np.nan),
        ),
    )
    return number


def judge(library: Library, number: int, rater: Rater, count: int, *, first: int = 0) -> None:
    """Lets a rater judge moments truthfully, one keystroke each."""
    for moment in MOMENTS[first : first + count]:
        label = Label.SPASM if moment in SPASMS else Label.NOT_SPASM
        key = f"{rater.rater_id} {moment}"
        said = Statement(Interval(moment - 0.5, moment + 0.5), label)
        action = Action(key, rater, (Alteration(Matter.ANNOTATION, key, None, said),), "2026-03-29T08:00:00+00:00")
        ledger.append(library, number, action)


def anna(library: Library) -> Rater:
    known = [each for each in raters.all_raters(library) if each.name == "Anna"]
    return known[0] if known else raters.add(library, "Anna")
