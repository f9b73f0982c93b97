"""When a file's first picture was taken: from inside the file, from its name, and which of the two to believe."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from reviewer_app.domain.recording import ClockSource
from reviewer_app.media.names import EARLIEST_YEAR, NameDate
from reviewer_app.media.zone import SystemZone

AGREEMENT = 3.0
"""Seconds by which two dates of one file may differ and still mean the same moment: one of them is often rounded."""

_TAGS = ("com.apple.quicktime.creationdate", "creation_time", "date")
"""Best first: Apple's own tag keeps the time zone, the common one is UTC or bare local time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the wall clock at a file's first picture."""

    moment: datetime  # without a zone where the source tells only what a clock on the wall showed
    source: ClockSource
    resolution: float = 1.0  # seconds
    remark: str = ""

    def at(self, zone: tzinfo, *, fold: int = 0) -> datetime:
        """The reading as a moment in UTC; ``fold`` 1 is the second of two equal readings of a 25-hour day."""
        local = self.moment.tzinfo is None
        return (self.moment.replace(tzinfo=zone, fold=fold) if local else self.moment).astimezone(UTC)

    def is_twofold(self, zone: tzinfo) -> bool:
        """Whether a clock on the wall showed this twice that day."""
        return self.moment.tzinfo is None and self.at(zone) < self.at(zone, fold=1)


def read_container(tags: Mapping[str, str]) -> Reading | None:
    """The date inside a file; None where there is none, or one that only a clock that was never set would show."""
    lower = {name.lower(): text for name, text in tags.items()}
    for tag in _TAGS:
        try:
            moment = datetime.fromisoformat(lower[tag].strip())
        except (KeyError, ValueError):
            continue
        # A day alone, as some cameras write into "date", is no time; years start at 1904 where nobody set them.
        if len(lower[tag].strip()) > 10 and _makes_sense(moment):
            return Reading(moment, ClockSource.CONTAINER, 1.0 if moment.microsecond == 0 else 0.001)
    return None


def _makes_sense(moment: datetime) -> bool:
    if not EARLIEST_YEAR <= moment.year <= 9000:
        return False
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware <= datetime.now(UTC) + timedelta(days=2)


def choose(file: str, name: NameDate | None, inside: Reading | None, *, seconds: float, zone: tzinfo) -> Reading | None:
    """The reading to believe, with a remark where name and content disagree; None where neither tells a time.

    Files are stamped anew when a phone finishes them, when a lab exports them and when somebody converts them, never
    before they are recorded. So the earlier of two dates is the recording's, and a naming rule that states the start
    counts above what is inside.
    """
    named = Reading(name.moment, ClockSource.FILE_NAME, name.resolution) if name and name.has_time else None
    if named is None or inside is None or name is None:
        return named or inside
    late = (inside.at(zone) - named.at(zone)).total_seconds()
    if abs(late) <= AGREEMENT or (named.is_twofold(zone) and abs(late - 3600) <= AGREEMENT):
        # A twofold reading is settled by the one inside, which knows its zone.
        return named if named.resolution < inside.resolution and not named.is_twofold(zone) else inside
    if abs(late - seconds) <= AGREEMENT:
        why = "the file was stamped when it ended"
    elif _same_wall(inside.moment, named.moment, seconds):
        why = "the file holds local time that is marked as UTC"
    elif late > 0 or name.states_start:
        why = "the file was probably stamped again when it was exported or converted"
    else:
        return Reading(inside.moment, inside.source, inside.resolution, _remark(file, "inside it", "it is the earlier"))
    return Reading(named.moment, named.source, named.resolution, _remark(file, "in its name", why))


def _same_wall(inside: datetime, named: datetime, seconds: float) -> bool:
    """Whether the moment inside is a local time that somebody called UTC; the file may be stamped at its end."""
    if inside.utcoffset():
        return False
    late = (inside.replace(tzinfo=None) - named.replace(tzinfo=None)).total_seconds()
    return min(abs(late), abs(late - seconds)) <= AGREEMENT


def _remark(file: str, where: str, why: str) -> str:
    return f"{file} carries two dates; the one {where} is taken: {why}."


def zone_of(moments: list[datetime]) -> tzinfo:
    """The zone that the files themselves tell, else the computer's.

    A file tells only the difference to UTC at one moment. Where the computer's own zone agrees with it, that one is
    taken, as it also knows when summer time ends.
    """
    system = SystemZone()
    for moment in moments:
        if (
            moment.tzinfo is not None
            and moment.utcoffset()
            and moment.utcoffset() != moment.astimezone(system).utcoffset()
        ):
            return moment.tzinfo
    return system
