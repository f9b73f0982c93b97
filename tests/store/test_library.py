import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from reviewer_app.errors import StoreError
from reviewer_app.store import recordings, traces
from reviewer_app.store.database import Database
from reviewer_app.store.keys import KeyFile, new_key, recovery_key
from reviewer_app.store.library import Library, Surroundings, recover
from reviewer_app.store.schema import SCHEMA, remarks, trace_chunks
from tests.store import examples, processes


def content(folder: Path) -> dict[str, bytes]:
    """Every byte of a library's folder, apart from who held it last."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != "library.lock"}


def key_of(folder: Path, keys: KeyFile) -> bytes:
    key = keys.get(json.loads((folder / "library.json").read_text())["library"])
    assert key is not None
    return key


@pytest.fixture
def closed(folder: Path, keys: KeyFile) -> Path:
    """A library that holds a night with 64 windows, closed."""
    with Library.open(folder, keys=keys) as library:
        traces.append(library, examples.begin(library), examples.chunk(0, 64))
    return folder


def test_a_closed_library_opens_again_with_all_that_it_held(closed: Path, keys: KeyFile) -> None:
    with Library.open(closed, keys=keys) as library:
        assert recordings.load(library, 1) == examples.night()
        assert traces.summary(library, 1).stored == 64
        library.check()


def test_a_closed_library_leaves_no_journal_behind(closed: Path) -> None:
    assert sorted(path.name for path in closed.iterdir()) == ["library.db", "library.json", "library.lock"]


def test_nothing_of_a_recording_can_be_read_in_the_files(folder: Path, keys: KeyFile) -> None:
    with Library.open(folder, keys=keys) as library:
        recordings.add(library, examples.night(patient="Anna Example"))
        written = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"Anna Example" not in written
    assert b"night.edf" not in written
    assert b"recordings" not in written


def test_an_error_inside_a_transaction_keeps_nothing_of_it(library: Library) -> None:
    number = recordings.add(library, examples.night())
    with pytest.raises(StoreError, match="UNIQUE"), library.atomic() as connection:
        connection.execute(insert(remarks), [{"recording": number, "position": at, "text": "half"} for at in (9, 9)])
    assert recordings.load(library, number) == examples.night()


def test_a_row_without_its_recording_is_not_saved(library: Library) -> None:
    with pytest.raises(StoreError, match=r"NOT SAVED.*FOREIGN KEY"), library.atomic() as connection:
        connection.execute(insert(remarks).values(recording=77, position=0, text="lost"))


def test_a_reader_sees_one_moment_while_another_writes(library: Library) -> None:
    trace_id = examples.begin(library)
    with library.reading() as connection:
        question = select(trace_chunks.c.first)
        assert connection.execute(question).all() == []
        traces.append(library, trace_id, examples.chunk(0, 64))
        assert connection.execute(question).all() == []
    assert traces.summary(library, trace_id).stored == 64


def test_a_library_locked_by_a_write_elsewhere_says_not_saved(closed: Path, keys: KeyFile) -> None:
    with (
        Library.open(closed, keys=keys, surroundings=Surroundings(patience=0.2)) as library,
        closing(Database(closed / "library.db", key_of(closed, keys)).connect(mode="rw")) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"NOT SAVED.*in use by another program"):
            traces.append(library, 1, examples.chunk(64, 64))
        assert traces.summary(library, 1).stored == 64
        other.execute("ROLLBACK")
        traces.append(library, 1, examples.chunk(64, 64))


def test_a_lost_key_says_how_to_give_the_recovery_key_which_then_works(
    closed: Path, keys: KeyFile, tmp_path: Path
) -> None:
    with Library.open(closed, keys=keys) as library:
        text = library.recovery_key
    keys.path.unlink()
    with pytest.raises(
        StoreError, match=r"recovery key, the 11 groups .*spasm-reviewer library recover --library '.*library'"
    ):
        Library.open(closed, keys=keys)
    recover(closed, text.lower(), keys=keys)
    with Library.open(closed, keys=keys) as library:
        assert traces.summary(library, 1).stored == 64


def test_a_copied_database_alone_opens_with_the_recovery_key(closed: Path, keys: KeyFile, tmp_path: Path) -> None:
    text = recovery_key(key_of(closed, keys))
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(closed / "library.db", other)
    with pytest.raises(StoreError, match=r"library\.json is missing.*recovery key"):
        Library.open(other, keys=keys)
    recover(other, text, keys=keys)
    with Library.open(other, keys=keys) as library:
        assert traces.summary(library, 1).stored == 64


def test_the_recovery_key_of_another_library_is_refused(closed: Path, keys: KeyFile) -> None:
    before = content(closed)
    with pytest.raises(StoreError, match="does not open"):
        recover(closed, recovery_key(new_key()), keys=keys)
    with pytest.raises(StoreError, match="mistyped"):
        recover(closed, "ABCDE", keys=keys)
    assert content(closed) == before
    Library.open(closed, keys=keys).close()


def test_there_is_nothing_to_recover_in_an_empty_folder(tmp_path: Path, keys: KeyFile) -> None:
    with pytest.raises(StoreError, match="no library"):
        recover(tmp_path, recovery_key(new_key()), keys=keys)


def test_a_key_store_that_forgets_is_noticed_before_anything_is_written(folder: Path) -> None:
    class Forgetful:
        def get(self, library_id: str) -> bytes | None:
            return None

        def put(self, library_id: str, key: bytes) -> None:
            pass

    with pytest.raises(StoreError, match="does not give it back"):
        Library.open(folder, keys=Forgetful())
    assert content(folder) == {}


def test_a_plain_database_of_another_program_is_refused_and_not_touched(folder: Path, keys: KeyFile) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "library.db")) as foreign:
        foreign.execute("CREATE TABLE patients (name)")
        foreign.commit()
    before = content(folder)
    with pytest.raises(StoreError, match="database of another program"):
        Library.open(folder, keys=keys)
    assert content(folder) == before


@pytest.mark.parametrize(
    ("pragma", "sentence"),
    [
        (f"user_version = {SCHEMA + 1}", "newer release.*update the application"),
        ("application_id = 7", "database of another program"),
    ],
    ids=["newer", "foreign"],
)
def test_a_newer_or_foreign_library_is_refused_and_not_touched(
    closed: Path, keys: KeyFile, pragma: str, sentence: str
) -> None:
    with closing(Database(closed / "library.db", key_of(closed, keys)).connect(mode="rw")) as connection:
        connection.execute(f"PRAGMA {pragma}")
    before = content(closed)
    for hold in (True, False):
        with pytest.raises(StoreError, match=sentence):
            Library.open(closed, keys=keys, hold=hold)
    assert {name: content(closed)[name] for name in before} == before


def test_the_key_of_another_programs_database_is_not_recovered(closed: Path, keys: KeyFile) -> None:
    key = key_of(closed, keys)
    with closing(Database(closed / "library.db", key).connect(mode="rw")) as connection:
        connection.execute("PRAGMA application_id = 7")
    with pytest.raises(StoreError, match="belongs to another program"):
        recover(closed, recovery_key(key), keys=keys)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"library": "../../x"}', "\x00\x01"])
def test_a_damaged_card_is_named(closed: Path, keys: KeyFile, card: str) -> None:
    (closed / "library.json").write_text(card)
    with pytest.raises(StoreError, match=r"library\.json is damaged"):
        Library.open(closed, keys=keys)


def test_a_card_that_is_a_folder_is_named(closed: Path, keys: KeyFile) -> None:
    (closed / "library.json").unlink()
    (closed / "library.json").mkdir()
    with pytest.raises(StoreError, match=r"library\.json is damaged"):
        Library.open(closed, keys=keys)


def test_a_vanished_database_is_never_replaced_by_an_empty_one(closed: Path, keys: KeyFile) -> None:
    (closed / "library.db").unlink()
    with pytest.raises(StoreError, match="is missing"):
        Library.open(closed, keys=keys)
    assert not (closed / "library.db").exists()


def test_a_job_makes_no_library_and_updates_none(folder: Path, keys: KeyFile) -> None:
    with pytest.raises(StoreError, match="no library"):
        Library.open(folder, keys=keys, hold=False)
    assert not folder.exists()


def test_a_library_on_a_network_share_is_refused_before_anything_is_written(folder: Path, keys: KeyFile) -> None:
    with pytest.raises(StoreError, match="network share"):
        Library.open(folder, keys=keys, surroundings=Surroundings(file_system=lambda path: "nfs4"))
    assert not folder.exists()


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path, keys: KeyFile) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        Library.open(tmp_path / "file" / "library", keys=keys)


def test_a_folder_that_may_not_be_entered_is_named(folder: Path, keys: KeyFile) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError

    with pytest.raises(StoreError, match="cannot be entered"):
        Library.open(folder, keys=keys, surroundings=Surroundings(file_system=refuse))


AS_NOBODY = """
import os
from reviewer_app.store.library import recover
if os.geteuid() == 0:
    os.seteuid(65534)
for act in (
    lambda: Library.open(folder, keys=keys),
    lambda: traces.append(Library.open(folder, keys=keys, hold=False), 1, examples.chunk(64, 64)),
    lambda: Library.open(folder.parent / "closed" / "library", keys=keys),
    lambda: recover(folder.parent / "closed", "", keys=keys),
):
    try:
        act()
    except StoreError as error:
        print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="POSIX rights")
def test_without_the_right_to_write_nothing_is_saved_and_it_says_so(closed: Path, keys: KeyFile) -> None:
    # Not below pytest's own folders, which nobody but their owner may enter.
    with tempfile.TemporaryDirectory() as there:
        folder, file = Path(there) / "library", Path(there) / "library.key"
        shutil.copytree(closed, folder)
        shutil.copy(keys.path, file)
        (Path(there) / "closed").mkdir(0o000)
        if os.geteuid() == 0:
            os.chown(file, 65534, -1)
        file.chmod(0o600)
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        Path(there).chmod(0o755)
        told = processes.finish(processes.start(AS_NOBODY, folder, file)).splitlines()
        folder.chmod(0o755)
    as_program, as_job, entering, recovering = told
    assert "library cannot be written" in as_program
    assert "cannot be opened or written" in as_job
    assert "cannot be entered" in entering
    assert "cannot be entered" in recovering


@pytest.mark.parametrize("left", [["library.db.new"], ["library.db.new", "library.json"]])
def test_a_start_that_was_killed_is_taken_up(closed: Path, keys: KeyFile, left: list[str]) -> None:
    (closed / "library.db").rename(closed / "library.db.new")
    if "library.json" not in left:
        (closed / "library.json").unlink()
    with Library.open(closed, keys=keys) as library:
        assert recordings.summaries(library) == ()
    assert sorted(path.name for path in closed.iterdir()) == ["library.db", "library.json", "library.lock"]


def test_a_card_that_cannot_be_written_is_named(closed: Path, keys: KeyFile) -> None:
    key = key_of(closed, keys)
    (closed / "library.json.new").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        recover(closed, recovery_key(key), keys=keys)


def put_aside(folder: Path, to: Path, *names: str) -> None:
    """Copies files of an open library; in a process of its own, because closing a file drops SQLite's locks on it."""
    code = "import shutil\nfor name in sys.argv[4:]: shutil.copy(folder / name, sys.argv[3])"
    processes.finish(processes.start(code, folder, "none", to, *names))


@pytest.mark.parametrize(("late", "right"), [(2, True), (24, False)], ids=["just the next", "some later"])
def test_a_restored_database_beside_a_stale_journal_is_refused_or_right(
    closed: Path, keys: KeyFile, tmp_path: Path, late: int, right: bool
) -> None:
    backup = tmp_path / "backup.db"
    shutil.copy(closed / "library.db", backup)
    with Library.open(closed, keys=keys) as library:
        trace_id = examples.begin(library, windows=200_000, bundle="d")
        for i in range(late):
            traces.append(library, trace_id, examples.chunk(i * 6400, 6400))
        put_aside(closed, tmp_path, "library.db-wal")
    shutil.copy(backup, closed / "library.db")
    shutil.copy(tmp_path / "library.db-wal", closed)
    before = content(closed)
    if right:
        with Library.open(closed, keys=keys) as library:
            library.check()
            assert traces.summary(library, 2).stored == late * 6400
    else:
        with pytest.raises(StoreError, match=r"damaged.*library restore"):
            Library.open(closed, keys=keys)
        assert {name: content(closed)[name] for name in before} == before
