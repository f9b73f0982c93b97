"""The computer's own time zone, with its changes to and from summer time."""

from datetime import UTC, datetime, timedelta, tzinfo


class SystemZone(tzinfo):
    """The zone that the computer is set to, asked afresh for every moment.

    ``datetime.astimezone()`` alone would freeze the difference to UTC that held at one moment, and a night with 23 or
    25 hours would end an hour off.
    """

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """The difference to UTC at a local moment; ``fold`` tells the two apart that a clock shows twice."""
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, _: datetime | None) -> timedelta | None:
        """Unknown: systems tell the whole difference to UTC, not which part of it is summer time."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """What the system calls the zone at a local moment, such as CET or CEST."""
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        """The local moment for one whose numbers are UTC; the second of two equal clock readings has ``fold`` 1."""
        system = moment.replace(tzinfo=UTC).astimezone()
        local = system.replace(tzinfo=self, fold=0)
        return local if local.utcoffset() == system.utcoffset() else local.replace(fold=1)
