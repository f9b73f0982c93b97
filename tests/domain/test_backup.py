import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reviewer_app.domain.backup import Backup, thinned


def test_a_year_of_backups_leaves_days_weeks_and_months() -> None:
    newest = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    known = [Backup(Path(str(i)), newest - timedelta(minutes=30 * i), 1) for i in range(48 * 500)]
    random.Random(3).shuffle(known)
    gone = set(thinned(known))
    kept = sorted((each.made_at for each in known if each not in gone), reverse=True)
    assert kept[:8] == [newest - timedelta(minutes=30 * i) for i in range(8)]
    assert len(kept) <= 8 + 12 + 10 + 12
    days = [(newest - timedelta(days=i)).date() for i in range(12)]
    assert [time.date() for time in kept[7:19]] == days
    assert {time.hour for time in kept[8:19]} == {23}
    sundays = [newest.date() - timedelta(days=6 + 7 * i) for i in range(9)]
    assert set(sundays) <= {time.date() for time in kept}
    assert {(2026, 10), (2026, 1), (2025, 12)} <= {(time.year, time.month) for time in kept}
    assert (2025, 11) not in {(time.year, time.month) for time in kept}
    # Thinned again, nothing more goes; thinned each time anew, as many are left as if it had been done once.
    assert thinned([each for each in known if each not in gone]) == ()


def test_thinning_after_each_backup_never_leaves_less_than_a_backup_a_month() -> None:
    newest = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    known: list[Backup] = []
    for i in reversed(range(800)):
        known.append(Backup(Path(str(i)), newest - timedelta(hours=12 * i), 1))
        known = [each for each in known if each not in set(thinned(known))]
    assert len({(each.made_at.year, each.made_at.month) for each in known}) == 12
    assert len({each.made_at.date() for each in known if newest - each.made_at < timedelta(days=12)}) == 12
