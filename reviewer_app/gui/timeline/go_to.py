"""What a person types to go somewhere: ``02:14:07``, ``2:14 pm``, ``02:14 Sun``, ``+90``, ``3600s``, ``1h20m``."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer_app.domain.recording import Recording
from reviewer_app.errors import RequestError
from reviewer_app.gui.timeline.ticks import time_text

UNITS: Final[Mapping[str, float]] = {"d": 86_400, "h": 3600, "m": 60, "min": 60, "s": 1, "sec": 1}

HERE: Final = 0.5
"""Seconds within which the playhead stands at a moment already; asked again, the next such moment is meant."""

_WITH_UNITS = re.compile(r"(?:\d+(?:\.\d+)?\s*(?:d|h|min|m|sec|s)\s*)+")
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(d|h|min|m|sec|s)")
_COLONS = re.compile(r"(\d+):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}(?:\.\d+)?))?\s*([ap]\.?m\.?)?")
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{2})?")
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?P<y>\d{4})?"),
)


def parse(text: str, recording: Recording, *, clock: bool, position: float) -> float:
    """The recording second that is meant.

    A time of day that comes several times is the one nearest to the playhead, or, where the playhead stands there
    already, the next one.

    Args:
        text: As it was typed.
        recording: Where to go in.
        clock: Whether ``2:14`` is a time of day; otherwise it is time since the beginning.
        position: Where the playhead stands.

    Raises:
        RequestError: It is not a moment of this recording; says why.
    """
    typed = " ".join(text.lower().replace("−", "-").replace("–", "-").replace(",", ".").split())
    if typed[:1] in ("+", "-"):
        shift = _seconds(typed[1:].strip(), recording, text)
        return min(max(position + (shift if typed[0] == "+" else -shift), 0.0), recording.seconds)
    if _WITH_UNITS.fullmatch(typed):
        return _inside(_united(typed), recording)
    day, rest = _day(typed, recording)
    if clock or day is not None or rest.endswith("m"):
        moment = _time_of_day(rest)
        if moment is not None:
            return _nearest(moment, day, recording, position)
    elif typed:
        return _inside(_seconds(typed, recording, text), recording)
    raise RequestError(_not_understood(text, clock=clock))


# Time since the beginning.


def _seconds(typed: str, recording: Recording, text: str) -> float:
    """A length of time: with units, with colons, or plain seconds."""
    if _WITH_UNITS.fullmatch(typed):
        return _united(typed)
    if re.fullmatch(r"\d+(?:\.\d+)?", typed):
        return float(typed)
    match = _COLONS.fullmatch(typed)
    if match is None or int(match[2]) > 59 or float(match[3] or 0) >= 60:
        raise RequestError(_not_understood(text, clock=False))
    if match[3] is not None:
        return int(match[1]) * 3600.0 + int(match[2]) * 60 + float(match[3])
    # As everywhere with films: in a clip of a few minutes "2:14" can only be minutes and seconds.
    larger = 3600.0 if recording.seconds >= 3600 else 60.0
    return int(match[1]) * larger + int(match[2]) * larger / 60


def _united(typed: str) -> float:
    return sum(float(number) * UNITS[unit] for number, unit in _PART.findall(typed))


def _inside(seconds: float, recording: Recording) -> float:
    if seconds > recording.seconds:
        raise RequestError(
            QCoreApplication.translate("GoTo", "That is behind the end: this recording lasts {length}.").format(
                length=time_text(recording, recording.seconds, clock=False)
            )
        )
    return seconds


# Times of day.


def _time_of_day(typed: str) -> time | None:
    """None where it is none; a plain number is one only with am or pm, or as four or six digits."""
    packed = _PACKED.fullmatch(typed)
    match = _CLOCK.fullmatch(typed)
    if packed is not None:
        hour, minute, second, half = int(packed[1]), int(packed[2]), float(packed[3] or 0), ""
    elif match is not None and (match[2] or match[4]):
        hour, minute, second, half = int(match[1]), int(match[2] or 0), float(match[3] or 0), (match[4] or "")[:1]
    else:
        return None
    if half and hour == 0:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half == "a":  # 14:07 am is a slip, 14:07 pm is not
        return None
    if hour > 23 or minute > 59 or second >= 60:
        return None
    return time(hour, minute, int(second), int(second % 1 * 1_000_000 + 0.5))


def _day(typed: str, recording: Recording) -> tuple[date | None, str]:
    """A date or the name of a day before or behind the time, and the rest."""
    for pattern in _DATES:
        match = re.search(rf"(?:^|(?<=\s)){pattern.pattern}(?=\s|$)", typed)
        if match is not None:
            rest = (typed[: match.start()] + typed[match.end() :]).strip()
            return _date(match.groupdict(), recording), rest
    for day in _days(recording):
        for name in _names(day):
            for pattern_text in (rf"^{re.escape(name)}\.?\s+", rf"\s+{re.escape(name)}\.?$"):
                rest, count = re.subn(pattern_text, "", typed)
                if count:
                    return day, rest
    return None, typed


def _date(parts: Mapping[str, str | None], recording: Recording) -> date:
    year, month, day = (int(parts[each] or 0) for each in "ymd")
    for candidate in _days(recording):
        if (candidate.month, candidate.day) == (month, day) and year in (0, candidate.year):
            return candidate
    raise RequestError(_outside(recording))


def _names(day: date) -> Iterator[str]:
    """What a day of the week is called here and in English."""
    for locale in (QLocale(), QLocale.c()):
        for length in (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat):
            yield locale.dayName(day.isoweekday(), length).lower().rstrip(".")


def _days(recording: Recording) -> Iterator[date]:
    day, last = recording.clock(0).date(), recording.clock(recording.seconds).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _nearest(moment: time, day: date | None, recording: Recording, position: float) -> float:
    days = tuple(_days(recording)) if day is None else (day,)
    found = sorted({second for each in days for second in _occurrences(each, moment, recording)})
    inside = [second for second in found if -1e-6 <= second <= recording.seconds]
    if not inside:
        if any(_is_skipped(each, moment, recording) for each in days):
            raise RequestError(
                QCoreApplication.translate(
                    "GoTo", "{time} did not exist that day: the clocks were put forward."
                ).format(time=f"{moment:%H:%M}")
            )
        raise RequestError(_outside(recording))
    nearest = min(inside, key=lambda second: abs(second - position))
    if abs(nearest - position) < HERE:
        nearest = inside[(inside.index(nearest) + 1) % len(inside)]
    return max(0.0, nearest)


def _occurrences(day: date, moment: time, recording: Recording) -> Iterator[float]:
    """Twice where summer time ends, never where it begins, once otherwise."""
    for fold in (0, 1):
        second = _second(day, moment, recording, fold=fold)
        local = recording.clock(second)
        if (local.hour, local.minute) == (moment.hour, moment.minute):
            yield second


def _is_skipped(day: date, moment: time, recording: Recording) -> bool:
    """Whether summer time began over it, within the recording."""
    there = 0 <= _second(day, moment, recording, fold=0) <= recording.seconds
    return there and not any(_occurrences(day, moment, recording))


def _second(day: date, moment: time, recording: Recording, *, fold: int) -> float:
    local = datetime.combine(day, moment, recording.start.tzinfo).replace(fold=fold)
    return (local.astimezone(UTC) - recording.start.astimezone(UTC)).total_seconds()


# Sentences.


def _outside(recording: Recording) -> str:
    first, last = recording.clock(0), recording.clock(recording.seconds)
    locale = QLocale()
    return QCoreApplication.translate(
        "GoTo", "That time is not in this recording: it goes from {first} to {last}."
    ).format(
        first=f"{first:%H:%M} {locale.dayName(first.isoweekday(), QLocale.FormatType.ShortFormat)}",
        last=f"{last:%H:%M} {locale.dayName(last.isoweekday(), QLocale.FormatType.ShortFormat)}",
    )


def _not_understood(text: str, *, clock: bool) -> str:
    if not text.strip():
        return QCoreApplication.translate("GoTo", "Type a time, such as 02:14:07, +90 or 1h20m.")
    if clock:
        return QCoreApplication.translate(
            "GoTo", "“{text}” is not a time. Write 02:14:07, 2:14 pm, +90 for 90 seconds on, or 1h20m after the start."
        ).format(text=text.strip())
    return QCoreApplication.translate(
        "GoTo", "“{text}” is not a time. Write 1:20:00, 3600s, 1h20m, or +90 for 90 seconds on."
    ).format(text=text.strip())
