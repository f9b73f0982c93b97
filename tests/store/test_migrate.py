import os
import shutil
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.store import ledger, queue, raters, recordings, snapshots, traces
from reviewer_app.store import migrate as migrating
from reviewer_app.store.database import Database
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library, Surroundings
from reviewer_app.store.migrate import REVISIONS, Revisions
from reviewer_app.store.schema import adaptations, promotions
from tests.store import examples, processes, saved, sayings

NEXT = '''
"""A revision that only tests know: a batch change of a table with children."""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{newest:04}"

def upgrade():
    with op.batch_alter_table("recordings", recreate="always") as batch:
        batch.add_column(sa.Column("site", sa.String, nullable=False, server_default="ward 3"))
{more}
'''

FORGETS = {
    "rows": '    op.execute("DELETE FROM trace_chunks WHERE first = 0")',
    "a table": '    op.drop_table("trace_skips")',
    "a trigger": '    op.execute("DROP TRIGGER watch")',
}


def revisions(folder: Path, *, more: str = "") -> Revisions:
    """This release's revisions and one more."""
    shutil.copytree(REVISIONS.folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "revision_9999.py").write_text(NEXT.format(newest=REVISIONS.newest, more=more))
    return Revisions(folder, 9999)


def opened(folder: Path, known: Revisions = REVISIONS, *, hold: bool = True) -> Library:
    return Library.open(folder, keys=saved.FixedKey(), hold=hold, surroundings=Surroundings(revisions=known))


def refuse_wrong_content(library: Library) -> None:
    """Passes only for what ``saved.fill`` wrote."""
    library.check()
    assert recordings.load(library, 1) == examples.night()
    half, whole = traces.summaries(library)
    assert (half.stored, whole.stored) == (50, 20)
    assert traces.skips(library, half.trace_id) == ((Interval(40, 45), "crash"),)
    np.testing.assert_array_equal(traces.load(library, whole.trace_id).scores, examples.chunk(0, 20).scores)


def refuse_wrong_words(library: Library) -> None:
    """Passes only for what ``saved.fill`` let raters say, from schema 2 on."""
    labels = Labels.of(ledger.load(library, 1))
    assert [(each.rater.name, each.statement) for each in labels.annotations if each.label is Label.SPASM] == [
        ("Anna", saved.SAID)
    ]
    assert {(each.rater.name, each.label) for each in labels.annotations} >= {("Ben", Label.NOT_SPASM)}
    assert labels.reviewed_by(1) == (Interval(0, 30),)
    assert [order.payload for order in queue.waiting(library)] == ['{"recording": 1}']


def refuse_wrong_lessons(library: Library) -> None:
    """Passes only for what ``saved.fill`` left of learning, from schema 3 on."""
    (kept,) = snapshots.all_snapshots(library)
    assert (kept.name, kept.snapshot) == ("first", saved.SNAPSHOT)
    with library.reading() as connection:
        for table, expected in ((promotions, saved.PROMOTION), (adaptations, saved.ADAPTATION)):
            (row,) = connection.execute(select(table)).mappings()
            assert dict(row) == {"id": 1, **expected}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library of this release, which is old for the revision that only tests know, with one more trigger on it."""
    folder = saved.put_down(saved.FOLDER / f"{REVISIONS.newest:04}.db", tmp_path / "library")
    with closing(Database(folder / "library.db", saved.KEY).connect(mode="rw")) as connection:
        connection.execute("CREATE TRIGGER watch AFTER DELETE ON trace_chunks BEGIN SELECT 1; END")
    return folder


@pytest.mark.parametrize("path", sorted(saved.FOLDER.glob("*.db")), ids=lambda path: path.stem)
def test_the_library_of_every_release_opens_in_this_one(path: Path, tmp_path: Path) -> None:
    with opened(saved.put_down(path, tmp_path / "library")) as library:
        refuse_wrong_content(library)
        if path.stem >= "0002":
            refuse_wrong_words(library)
        if path.stem >= "0003":
            refuse_wrong_lessons(library)


def test_a_library_of_schema_1_gets_the_ledger_with_the_triggers_of_a_new_one(tmp_path: Path, keys: KeyFile) -> None:
    folder = saved.put_down(saved.FOLDER / "0001.db", tmp_path / "old")
    before = Database(folder / "library.db", saved.KEY).census()
    with opened(folder) as library, Library.open(tmp_path / "new", keys=keys) as new:
        assert triggers(library) == triggers(new)
        assert len(triggers(library)) == 12
        sayings.told(library, 1, raters.add(library, "Anna"), sayings.made(saved.SAID))
        assert len(ledger.load(library, 1)) == 1
    after = Database(folder / "library.db", saved.KEY).census()
    assert {name: after[name] for name in before} == before


def triggers(library: Library) -> set[tuple[str, str]]:
    with library.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {(row.name, row.sql) for row in rows}


def test_the_saved_library_of_this_schema_is_like_a_new_one(tmp_path: Path, keys: KeyFile) -> None:
    folder = saved.put_down(saved.FOLDER / f"{REVISIONS.newest:04}.db", tmp_path / "saved")
    with opened(folder) as library, Library.open(tmp_path / "new", keys=keys) as new:
        assert schema(library) == schema(new)


def schema(library: Library) -> set[tuple[str, str]]:
    with library.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {(row.name, row.sql) for row in rows}


def test_an_old_library_is_brought_up_to_date_with_all_its_rows_and_a_verified_backup(
    old: Path, tmp_path: Path
) -> None:
    newer = revisions(tmp_path / "revisions")
    with opened(old, newer) as library:
        refuse_wrong_content(library)
        refuse_wrong_words(library)
        with library.reading() as connection:
            assert connection.exec_driver_sql("SELECT site FROM recordings").scalar() == "ward 3"
    database = Database(old / "library.db", saved.KEY)
    assert database.facts()[1] == 9999
    assert database.census()["trigger watch"] == 1
    (backup,) = (old / "backups").iterdir()
    assert Database(backup, saved.KEY).facts()[1] == REVISIONS.newest
    shutil.copy(backup, old / "library.db")
    with opened(old) as library:
        refuse_wrong_content(library)


@pytest.mark.parametrize("more", FORGETS.values(), ids=FORGETS)
def test_a_revision_that_forgets_something_leaves_the_old_library(old: Path, tmp_path: Path, more: str) -> None:
    with pytest.raises(StoreError, match=r"would be lost .*it is as it was"):
        opened(old, revisions(tmp_path / "revisions", more=more))
    with opened(old) as library:
        refuse_wrong_content(library)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ('    op.execute("NO SUCH STATEMENT")', 'NOT SAVED.*failed: near "NO"'),
        (
            '    from alembic.util import CommandError; raise CommandError("odd")',
            "could not be brought up to date: odd",
        ),
    ],
    ids=["SQL", "Alembic"],
)
def test_a_failing_revision_leaves_the_old_library(old: Path, tmp_path: Path, more: str, sentence: str) -> None:
    with pytest.raises(StoreError, match=sentence):
        opened(old, revisions(tmp_path / "revisions", more=more))
    with opened(old) as library:
        refuse_wrong_content(library)


def test_with_foreign_keys_on_a_batch_change_fails_rather_than_emptying_tables(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "ignore_references", lambda connection: None)
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        opened(old, revisions(tmp_path / "revisions"))
    with opened(old) as library:
        refuse_wrong_content(library)


def test_an_old_library_that_is_in_use_is_not_replaced_under_its_user(old: Path, tmp_path: Path) -> None:
    newer = revisions(tmp_path / "revisions")
    with opened(old, hold=False) as job:
        assert traces.summaries(job)
        with pytest.raises(StoreError, match="in use"):
            Library.open(old, keys=saved.FixedKey(), surroundings=Surroundings(revisions=newer, patience=0.2))
        refuse_wrong_content(job)


def test_a_job_does_not_bring_a_library_up_to_date(old: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="open it in the application"):
        opened(old, revisions(tmp_path / "revisions"), hold=False)


KILLING = """
import os, signal
from reviewer_app.store import backup, migrate as migrating
from reviewer_app.store.library import Surroundings
from reviewer_app.store.database import Database
from tests.store import saved

NEWER = Surroundings(revisions=migrating.Revisions(Path(sys.argv[3]), 9999))
STEPS = [(Database, name) for name in ("fold_journal", "copy_to", "check", "mark", "census")]
STEPS += [(migrating.command, "upgrade"), (migrating, "remove")]
STEPS += [(room, name) for room in (backup, migrating) for name in ("to_disk", "replace")]
passed = []

def deadly(real, name, last):
    def step(*arguments, **named):
        if len(passed) == last:
            os.write(1, (name + " ").encode())
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
        Library.open(folder, keys=saved.FixedKey(), surroundings=NEWER)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

last = 0
while killed_at(last):
    last += 1
    _, schema = Database(folder / "library.db", saved.KEY).facts()
    with Library.open(folder, keys=saved.FixedKey(), **({"surroundings": NEWER} if schema == 9999 else {})) as library:
        library.check()
        print(schema, *(each.stored for each in traces.summaries(library)), flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="forks and kills")
def test_a_migration_killed_at_any_step_leaves_a_library_that_opens_and_can_be_migrated(
    old: Path, tmp_path: Path
) -> None:
    newer = revisions(tmp_path / "revisions")
    told = processes.finish(processes.start(KILLING, old, "none", newer.folder)).splitlines()
    steps = [line.split()[0] for line in told]
    assert steps[0] == "fold_journal"
    assert steps[-1] == "replace"
    assert steps.count("replace") == 2  # the backup's and, at the very end, the library's
    assert {tuple(line.split()[1:]) for line in told} == {(str(REVISIONS.newest), "50", "20")}
    with opened(old, newer) as library:
        refuse_wrong_content(library)
    assert names(old) == ["library.db", "library.json", "library.lock"]
