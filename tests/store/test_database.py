import random
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import OperationalError

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.store import recordings, traces
from reviewer_app.store.database import Database, failures, journal_mode
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from tests.store import examples
from tests.store.test_library import key_of


def fill(folder: Path, keys: KeyFile) -> bytes:
    """A library of one night with 640 windows; the bytes of its closed database."""
    with Library.open(folder, keys=keys) as library:
        trace_id = examples.begin(library)
        for first in range(0, 640, 64):
            traces.append(library, trace_id, examples.chunk(first, 64))
    return (folder / "library.db").read_bytes()


def read_all(folder: Path, keys: KeyFile) -> int:
    """Reads everything, lets no wrong value pass, and says how many windows there are."""
    with Library.open(folder, keys=keys) as library:
        assert recordings.load(library, 1) == examples.night()
        trace = traces.load(library, 1)
        stored = np.flatnonzero(trace.states == WindowState.SCORED)
        right = examples.chunk(0, 1000)
        for found, expected in (
            (trace.scores, right.scores),
            (trace.activity, right.activity),
            (trace.quality, right.quality),
        ):
            np.testing.assert_array_equal(found[stored], expected[stored])
        np.testing.assert_array_equal(traces.embeddings(library, 1, stored.tolist()), right.embeddings[stored])
        assert np.count_nonzero(trace.states) == len(stored)
        return len(stored)


def test_two_hundred_flipped_bits_are_refused_or_do_not_matter(folder: Path, keys: KeyFile) -> None:
    whole = fill(folder, keys)
    chance = random.Random(4)
    refusals = []
    for _ in range(200):
        place = chance.randrange(len(whole))
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        (folder / "library.db").write_bytes(flipped)
        try:
            assert read_all(folder, keys) == 640
        except StoreError as error:
            refusals.append(str(error))
    # What is not refused lies in pages that nothing asks for, such as empty tables and indices.
    assert len(refusals) > 100
    assert all(str(folder / "library.db") in text and "backups" in text for text in refusals)


def test_a_damaged_long_value_is_named_and_never_misread(folder: Path, keys: KeyFile) -> None:
    first = examples.segment("/nights/one.mp4", 0, 9000)
    spans = tuple(Interval(second, second + 0.5) for second in range(2000))
    holed = Recording((replace(first, readable=spans),), examples.night().start)
    with Library.open(folder, keys=keys) as library:
        recordings.add(library, holed)
    whole = (folder / "library.db").read_bytes()
    refused = 0
    for page in range(len(whole) // 4096):
        flipped = bytearray(whole)
        flipped[page * 4096 + 2000] ^= 1
        (folder / "library.db").write_bytes(flipped)
        try:
            with Library.open(folder, keys=keys) as library:
                assert recordings.load(library, 1) == holed
        except StoreError:
            refused += 1
    pages_of_the_spans = len(str(spans)) // 4096 // 4
    assert refused > pages_of_the_spans


def test_a_check_finds_a_flip_that_nothing_else_reads(folder: Path, keys: KeyFile) -> None:
    whole = bytearray(fill(folder, keys))
    for page in range(len(whole) // 4096):
        flipped = bytearray(whole)
        flipped[page * 4096 + 100] ^= 1
        (folder / "library.db").write_bytes(flipped)
        with pytest.raises(StoreError, match="damaged"):
            Database(folder / "library.db", key_of(folder, keys)).check()


def test_a_database_cut_short_is_refused(folder: Path, keys: KeyFile) -> None:
    whole = fill(folder, keys)
    for size in (0, 100, 4096, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        (folder / "library.db").write_bytes(whole[:size])
        with pytest.raises(StoreError, match=r"damaged|another program"):
            read_all(folder, keys)


def test_a_wrong_reference_is_found_by_the_check(library: Library, keys: KeyFile) -> None:
    database = Database(library.folder / "library.db", key_of(library.folder, keys))
    with closing(database.connect(mode="rw")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("INSERT INTO remarks VALUES (5, 0, 'of nothing')")
    with pytest.raises(StoreError, match="First finding: row 1 of remarks"):
        library.check()


def test_each_connection_waits_syncs_and_keeps_references(library: Library) -> None:
    with library.reading() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
        }
    full = 2
    assert told == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "trusted_schema": 0,
    }


def test_the_engine_in_use_is_one_whose_wal_is_safe() -> None:
    assert journal_mode(sqlcipher.sqlite_version_info) == "WAL"


def test_an_sqlite_older_than_the_wal_fix_keeps_a_rollback_journal(
    folder: Path, keys: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder, keys)  # in WAL mode
    monkeypatch.setattr(sqlcipher, "sqlite_version_info", (3, 51, 2))
    with Library.open(folder, keys=keys) as library:
        with library.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        traces.append(library, 1, examples.chunk(640, 64))
        assert not (folder / "library.db-wal").exists()
    assert read_all(folder, keys) == 704


def test_a_copy_holds_what_the_original_holds(folder: Path, keys: KeyFile, tmp_path: Path) -> None:
    fill(folder, keys)
    database = Database(folder / "library.db", key_of(folder, keys))
    copy = database.copy_to(tmp_path / "copy.db")
    copy.check()
    assert copy.census() == database.census()
    assert copy.facts() == database.facts()
    assert copy.census()["trace_chunks"] == 10


def test_a_census_counts_triggers(library: Library, keys: KeyFile) -> None:
    database = Database(library.folder / "library.db", key_of(library.folder, keys))
    with closing(database.connect(mode="rw")) as connection:
        connection.execute("CREATE TRIGGER watch AFTER INSERT ON remarks BEGIN SELECT 1; END")
    assert database.census()["trigger watch"] == 1


def test_a_journal_that_stays_open_is_never_left_behind_by_a_copy(
    folder: Path, keys: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder, keys)
    database = Database(folder / "library.db", key_of(folder, keys))
    memory = sqlcipher.connect(":memory:")  # cannot leave its own journal mode
    monkeypatch.setattr(Database, "connect", lambda self, mode: memory)
    with pytest.raises(StoreError, match="could not be closed"):
        database.fold_journal()


def failure(code: int) -> sqlcipher.Error:
    error = sqlcipher.OperationalError("told by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (sqlcipher.SQLITE_BUSY, "in use by another program"),
        (sqlcipher.SQLITE_CORRUPT, "is damaged"),
        (sqlcipher.SQLITE_FULL, "disk is full or failing"),
        (sqlcipher.SQLITE_IOERR | (3 << 8), "disk is full or failing"),
        (sqlcipher.SQLITE_READONLY, "check the rights"),
        (sqlcipher.SQLITE_ERROR, "failed: told by SQLite"),
    ],
)
@pytest.mark.parametrize("saving", [True, False])
def test_every_failure_becomes_a_sentence_that_says_whether_it_was_saved(
    code: int, sentence: str, saving: bool
) -> None:
    for raised in (failure(code), OperationalError("INSERT", {}, failure(code))):
        with pytest.raises(StoreError, match=sentence) as caught, failures(Path("/lab/library.db"), saving=saving):
            raise raised
        assert str(caught.value).startswith("NOT SAVED. ") is saving
        assert caught.value.__cause__ is raised
