import os
import shutil
from pathlib import Path

import pytest

from reviewer_app.domain.annotation import Action
from reviewer_app.errors import StoreError
from reviewer_app.store import ledger, raters, recordings
from reviewer_app.store import restore as restoring
from reviewer_app.store.backup import backups
from reviewer_app.store.database import Database
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library, Surroundings, key_of
from reviewer_app.store.lock import Hold
from reviewer_app.store.migrate import REVISIONS, Revisions
from reviewer_app.store.restore import restore
from tests.store import examples, processes, saved, sayings


@pytest.fixture
def said(folder: Path, keys: KeyFile) -> tuple[Action, Action]:
    """A closed library with a backup after the first of two actions."""
    with Library.open(folder, keys=keys) as library:
        number, (anna,) = sayings.begun(library, "Anna")
        first = sayings.told(library, number, anna, sayings.made(sayings.statement(10)))
        library.back_up()
        return first, sayings.told(library, number, anna, sayings.made(sayings.statement(20)))


def words(folder: Path, keys: KeyFile) -> tuple[Action, ...]:
    with Library.open(folder, keys=keys) as library:
        library.check()
        return ledger.load(library, 1)


def oldest(folder: Path) -> Path:
    return backups(folder / "backups")[-1].path


def test_a_restored_library_is_what_it_was_and_the_way_back_is_open(
    folder: Path, keys: KeyFile, said: tuple[Action, Action]
) -> None:
    aside = restore(folder, oldest(folder), keys=keys)
    assert words(folder, keys) == said[:1]
    # What was there is the second newest backup, and was set aside too.
    _, replaced, _ = backups(folder / "backups")
    assert Database((aside / "library.db"), key_of(folder, keys)).census()["ledger"] == 2
    restore(folder, replaced.path, keys=keys)
    assert words(folder, keys) == said


def test_after_a_restore_the_next_backup_complains_of_nothing(
    folder: Path, keys: KeyFile, said: tuple[Action, Action]
) -> None:
    restore(folder, oldest(folder), keys=keys)
    with Library.open(folder, keys=keys) as library:
        sayings.told(library, 1, raters.all_raters(library)[0], sayings.made(sayings.statement(30)))
        assert library.back_up_if_changed() is not None


def test_a_stale_journal_is_set_aside_together_with_its_database(
    folder: Path, keys: KeyFile, said: tuple[Action, Action], tmp_path: Path
) -> None:
    """The library of a killed program, whose database is damaged besides."""
    code = """
from tests.store import sayings
import os
library = Library.open(folder, keys=keys)
from reviewer_app.store import raters
sayings.told(library, 1, raters.all_raters(library)[0], sayings.made(sayings.statement(50)))
os._exit(0)
"""
    processes.finish(processes.start(code, folder, keys.path))
    assert (folder / "library.db-wal").stat().st_size > 0
    whole = bytearray((folder / "library.db").read_bytes())
    whole[len(whole) // 2] ^= 1
    (folder / "library.db").write_bytes(whole)
    before = {name: (folder / name).read_bytes() for name in ("library.db", "library.db-wal")}
    aside = restore(folder, oldest(folder), keys=keys)
    assert words(folder, keys) == said[:1]
    # The journal may have been read, and so folded, before the damage showed; then it is in the database set aside.
    assert {path.name for path in aside.iterdir()} >= {"library.db"}
    if (aside / "library.db-wal").exists():
        assert (aside / "library.db-wal").read_bytes() == before["library.db-wal"]


def test_a_database_that_is_gone_comes_back_from_a_backup(
    folder: Path, keys: KeyFile, said: tuple[Action, Action]
) -> None:
    (folder / "library.db").unlink()
    (folder / "library.db-wal").write_bytes(b"left")
    with pytest.raises(StoreError, match="is missing; restore a backup"):
        Library.open(folder, keys=keys)
    aside = restore(folder, oldest(folder), keys=keys)
    assert words(folder, keys) == said[:1]
    assert [path.name for path in aside.iterdir()] == ["library.db-wal"]


def test_a_backup_from_elsewhere_is_taken(
    folder: Path, keys: KeyFile, said: tuple[Action, Action], tmp_path: Path
) -> None:
    shutil.move(oldest(folder), tmp_path / "from a stick.db")
    shutil.rmtree(folder / "backups")
    restore(folder, tmp_path / "from a stick.db", keys=keys)
    assert words(folder, keys) == said[:1]


def test_the_backup_of_an_older_release_is_brought_up_to_date_when_the_library_opens(tmp_path: Path) -> None:
    folder = saved.put_down(saved.FOLDER / f"{REVISIONS.newest:04}.db", tmp_path / "library")
    restore(folder, saved.FOLDER / "0001.db", keys=saved.FixedKey())
    with Library.open(folder, keys=saved.FixedKey()) as library:
        assert recordings.load(library, 1) == examples.night()
        assert ledger.load(library, 1) == ()


def flipped(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)


def another_library(path: Path) -> None:
    shutil.copy(saved.FOLDER / "0001.db", path)


@pytest.mark.parametrize(
    ("spoil", "sentence"), [(flipped, "damaged"), (another_library, "damaged or has another key")], ids=["bit", "other"]
)
def test_a_backup_that_is_not_right_is_refused_and_the_library_stays(
    folder: Path, keys: KeyFile, said: tuple[Action, Action], spoil: object, sentence: str
) -> None:
    assert callable(spoil)
    spoil(oldest(folder))
    with pytest.raises(StoreError, match=sentence):
        restore(folder, oldest(folder), keys=keys)
    assert words(folder, keys) == said
    assert not (folder / "set-aside").exists()


def test_a_backup_of_a_newer_release_or_of_another_program_is_refused(
    folder: Path, keys: KeyFile, said: tuple[Action, Action]
) -> None:
    older = Surroundings(revisions=Revisions(REVISIONS.folder, 1))
    with pytest.raises(StoreError, match="newer release"):
        restore(folder, oldest(folder), keys=keys, surroundings=older)
    database = Database(oldest(folder), key_of(folder, keys))
    connection = database.connect(mode="rw")
    connection.execute("PRAGMA application_id = 7")
    connection.close()
    with pytest.raises(StoreError, match="not a backup of a library"):
        restore(folder, oldest(folder), keys=keys)
    assert words(folder, keys) == said


def test_a_library_in_use_is_not_replaced(folder: Path, keys: KeyFile, said: tuple[Action, Action]) -> None:
    with Library.open(folder, keys=keys), pytest.raises(StoreError, match="open in another program"):
        restore(folder, oldest(folder), keys=keys)
    with Library.open(folder, keys=keys, hold=False) as job:
        assert ledger.load(job, 1) == said
        with pytest.raises(StoreError, match="in use by another program"):
            restore(folder, oldest(folder), keys=keys, surroundings=Surroundings(patience=0.1))
        assert ledger.load(job, 1) == said
    Hold(folder / "library.lock").release()


def test_a_disk_without_room_is_named_and_the_library_stays(
    folder: Path, keys: KeyFile, said: tuple[Action, Action], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(StoreError, match="No space left"):
            restore(folder, oldest(folder), keys=keys)
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", full)
        patch.setattr(restoring, "to_disk", lambda path: full(path, path) if path.parent.name != "library" else None)
        with pytest.raises(StoreError, match="cannot be set aside: No space left"):
            restore(folder, oldest(folder), keys=keys)
    assert words(folder, keys) == said


def test_a_disk_without_links_gets_a_copy(
    folder: Path, keys: KeyFile, said: tuple[Action, Action], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    aside = restore(folder, oldest(folder), keys=keys)
    assert Database(aside / "library.db", key_of(folder, keys)).census()["ledger"] == 2
    assert words(folder, keys) == said[:1]


KILLING = """
import os, signal
from reviewer_app.store import backup, restore as restoring
from reviewer_app.store.database import Database

STEPS = [(Database, name) for name in ("fold_journal", "check", "facts")]
STEPS += [(restoring, name) for name in ("to_disk", "replace", "back_up", "sync_folder", "_set_aside", "_name_twice")]
oldest = Path(sys.argv[3])
passed = []

def deadly(real, name, last):
    def step(*arguments, **named):
        if len(passed) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        passed.append(name)
        return real(*arguments, **named)
    return step

def killed_at(last):
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        for owner, name in STEPS:
            setattr(owner, name, deadly(getattr(owner, name), name, last))
        restoring.restore(folder, oldest, keys=keys)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

from reviewer_app.store import ledger
last = 0
while killed_at(last):
    last += 1
    with Library.open(folder, keys=keys) as library:
        library.check()
        print(len(ledger.load(library, 1)), flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="forks and kills")
def test_a_restore_killed_at_any_step_leaves_the_library_as_it_was(
    folder: Path, keys: KeyFile, said: tuple[Action, Action], tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    shutil.copy(oldest(folder), backup)  # attempts make backups, and older ones are thinned
    told = processes.finish(processes.start(KILLING, folder, keys.path, backup)).split()
    assert len(told) > 10
    assert set(told) == {"2"}
    assert words(folder, keys) == said[:1]
