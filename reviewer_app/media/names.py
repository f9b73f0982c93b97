"""Dates that recorders, phones and EEG systems write into file names."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

EARLIEST_YEAR = 1990
"""Nothing that this program reads was filmed before; smaller years are clocks that were never set."""

_MONTHS = {
    **{"JAN": 1, "FEB": 2, "MAR": 3, "APR": 4, "MAY": 5, "JUN": 6},
    **{"JUL": 7, "AUG": 8, "SEP": 9, "OCT": 10, "NOV": 11, "DEC": 12},
    **{"MÄR": 3, "MAE": 3, "MRZ": 3, "MAI": 5, "OKT": 10, "DEZ": 12},  # German recorders
}

# EDF+ standard texts and recommendations: <patient>_DD-MMM-YYYY_HHhMMmSS.XXXXs_Video.ext
_EDF = re.compile(
    r"(?P<patient>.+?)_(?P<day>\d{1,2})-(?P<month>[^\W\d_]{3})-(?P<year>\d{4})"
    r"_(?P<hour>\d\d)h(?P<minute>\d\d)m(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,6}))?s(?:_.*)?"
)

_TIME = (
    r"(?:[-_., T]{0,3}(?:at|um)? ?(?P<hour>\d{1,2})[-_.:h ]?(?P<minute>\d\d)[-_.:m ]?(?P<second>\d\d)"
    r"(?:[.,]?(?P<fraction>\d{3,6}))?(?: ?(?P<half>[ap])\.?m\b)?(?!\d))?"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)([-_. ]?)(?P<month>\d\d)\2(?P<day>\d\d)" + _TIME, re.IGNORECASE
)
_DAY_FIRST = re.compile(r"(?<!\d)(?P<day>\d\d)([-_.])(?P<month>\d\d)\2(?P<year>(?:19|20)\d\d)" + _TIME, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameDate:
    """What a file's name says of when it was recorded."""

    moment: datetime  # local and without zone, unless the naming rule says UTC
    has_time: bool = True  # False where the name holds only a day
    resolution: float = 1.0  # seconds
    patient: str = ""  # pseudonymous id, where the naming rule has a place for it
    states_start: bool = False  # the naming rule says that this is when the recording began


def read_name(stem: str) -> NameDate | None:
    """The date in a file name without its suffix; None where there is none that makes sense."""
    stem = unicodedata.normalize("NFC", stem)
    edf = _EDF.fullmatch(stem)
    if edf is not None:
        month = _MONTHS.get(edf["month"].upper())
        date = _date(edf, month) if month else None
        if date is not None:
            return NameDate(date, True, _resolution(edf), edf["patient"], states_start=True)
    for match in (*_YEAR_FIRST.finditer(stem), *_DAY_FIRST.finditer(stem)):
        # 04-03-2026 is April in one country and March in another; 14-03-2026 and 04.03.2026 are March everywhere.
        if match.re is _DAY_FIRST and match[2] != "." and int(match["day"]) <= 12:
            continue
        date = _date(match, int(match["month"]))
        if date is not None:
            # Pixel phones name their files in UTC.
            date = date.replace(tzinfo=UTC) if stem.startswith("PXL_") and match["hour"] else date
            return NameDate(date, match["hour"] is not None, _resolution(match))
    return None


def _date(match: re.Match[str], month: int) -> datetime | None:
    hour = int(match["hour"] or 0)
    half = match.groupdict().get("half")
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    micro = int((match["fraction"] or "").ljust(6, "0"))
    try:
        date = datetime(
            int(match["year"]),
            month,
            int(match["day"]),
            hour,
            int(match["minute"] or 0),
            int(match["second"] or 0),
            micro,
        )
    except ValueError:  # digits that only look like a date
        return None
    return date if date.year >= EARLIEST_YEAR else None


def _resolution(match: re.Match[str]) -> float:
    return float(10 ** -len(match["fraction"] or ""))


def natural_key(name: str) -> tuple[tuple[int, str], ...]:
    """Sorts names as people count: part2 before part10."""
    parts = re.split(r"(\d+)", unicodedata.normalize("NFC", name).casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
