"""When things happened by the local clock: spasms gather at certain hours, and so may false alarms."""

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.evaluation.scoring import match_onsets
from reviewer_app.evaluation.study import Study, StudyRecording

HOURS = 24


@dataclass(frozen=True, slots=True)
class ByTheClock:
    """What fell into each of the 24 hours of the local clock, all days and patients together."""

    found: tuple[int, ...]  # spasms of the reference
    missed: tuple[int, ...]  # spasms of the reference
    false_alarms: tuple[int, ...]
    hours: tuple[float, ...]  # analysable


def by_the_clock(study: Study) -> ByTheClock:
    """Counts a study's analysable time by the clock of each recording."""
    found, missed, false_alarms, seconds = [0] * HOURS, [0] * HOURS, [0] * HOURS, [0.0] * HOURS
    for each in study.recordings:
        matched = _matched(each, study.rules.scoring.tolerance)
        for place, spasm in enumerate(each.spasms):
            if _counts(each, spasm.start):
                (found if place in matched[0] else missed)[each.recording.clock(spasm.start).hour] += 1
        for place, event in enumerate(each.events):
            if place not in matched[1] and _counts(each, event.peak):
                false_alarms[each.recording.clock(event.peak).hour] += 1
        for span in each.analysable:
            for hour, length in _hours(each.recording, span):
                seconds[hour] += length
    hours = tuple(each / 3600 for each in seconds)
    return ByTheClock(tuple(found), tuple(missed), tuple(false_alarms), hours)


def _matched(each: StudyRecording, tolerance: float) -> tuple[set[int], set[int]]:
    pairs = match_onsets([s.start for s in each.spasms], [e.peak for e in each.events], tolerance=tolerance)
    return {spasm for spasm, _ in pairs}, {event for _, event in pairs}


def _counts(each: StudyRecording, time: float) -> bool:
    return any(span.contains(time) for span in each.analysable)


def _hours(recording: Recording, span: Interval) -> Iterator[tuple[int, float]]:
    """The span cut where the clock's hour changes: the hour of each part, and its seconds."""
    time = span.start
    while time < span.stop:
        local = recording.clock(time)
        left = 3600 - (local.minute * 60 + local.second + local.microsecond / 1e6)
        stop = min(span.stop, time + max(left, 1e-3))
        yield local.hour, stop - time
        time = stop
