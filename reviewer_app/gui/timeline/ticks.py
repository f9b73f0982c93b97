"""Times in words and the marks of a time axis, by the wall clock or since the beginning."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QLocale

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval

STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)
"""Seconds between two marks of an axis."""

QUARTER = 900
"""Zones differ from UTC by whole quarters of an hour, so steps of that or more are looked for on quarters."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of a time axis."""

    time: float  # recording second
    text: str


def time_text(recording: Recording, time: float, *, clock: bool, tenths: bool = False) -> str:
    """A recording second in words, cut, not rounded, so that it never shows what is still to come."""
    time = int(max(0.0, time) * 10 + 1e-6) / 10
    if clock:
        moment = recording.clock(time)
        text, fraction = f"{moment:%H:%M:%S}", moment.microsecond // 100_000
    else:
        whole = int(time + 1e-9)
        text, fraction = _elapsed(whole), int((time - whole) * 10 + 1e-6)
    return f"{text}.{fraction}" if tenths else text


def ticks(recording: Recording, view: Interval, *, most: int, clock: bool) -> tuple[Tick, ...]:
    """Marks in a view, at round times.

    Args:
        recording: Whose clock it is.
        view: Recording seconds on show.
        most: So many texts fit beside each other.
        clock: By the wall clock; since the beginning otherwise.
    """
    step = next((each for each in STEPS if view.seconds / each <= most), None)
    if step is None:
        step = STEPS[-1] * (1 + int(view.seconds / STEPS[-1] / most))
    if clock:
        return tuple(_clock_ticks(recording, view, step))
    # In a clip of minutes "0:05" would be read as five seconds.
    return tuple(_elapsed_ticks(view, step, seconds=step < 60 or recording.seconds < 3600))


def _elapsed_ticks(view: Interval, step: float, *, seconds: bool) -> Iterator[Tick]:
    for number in range(int(-(-view.start // step)), int(view.stop // step) + 1):
        time = round(number * step, 3)
        text = _elapsed(int(time + 1e-9), seconds=seconds)
        yield Tick(time, f"{text}.{round(time * 10) % 10}" if step < 1 else text)


def _clock_ticks(recording: Recording, view: Interval, step: float) -> Iterator[Tick]:
    """Walks in UTC, so an hour that a night loses or gains is lost or gained on the axis, too."""
    stride = min(step, QUARTER) if step % QUARTER == 0 else min(step, 60)
    start = recording.start.astimezone(UTC)
    origin = start.replace(microsecond=0, second=0, minute=0)
    first, stop = ((start - origin).total_seconds() + edge for edge in (view.start, view.stop))
    before: datetime | None = None
    for number in range(int(-(-first // stride)), int(stop // stride) + 1):
        time = round(number * stride - (start - origin).total_seconds(), 6)
        local = recording.clock(time)
        seconds = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
        if min(seconds % step, step - seconds % step) < 1e-3 and _is_midnight_of(local, step):
            yield Tick(time, _clock_text(local, before, step))
            before = local


def _is_midnight_of(local: datetime, step: float) -> bool:
    """Whether a step of several days falls on this one."""
    return step <= STEPS[-1] or local.toordinal() % int(step / STEPS[-1]) == 0


def _clock_text(local: datetime, before: datetime | None, step: float) -> str:
    text = f"{local + timedelta(milliseconds=1):{'%H:%M:%S' if step < 60 else '%H:%M'}}"
    if step < 1:
        text += f".{round(local.microsecond / 1e5) % 10}"
    if before is None or before.date() != local.date():
        return f"{text} {QLocale().dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)}"
    if before.utcoffset() != local.utcoffset():
        return f"{text} {local.tzname()}"
    return text


def _elapsed(whole: int, *, seconds: bool = True) -> str:
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if seconds else f"{hours}:{minutes:02}"
