"""From what raters said to windows with targets: the one place that decides what a training may believe.

Only finalised time trains, and only where there is video that shows something. Within it a window has a spasm where
a spasm begins in it, early enough for something of it to be seen; a window that sees only the rest of one is left out.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import fmean

from reviewer_app.domain.annotation import Annotation, Label
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.onset import agreed_onset, by_spasm
from reviewer_app.domain.snapshot import Consensus, LabelledWindow, SnapshotRules
from reviewer_app.domain.window import FRAME_STEP, WINDOW_SECONDS, Interval, subtract

LAST_SECONDS = 0.5
"""A spasm that begins in a window's last half second shows too little of itself there."""

_OPEN_SECONDS = WINDOW_SECONDS - LAST_SECONDS
_NEVER = (Label.NOT_ANALYSABLE, Label.OTHER_SEIZURE)
_UNSURE = 0.5


class Doubt(Enum):
    """Why a window has no target."""

    UNHEARD = "nobody finalised all of it"
    CUT = "only the rest of a spasm is in it"
    UNSURE = "nobody could tell"
    DIVIDED = "the raters are divided"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one recording's raters agreed on."""

    spasms: tuple[LabelledWindow, ...]  # with the onset of one, or perhaps so; in order of time
    others: tuple[LabelledWindow, ...]  # without; all that the stride gives, in order of time
    divided: int  # windows of the stride left out because raters are


def agree(labels: Labels, video: Iterable[Interval], *, rules: SnapshotRules, source: int) -> Agreed:
    """All windows of a recording that may train, before any draw among those without a spasm.

    A rater is heard on a window that lies wholly within time that they finalised. Where they marked nothing, or
    ``not_spasm`` or ``artefact``, they say that there is no spasm. Time that any rater called ``not_analysable`` or
    ``other_seizure`` is left out altogether. Consensus:

    - MAJORITY: what more than half of those heard say; ``unsure`` is a word of its own, and never a target.
    - ADJUDICATED: the adjudicator's word where they were heard; else what all say. ``unsure`` is left out.
    - SOFT: the mean of all, in which ``unsure`` counts 0.5.

    Args:
        labels: What stands of all raters' words.
        video: Time in which there is usable video.
        rules: Consensus, stride, and windows for each spasm.
        source: The recording's place in the snapshot.
    """
    panel = _Panel(labels, tuple(video), rules)
    windows: dict[int, LabelledWindow] = {}
    for spasm in panel.spasms:
        windows |= panel.around(spasm, source)
    others, divided = [], 0
    for first in panel.grid():
        target = panel.target(first)
        divided += target is Doubt.DIVIDED
        if target == 0:
            others.append(panel.window(first, 0.0, source))
    return Agreed(tuple(windows[first] for first in sorted(windows)), tuple(others), divided)


class _Panel:
    """The raters of one recording, asked about one window after another."""

    def __init__(self, labels: Labels, video: Sequence[Interval], rules: SnapshotRules) -> None:
        never = [each.interval for each in labels.annotations if each.label in _NEVER]
        self._rules = rules
        self._usable: dict[int, tuple[Interval, ...]] = {}
        for rater in labels.finalisers:
            finalised = labels.finalised_by(rater)
            self._usable[rater] = subtract(finalised, (*never, *subtract(finalised, video)))
        heard = [each for each in labels.annotations if each.rater.rater_id in self._usable]
        self._said = _by_place(each for each in heard if each.label not in _NEVER)
        kinds = (Label.SPASM, Label.UNSURE) if rules.consensus is Consensus.SOFT else (Label.SPASM,)
        self.spasms = tuple(map(agreed_onset, by_spasm(each for each in heard if each.label in kinds)))

    def grid(self) -> Iterator[int]:
        """First frames of the windows that the stride gives within time that somebody finalised."""
        firsts: set[int] = set()
        for time in self._usable.values():
            for interval in time:
                stride = self._rules.stride
                begin = math.ceil(interval.start / (FRAME_STEP * stride)) * stride
                firsts.update(range(begin, math.floor((interval.stop - WINDOW_SECONDS) / FRAME_STEP) + 1, stride))
        return iter(sorted(firsts))

    def around(self, onset: float, source: int) -> Mapping[int, LabelledWindow]:
        """Windows for one spasm, by their first frames: its onset lies at as many places in them as the rules ask."""
        shifts = self._rules.shifts
        earliest = max(0, math.floor((onset - _OPEN_SECONDS) / FRAME_STEP) + 1)
        targets = {first: self.target(first) for first in range(earliest, math.floor(onset / FRAME_STEP) + 1)}
        left = {first: target for first, target in targets.items() if not isinstance(target, Doubt) and target > 0}
        taken: dict[int, LabelledWindow] = {}
        for place in range(shifts):
            wanted = onset - (place + 0.5) / shifts * _OPEN_SECONDS
            if left:
                nearest = min(left, key=lambda first: (abs(first * FRAME_STEP - wanted), first))
                taken[nearest] = self.window(nearest, left.pop(nearest), source)
        return taken

    def target(self, first: int) -> float | Doubt:
        """What those heard agree on."""
        window = _interval(first)
        heard = self._heard(window)
        if not heard:
            return Doubt.UNHEARD
        said = self._over(window)
        verdicts = [_verdict(window, [each for each in said if each.rater.rater_id == rater]) for rater in heard]
        if any(verdict is Doubt.CUT for verdict in verdicts):
            return Doubt.CUT
        values = [verdict for verdict in verdicts if not isinstance(verdict, Doubt)]
        target = _agreed(values, self._rules.consensus)
        if self._rules.consensus is not Consensus.SOFT and target == 1 and not self._onsets(window, heard):
            return Doubt.DIVIDED  # each of them saw a spasm there, but not the same one
        return target

    def window(self, first: int, target: float, source: int) -> LabelledWindow:
        """A window with all that is known of it."""
        interval = _interval(first)
        heard = self._heard(interval)
        said = [each for each in self._over(interval) if each.rater.rater_id in heard]
        sides = {each.statement.semiology.side for each in said if _begins(each, interval)} - {None}
        return LabelledWindow(
            source,
            interval.start,
            target,
            self._onsets(interval, heard),
            sides.pop() if len(sides) == 1 else None,
            tuple(sorted(each.annotation_id for each in said)),
        )

    def _heard(self, window: Interval) -> tuple[int, ...]:
        voters = tuple(rater for rater, time in self._usable.items() if _covers(time, window))
        decides = self._rules.adjudicator if self._rules.consensus is Consensus.ADJUDICATED else None
        return (decides,) if decides in voters else voters

    def _over(self, window: Interval) -> list[Annotation]:
        near = (each for place in _places(window) for each in self._said.get(place, ()))
        return list({each.annotation_id: each for each in near if _touches(each.interval, window)}.values())

    def _onsets(self, window: Interval, heard: Sequence[int]) -> tuple[float, ...]:
        begun = (each for each in self._over(window) if each.rater.rater_id in heard and _begins(each, window))
        groups = by_spasm(each for each in begun if each.label is Label.SPASM)
        least = 1 if self._rules.consensus is Consensus.SOFT else len(heard) // 2 + 1
        return tuple(agreed_onset(group) for group in groups if len(group) >= least)


def _verdict(window: Interval, said: Sequence[Annotation]) -> float | Doubt:
    """What one rater says of a window."""
    spasms = [each for each in said if each.label is Label.SPASM]
    if spasms:
        return 1.0 if any(_begins(each, window) for each in spasms) else Doubt.CUT
    return _UNSURE if any(each.label is Label.UNSURE for each in said) else 0.0


def _agreed(values: Sequence[float], consensus: Consensus) -> float | Doubt:
    if consensus is Consensus.SOFT:
        return fmean(values)
    enough = len(values) if consensus is Consensus.ADJUDICATED else len(values) // 2 + 1
    for value in (0.0, 1.0):
        if values.count(value) >= enough:
            return value
    return Doubt.UNSURE if values.count(_UNSURE) == len(values) else Doubt.DIVIDED


def _interval(first: int) -> Interval:
    start = first * FRAME_STEP
    return Interval(start, start + WINDOW_SECONDS)


def _begins(annotation: Annotation, window: Interval) -> bool:
    return window.start <= annotation.interval.start < window.start + _OPEN_SECONDS


def _touches(interval: Interval, window: Interval) -> bool:
    """Whether some of it lies in the window; a statement about one instant counts as well."""
    return interval.start < window.stop and (interval.stop > window.start or interval.start >= window.start)


def _covers(time: Sequence[Interval], window: Interval) -> bool:
    place = bisect_right(time, window.start, key=lambda each: each.start) - 1
    return place >= 0 and window.stop <= time[place].stop


def _by_place(annotations: Iterable[Annotation]) -> Mapping[int, Sequence[Annotation]]:
    """Annotations by the stretches of a window's length that they touch."""
    found: dict[int, list[Annotation]] = {}
    for each in annotations:
        for place in _places(each.interval):
            found.setdefault(place, []).append(each)
    return found


def _places(interval: Interval) -> range:
    return range(int(interval.start // WINDOW_SECONDS), int(interval.stop // WINDOW_SECONDS) + 1)
