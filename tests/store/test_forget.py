import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewer_app.errors import StoreError
from reviewer_app.store import ledger, recordings, traces
from reviewer_app.store.backup import backups
from reviewer_app.store.forget import forget, forgotten_recordings
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from reviewer_app.store.restore import restore
from tests.store import examples, saved, sayings


def test_all_of_one_recording_goes_and_nothing_of_another(library: Library) -> None:
    saved.fill(library)
    other = recordings.add(library, examples.night(mark="f"))
    trace = examples.begin(library, recording=examples.night(mark="f"))
    traces.append(library, trace, examples.chunk(0, 10))
    anna = ledger.load(library, 1)[0].rater
    kept = sayings.told(library, other, anna, sayings.made(sayings.statement(5)))
    head = ledger.head(library, 1)
    left = forget(library, 1, rater=anna)
    assert (left.recording_id, left.rater_id, left.annotations, left.entries, left.head) == (1, 1, 2, 5, head)
    assert abs((datetime.now(UTC) - left.forgotten_at).total_seconds()) < 60
    assert forgotten_recordings(library) == (left,)
    assert [each.recording_id for each in recordings.summaries(library)] == [other]
    assert [each.trace_id for each in traces.summaries(library)] == [trace]
    assert ledger.load(library, other) == (kept,)
    counts = library._database.census()
    assert {name: counts[name] for name in ("segments", "remarks", "eeg_files", "ledger", "trace_skips")} == {
        "segments": 2,
        "remarks": 2,
        "eeg_files": 1,
        "ledger": 1,
        "trace_skips": 0,
    }
    library.check()
    assert library.back_up_if_changed() is not None  # that its labels are gone is known


def test_the_files_stay_and_the_backup_before_brings_all_back(library: Library, keys: KeyFile, tmp_path: Path) -> None:
    (tmp_path / "one.mp4").write_bytes(b"video")
    number = recordings.add(library, examples.night(folder=str(tmp_path)))
    anna = sayings.begun(library, "Anna")[1][0]
    said = sayings.told(library, number, anna, sayings.made(sayings.statement(5)))
    forget(library, number, rater=None)
    assert (tmp_path / "one.mp4").read_bytes() == b"video"
    assert forgotten_recordings(library)[0].rater_id is None
    library.close()
    restore(library.folder, backups(library.folder / "backups")[0].path, keys=keys)
    with Library.open(library.folder, keys=keys) as again:
        assert ledger.load(again, number) == (said,)


def test_the_id_of_a_forgotten_recording_is_not_given_again(library: Library) -> None:
    number = recordings.add(library, examples.night())
    forget(library, number, rater=None)
    assert recordings.add(library, examples.night()) > number


def test_what_is_unknown_or_cannot_be_backed_up_is_not_forgotten(library: Library) -> None:
    with pytest.raises(StoreError, match="no recording 5"):
        forget(library, 5, rater=None)
    number = recordings.add(library, examples.night())
    shutil.rmtree(library.folder / "backups", ignore_errors=True)
    (library.folder / "backups").touch()
    with pytest.raises(StoreError, match="for backups cannot be made"):
        forget(library, number, rater=None)
    assert recordings.load(library, number) == examples.night()


def test_what_is_left_of_a_forgotten_recording_neither_changes_nor_goes(library: Library) -> None:
    forget(library, recordings.add(library, examples.night()), rater=None)
    for statement, sentence in (
        ("UPDATE forgotten SET annotations = 0", "never changes"),
        ("DELETE FROM forgotten", "stays so"),
        ("INSERT OR REPLACE INTO forgotten VALUES (1, '', NULL, 0, 0, '')", "not what the ledger holds"),
    ):
        with pytest.raises(StoreError, match=sentence), library.atomic() as connection:
            connection.exec_driver_sql(statement)
