import os
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest

from reviewer_app.domain.backup import Backup
from reviewer_app.errors import StoreError
from reviewer_app.store import backup as backing
from reviewer_app.store import ledger, queue, raters, recordings, traces
from reviewer_app.store.backup import back_up, backups, newest_backup
from reviewer_app.store.database import Database
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from tests.store import examples, processes, saved, sayings


@pytest.fixture
def filled(library: Library) -> Library:
    saved.fill(library)
    return library


def database(library: Library, path: Path) -> Database:
    return Database(path, library._database.key)


@pytest.fixture
def old(tmp_path: Path) -> Database:
    """The database of a library that nobody has open."""
    folder = saved.put_down(sorted(saved.FOLDER.glob("*.db"))[-1], tmp_path / "library")
    return Database(folder / "library.db", saved.KEY)


def test_a_backup_put_in_the_librarys_place_is_the_library_but_for_its_embeddings(
    filled: Library, keys: KeyFile, tmp_path: Path
) -> None:
    said = ledger.load(filled, 1)
    path = filled.back_up()
    copy = database(filled, path)
    assert copy.census() == filled._database.census()
    assert copy.facts() == filled._database.facts()
    place = tmp_path / "elsewhere"
    place.mkdir()
    shutil.copy(path, place / "library.db")
    shutil.copy(filled.folder / "library.json", place)
    with Library.open(place, keys=keys) as again:
        again.check()
        assert ledger.load(again, 1) == said
        assert recordings.load(again, 1) == recordings.load(filled, 1)
        np.testing.assert_array_equal(traces.load(again, 1).scores, traces.load(filled, 1).scores)
        assert queue.waiting(again) == queue.waiting(filled)
        assert np.isnan(traces.embeddings(again, 1, [0, 39])).all()
        assert not np.isnan(traces.embeddings(filled, 1, [0, 39])).any()
        # It goes on where it was: chains, triggers, ids that were given already.
        sayings.told(again, 1, raters.all_raters(again)[0], sayings.made(sayings.statement(99)))
        traces.append(again, 1, examples.chunk(40, 5))
        with pytest.raises(StoreError, match="never changes"), again.atomic() as connection:
            connection.exec_driver_sql("UPDATE ledger SET made_at = ''")


def test_a_backup_made_while_somebody_reads_an_older_state_is_not_taken_for_all_there_is(filled: Library) -> None:
    anna = raters.all_raters(filled)[0]
    with closing(database(filled, filled.folder / "library.db").connect(mode="ro")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM ledger").fetchone()
        sayings.told(filled, 1, anna, sayings.made(sayings.statement(77)))
        filled.back_up()
        assert filled.back_up_if_changed() is not None, "what lies in the journal cannot be told from what came later"
    assert filled.back_up_if_changed() is not None
    assert filled.back_up_if_changed() is None


def test_an_id_that_was_given_once_is_not_given_again_after_a_backup_took_over(filled: Library, tmp_path: Path) -> None:
    number = traces.summaries(filled)[-1].trace_id
    traces.delete(filled, number)
    shutil.copy(filled.back_up(), tmp_path / "copy.db")
    with closing(database(filled, tmp_path / "copy.db").connect(mode="ro")) as connection:
        rows = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    assert rows["traces"] == number


def test_a_library_that_did_not_change_is_backed_up_once(filled: Library, keys: KeyFile) -> None:
    assert filled.back_up_if_changed() is not None
    assert filled.back_up_if_changed() is None
    raters.rename(filled, 1, "Dr. A.")
    assert filled.back_up_if_changed() is not None
    assert filled.back_up_if_changed() is None
    filled.close()
    with Library.open(filled.folder, keys=keys) as again:
        ledger.load(again, 1)
        assert again.back_up_if_changed() is None
        queue.put(again, "scan", "{}")
    with Library.open(filled.folder, keys=keys) as again:
        assert again.back_up_if_changed() is not None
    assert len(backups(filled.folder / "backups")) == 3


def test_a_backup_is_made_while_others_write_and_shows_one_moment(filled: Library, keys: KeyFile) -> None:
    ended, (anna, _) = Event(), raters.all_raters(filled)

    def write() -> None:
        with Library.open(filled.folder, keys=keys, hold=False) as job:
            trace_id = examples.begin(job, windows=1_000_000, bundle="e")
            first = 0
            while not ended.is_set():
                traces.append(job, trace_id, examples.chunk(first, 64))
                sayings.told(job, 1, anna, sayings.made(sayings.statement(first)))
                first += 64

    writer = Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            filled.back_up()
    finally:
        ended.set()
        writer.join()
    counts = [len(_actions(filled, each)) for each in reversed(backups(filled.folder / "backups"))]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def _actions(library: Library, backup: Backup) -> list[object]:
    with closing(database(library, backup.path).connect(mode="ro")) as connection:
        return list(connection.execute("SELECT DISTINCT action FROM ledger"))


def test_backups_are_listed_newest_first_and_other_files_are_left_alone(filled: Library) -> None:
    folder = filled.folder / "backups"
    assert backups(folder) == ()
    assert newest_backup(folder) is None
    first, second = filled.back_up(), filled.back_up()
    killed = folder / "library-20260101T000000000000Z.partial"
    killed.touch()
    os.utime(killed, (0, 0))
    writing = folder / "library-20260101T000000000001Z.partial"
    writing.touch()
    (folder / "library-mine.db").touch()
    third = filled.back_up()
    assert [each.path for each in backups(folder)] == [third, second, first]
    assert backups(folder)[0].size == third.stat().st_size
    assert {path.name for path in folder.iterdir()} == {
        *(first.name, second.name, third.name),
        *("library-mine.db", writing.name),
    }


def test_a_backup_made_with_the_clock_set_back_is_the_newest_all_the_same(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = filled.back_up()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Clock":
            return cls(1999, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(backing, "datetime", Clock)
    second = filled.back_up()
    assert [each.path for each in backups(filled.folder / "backups")] == [second, first]


def test_backups_that_have_served_are_deleted(filled: Library) -> None:
    folder = filled.folder / "backups"
    folder.mkdir()
    for minute in range(10):
        (folder / f"library-20260101T00{minute:02}00000000Z.db").touch()
    newest = filled.back_up()
    # The newest eight, of which one also stands for that day, week and month.
    assert [path.name[8:23] for path in sorted(folder.iterdir())][:2] == ["20260101T000300", "20260101T000400"]
    assert len(list(folder.iterdir())) == 8
    assert newest.exists()


def test_labels_that_are_missing_since_the_last_backup_are_told_and_nothing_is_deleted(filled: Library) -> None:
    before = filled.back_up()
    with closing(filled._database.connect(mode="rw")) as connection:
        connection.execute("DROP TRIGGER ledger_never_shrinks")
        connection.execute("DELETE FROM ledger WHERE sequence = (SELECT max(sequence) FROM ledger)")
    with pytest.raises(StoreError, match=rf"labels of recording 1 that the backup {before} holds are missing"):
        filled.back_up_if_changed()
    assert len(backups(filled.folder / "backups")) == 2
    assert before.exists()


def test_a_ledger_that_another_program_changed_gets_no_backup(filled: Library) -> None:
    with closing(filled._database.connect(mode="rw")) as connection:
        connection.execute("DROP TRIGGER ledger_never_changes")
        connection.execute("UPDATE ledger SET made_at = '1999' WHERE sequence = 2")
    with pytest.raises(StoreError, match="entry 2 of its ledger is not what was saved"):
        filled.back_up()
    assert list((filled.folder / "backups").iterdir()) == []


def test_a_backup_that_differs_from_the_library_is_refused(old: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "facts", lambda self: (0, len(self.path.name)))
    with pytest.raises(StoreError, match="does not hold what the library holds"):
        back_up(old, old.path.parent / "backups")
    assert list((old.path.parent / "backups").iterdir()) == []


@pytest.mark.parametrize("complete", [True, False])
def test_a_backup_of_a_damaged_library_is_refused(old: Database, complete: bool) -> None:
    page = 4096
    pages = old.path.stat().st_size // page
    sentences = []
    for i in range(pages):
        whole = bytearray(old.path.read_bytes())
        whole[i * page + 100] ^= 1
        old.path.write_bytes(whole)
        try:
            copy = back_up(old, old.path.parent / "backups", complete=complete)
        except StoreError as error:
            sentences.append(str(error))
        else:
            # Pages that were not asked for: those of embeddings, and of indices, which a copy makes anew.
            assert not complete
            assert Database(copy, old.key).census()["ledger"] == 5
        whole[i * page + 100] ^= 1
        old.path.write_bytes(whole)
    assert all("damaged" in sentence for sentence in sentences)
    assert len(sentences) == pages if complete else len(sentences) >= pages // 2


def test_a_backup_folder_that_cannot_be_made_is_named(old: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="for backups cannot be made"):
        back_up(old, tmp_path / "file" / "backups")


FULL_DISK = """
import resource, signal
from tests.store import saved
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Library.open(folder, keys=keys) as library:
    saved.fill(library)
    library._database.shorten_journal()
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
    try:
        library.back_up()
    except StoreError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(len(list((folder / "backups").iterdir())), library.back_up().exists())
"""


@pytest.mark.skipif(os.name != "posix", reason="limits")
def test_a_backup_that_finds_no_room_says_so_and_leaves_nothing_behind(folder: Path, keys: KeyFile) -> None:
    sentence, after = processes.finish(processes.start(FULL_DISK, folder, keys.path)).splitlines()
    assert "The disk is full or failing" in sentence
    assert after == "0 True"
