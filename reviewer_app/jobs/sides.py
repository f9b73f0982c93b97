"""Which clips weights are fitted to, and which judge what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.later import time_cut
from reviewer_app.domain.snapshot import Role, Snapshot
from reviewer_app.domain.window import FRAME_STEP, WINDOW_SECONDS
from reviewer_app.errors import RequestError
from reviewer_app.jobs.clips import Clips


@dataclass(frozen=True, slots=True)
class Sides:
    """The clips of a training by what they are for.

    Attributes:
        learned: Places in the store of those that weights are fitted to.
        judged: Places of those that temperature and figures follow from.
        since: Where one patient's later time judges: the second of each of its recordings, by the source's place in the
            snapshot, from which it does. Empty where other patients judge.
    """

    learned: tuple[int, ...]
    judged: tuple[int, ...]
    since: Mapping[int, float] = field(default_factory=dict)

    @property
    def by_time(self) -> bool:
        """Whether the same patients are learned from and judge, by their later time."""
        return bool(self.since)


def sides_of(clips: Clips, snapshot: Snapshot) -> Sides:
    """Parts clips by patient; where nobody is kept for validation, by time.

    Raises:
        RequestError: One of the sides would lack windows with spasms, or windows without.
    """
    roles = dict(snapshot.roles)
    judged = tuple(place for place in clips.store.present if roles[clips.patient(place)] is Role.VALIDATE)
    if judged:
        sides = Sides(tuple(sorted(set(clips.store.present) - set(judged))), judged)
        whose, advice = "validation patients'", "Label nights of more patients and make a new snapshot."
    else:
        sides = _parted_in_time(clips)
        whose, advice = "later", "Label more of the patient's time and make a new snapshot."
    for places, of in ((sides.learned, "training"), (sides.judged, whose)):
        if len(set(is_positive(clips, places))) < 2:
            raise RequestError(f"The {of} windows are not of both kinds, with and without a spasm. {advice}")
    return sides


def is_positive(clips: Clips, places: Sequence[int]) -> list[bool]:
    """For each clip on which raters are agreed and sure, whether it holds a spasm."""
    targets = (clips.store.labels[place].target for place in places)
    return [target > 0.5 for target in targets if target != 0.5]


def sure(clips: Clips, places: Sequence[int]) -> NDArray[np.bool_]:
    """Which of the clips raters are not torn about, (n,)."""
    return np.array([clips.store.labels[place].target != 0.5 for place in places], bool)


def _parted_in_time(clips: Clips) -> Sides:
    """The earlier part of each patient's spasms teaches and the later part judges; nobody sees a window of both.

    What teaches ends before the cut, however far the training moves it; what judges is never moved.
    """
    if any(source.told.file is not None for source in clips.sources.values()):
        raise RequestError(
            "The snapshot keeps no patient for validation, and clip files do not tell the order of time: add patients "
            "and make a new snapshot."
        )
    begins = {place: source.recording.start.timestamp() for place, source in clips.sources.items()}
    onsets: dict[str, list[float]] = {}
    for window in clips.windows:
        told = clips.sources[window.source].told
        onsets.setdefault(told.patient, []).extend(begins[window.source] + onset for onset in window.onsets)
    cuts = {patient: cut for patient, known in onsets.items() if (cut := time_cut(known)) is not None}
    reach = WINDOW_SECONDS + clips.store.jitter * FRAME_STEP
    learned, judged = [], []
    for place in clips.store.present:
        window = clips.windows[place]
        moment, cut = begins[window.source] + window.start, cuts.get(clips.patient(place))
        if cut is None or moment + reach <= cut:
            learned.append(place)
        elif moment >= cut:
            judged.append(place)
    since = {
        place: max(0.0, cuts[source.told.patient] - begins[place])
        for place, source in clips.sources.items()
        if source.told.patient in cuts
    }
    return Sides(tuple(learned), tuple(judged), since)
