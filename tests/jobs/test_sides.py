"""One patient's time parted in two; parting by patient is tested with whole trainings."""

from pathlib import Path

import numpy as np
import pytest

from reviewer_app.domain.snapshot import LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource
from reviewer_app.domain.window import FRAME_STEP
from reviewer_app.jobs.clip_sources import OpenedSource
from reviewer_app.jobs.clips import Clips
from reviewer_app.jobs.sides import sides_of
from reviewer_app.learning.clip_store import THERE, ClipLabel, ClipStore
from tests.store import examples

ONSETS = (10.0, 25.0, 40.0, 80.0, 100.0)
CUT = 60.0
"""In the pause between the third spasm and the fourth."""


def clips_of(starts: tuple[float, ...], *, jitter: int) -> tuple[Clips, Snapshot]:
    """Windows around the spasms of one patient, and others that begin at ``starts``."""
    windows = (
        *(LabelledWindow(0, onset - 2.5, 1.0, (onset,)) for onset in ONSETS),
        *(LabelledWindow(0, start, 0.0) for start in starts),
    )
    night = examples.night()
    source = SnapshotSource(night.patient, night.identity, "d" * 64)
    labels = tuple(ClipLabel(each.target, night.patient, onsets=None) for each in windows)
    store = ClipStore(Path("nowhere"), 8, jitter, labels, "clips", np.full(len(labels), THERE, np.uint8))
    snapshot = Snapshot(SnapshotRules(), (source,), windows, ((night.patient, Role.TRAIN),))
    return Clips(store, windows, tuple(range(len(windows))), {0: OpenedSource(source, night)}), snapshot


@pytest.mark.parametrize("jitter", [0, 1, 8])
def test_what_teaches_ends_before_the_cut_however_far_it_is_moved(jitter: int) -> None:
    starts = tuple(CUT - 5 - frames * FRAME_STEP for frames in (*range(9), -1, -16))
    clips, snapshot = clips_of(starts, jitter=jitter)
    sides = sides_of(clips, snapshot)
    ends = [clips.windows[place].start + 5 + jitter * FRAME_STEP for place in sides.learned]
    assert max(ends) == CUT
    assert min(clips.windows[place].start for place in sides.judged) == CUT
    assert sides.since == {0: CUT}
    assert len(sides.learned) == 3 + 9 - jitter
