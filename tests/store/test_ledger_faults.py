"""What kills, power cuts, full disks, flipped bits, locks and a second window leave of what raters said."""

import os
import random
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reviewer_app.domain.annotation import Action, Label, Statement
from reviewer_app.domain.ledger import History, Labels, reversal
from reviewer_app.errors import StoreError
from reviewer_app.store import ledger, raters
from reviewer_app.store.database import PATIENCE
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library, Surroundings
from tests.store import processes, saved, sayings

posix = pytest.mark.skipif(os.name != "posix", reason="forks, kills and limits")

KILLS = """
import os, random, signal, time
from reviewer_app.domain.ledger import History, Labels, reversal
from reviewer_app.store import ledger, raters
from tests.store import sayings

chance = random.Random(5)
with Library.open(folder, keys=keys) as library:
    number, (anna, ben) = sayings.begun(library, "Anna", "Ben")

def next_action(actions):
    # Mostly verdicts, some with spans, now and then many at once or an undo: whatever a keystroke may be.
    rater = chance.choice((anna, ben))
    history = History.of(actions, rater.rater_id)
    if chance.random() < 0.2 and history.undo:
        return reversal(history.undo, made_at=sayings.WHEN)
    many = 200 if chance.random() < 0.1 else 1
    alterations = [sayings.made(sayings.statement(chance.uniform(0, 100))) for _ in range(many)]
    return sayings.action(rater, *alterations, sayings.covered(0, chance.uniform(1, 100)))

def label_on(to):
    with Library.open(folder, keys=keys) as library:
        actions = list(ledger.load(library, number))
        while True:
            actions.append(ledger.append(library, number, next_action(actions)))
            os.write(to, actions[-1].action_id.encode())

kept = ()
for _ in range(20):
    to_read, to_write = os.pipe()
    child = os.fork()
    if child == 0:
        chance.seed(os.getpid())
        label_on(to_write)
    os.close(to_write)
    told = os.read(to_read, 32)  # it is at work
    time.sleep(chance.uniform(0, 0.1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while part := os.read(to_read, 32):
        told += part
    os.close(to_read)
    acknowledged = [told[i : i + 32].decode() for i in range(0, len(told), 32)]
    with Library.open(folder, keys=keys) as library:
        before, kept = kept, ledger.load(library, number)  # which follows the chain
        assert kept[: len(before)] == before
        new = [each.action_id for each in kept[len(before):]]
        assert new[: len(acknowledged)] == acknowledged, "an acknowledged label is lost"
        assert len(new) - len(acknowledged) <= 1
        assert all(len(each.alterations) in (1, 2, 201, 200) for each in kept), "half an action"
        Labels.of(kept)
        library.check()
print(len(kept))
"""


@posix
def test_after_twenty_kills_no_acknowledged_label_is_lost_and_the_chain_is_whole(folder: Path, keys: KeyFile) -> None:
    assert int(processes.finish(processes.start(KILLS, folder, keys.path))) >= 20


POWER = """
import os
from reviewer_app.store import ledger
from tests.store import sayings
with Library.open(folder, keys=keys) as library:
    number, (anna,) = sayings.begun(library, "Anna")
    for i in range(25):
        size = 60 if i % 5 == 0 else 1
        sayings.told(library, number, anna, *(sayings.made(sayings.statement(i + j)) for j in range(size)))
        print((folder / "library.db-wal").stat().st_size)
    for name in ("library.db", "library.db-wal", "library.json"):
        assert os.system(f"cp '{folder / name}' '{sys.argv[3]}'") == 0
"""


@posix
def test_a_power_cut_takes_only_labels_that_were_not_acknowledged(folder: Path, keys: KeyFile, tmp_path: Path) -> None:
    """As for traces in ``test_crashes``: what is behind the last synced byte may be missing, or be anything."""
    image, cut_folder = tmp_path / "image", tmp_path / "cut"
    image.mkdir()
    told = processes.finish(processes.start(POWER, folder, keys.path, image))
    lengths = [int(line) for line in told.split()]
    assert lengths == sorted(set(lengths))
    journal = (image / "library.db-wal").read_bytes()
    chance = random.Random(12)
    cuts = [*lengths, *(length + chance.randrange(-200, 200) for length in lengths)]
    for cut in [*cuts, *(chance.randrange(lengths[0], len(journal)) for _ in range(20))]:
        shutil.rmtree(cut_folder, ignore_errors=True)
        shutil.copytree(image, cut_folder)
        garbage = chance.randbytes(chance.randrange(9000))
        (cut_folder / "library.db-wal").write_bytes(journal[:cut] + garbage)
        with Library.open(cut_folder, keys=keys) as library:
            kept = ledger.load(library, 1) if raters.all_raters(library) else ()
        assert len(kept) == sum(length <= cut for length in lengths)
        assert all(len(each.alterations) == (60 if i % 5 == 0 else 1) for i, each in enumerate(kept))


FULL_DISK = """
import resource, signal
from reviewer_app.store import ledger
from tests.store import sayings
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Library.open(folder, keys=keys) as library:
    number, (anna,) = sayings.begun(library, "Anna")
    library._database.shorten_journal()
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
    kept = []
    try:
        while True:
            refused = sayings.action(anna, *(sayings.made(sayings.statement(i)) for i in range(20)))
            kept.append(ledger.append(library, number, refused))
    except StoreError as error:
        print(error)
    assert ledger.load(library, number) == tuple(kept)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    kept.append(ledger.append(library, number, refused))  # as the window does until it is saved
    assert ledger.load(library, number) == tuple(kept)
    library.check()
    print(len(kept))
"""


@posix
def test_on_a_full_disk_a_label_is_not_saved_all_before_can_be_read_and_it_is_saved_later(
    folder: Path, keys: KeyFile
) -> None:
    sentence, count = processes.finish(processes.start(FULL_DISK, folder, keys.path)).splitlines()
    assert sentence.startswith("NOT SAVED. The disk is full or failing")
    assert int(count) > 3


def test_a_flipped_bit_is_refused_or_changes_no_label(folder: Path, keys: KeyFile) -> None:
    with Library.open(folder, keys=keys) as library:
        number, (anna,) = sayings.begun(library, "Anna")
        for i in range(8):
            sayings.told(library, number, anna, *(sayings.made(sayings.statement(i + j)) for j in range(40)))
        said = ledger.load(library, number)
    whole = (folder / "library.db").read_bytes()
    chance = random.Random(8)
    refusals = []
    for _ in range(120):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        (folder / "library.db").write_bytes(flipped)
        try:
            with Library.open(folder, keys=keys) as library:
                assert ledger.load(library, number) == said
        except StoreError as error:
            refusals.append(str(error))
    assert len(refusals) > 30  # pages of tables that nobody reads change no label, and are not looked at
    assert all("damaged" in text and "backups" in text for text in refusals)


LOCKED = """
from contextlib import closing
from reviewer_app.store.library import key_of
from reviewer_app.store.database import Database
with closing(Database(folder / "library.db", key_of(folder, keys)).connect(mode="rw")) as connection:
    connection.execute("BEGIN EXCLUSIVE")
    print("held", flush=True)
    sys.stdin.readline()
    connection.execute("ROLLBACK")
"""


def test_while_another_program_writes_a_label_waits_then_says_not_saved_and_is_saved_later(
    folder: Path, keys: KeyFile
) -> None:
    assert PATIENCE == 10.0
    with Library.open(folder, keys=keys, surroundings=Surroundings(patience=0.3)) as library:
        number, (anna,) = sayings.begun(library, "Anna")
        verdict = sayings.action(anna, sayings.made(sayings.statement(10)))
        other = processes.start(LOCKED, folder, keys.path)
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=r"^NOT SAVED\. The library .* is in use by another program"):
            ledger.append(library, number, verdict)
        assert ledger.load(library, number) == ()  # reading goes on
        processes.finish(other)
        kept = ledger.append(library, number, verdict)
        assert ledger.load(library, number) == (kept,)


KILLED_MIGRATION = """
import os, signal
from reviewer_app.store import backup, ledger, migrate as migrating, raters
from reviewer_app.store.database import Database
from tests.store import saved, sayings

STEPS = [(Database, name) for name in ("fold_journal", "copy_to", "check", "mark", "census")]
STEPS += [(migrating.command, "upgrade"), (migrating, "remove")]
STEPS += [(room, name) for room in (backup, migrating) for name in ("to_disk", "replace")]
passed = []

def deadly(real, last):
    def step(*arguments, **named):
        if len(passed) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        passed.append(1)
        return real(*arguments, **named)
    return step

def killed_at(last):
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        for owner, name in STEPS:
            setattr(owner, name, deadly(getattr(owner, name), last))
        Library.open(folder, keys=saved.FixedKey())
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

last, database = 0, Database(folder / "library.db", saved.KEY)
before = database.census()
while killed_at(last):
    last += 1
    database.check()
    counts = database.census()
    assert {name: counts[name] for name in before} == before
    print(database.facts()[1])
"""


@posix
def test_the_step_to_this_schema_killed_anywhere_leaves_the_old_library_or_the_new_one(tmp_path: Path) -> None:
    folder = saved.put_down(saved.FOLDER / "0001.db", tmp_path / "library")
    told = processes.finish(processes.start(KILLED_MIGRATION, folder, "none")).split()
    assert len(told) > 10
    assert told == sorted(told)
    assert set(told) <= {"1", "2"}
    with Library.open(folder, keys=saved.FixedKey()) as library:
        sayings.told(library, 1, raters.add(library, "Anna"), sayings.made(saved.SAID))
        assert len(ledger.load(library, 1)) == 1


class TwoWindows(RuleBasedStateMachine):
    """Two raters in two windows on one library, none of which knows what the other does until it looks again."""

    @initialize()
    def open_both(self) -> None:
        self.place = tempfile.TemporaryDirectory()
        folder = saved.put_down(saved.FOLDER / "0001.db", Path(self.place.name) / "library")
        keys = saved.FixedKey()
        self.windows = [Library.open(folder, keys=keys), Library.open(folder, keys=keys, hold=False)]
        self.raters = [raters.add(self.windows[0], name) for name in ("Anna", "Ben")]
        self.seen: list[tuple[Action, ...]] = [(), ()]
        self.kept: list[Action] = []

    def write(self, window: int, action: Action) -> bool:
        """Appends; where that is refused, nothing is changed and the reason is right."""
        standing = Labels.of(self.kept)
        try:
            self.kept.append(ledger.append(self.windows[window], 1, action))
        except StoreError as error:
            refusal = str(error)
        else:
            # What is kept fits to what stood, whatever the window believed.
            standing.after(action)
            return True
        assert refusal.startswith("NOT SAVED. ")
        with pytest.raises(ValueError, match="annotation"):
            standing.after(action)
        return False

    @rule(window=st.integers(0, 1))
    def look_again(self, window: int) -> None:
        self.seen[window] = ledger.load(self.windows[window], 1)

    @rule(window=st.integers(0, 1), rater=st.integers(0, 1), start=st.integers(0, 9), label=st.sampled_from(Label))
    def say(self, window: int, rater: int, start: int, label: Label) -> None:
        action = sayings.action(self.raters[rater], sayings.made(sayings.statement(start, label=label)))
        assert self.write(window, action)

    @rule(window=st.integers(0, 1), rater=st.integers(0, 1), which=st.integers(0, 99), label=st.sampled_from(Label))
    def change_what_is_seen(self, window: int, rater: int, which: int, label: Label) -> None:
        """Of their own or, as no window lets them, another's."""
        seen = Labels.of(self.seen[window]).annotations
        if not seen:
            return
        annotation = seen[which % len(seen)]
        old = annotation.statement
        new: Statement | None = replace(old, label=label) if old.label is not label else None
        change = sayings.changed(sayings.made(old, key=annotation.annotation_id), new)
        done = self.write(window, sayings.action(self.raters[rater], change))
        now = Labels.of(self.kept).get(annotation.annotation_id)
        if annotation.rater != self.raters[rater]:
            assert not done
        if not done and now is not None:
            self.look_again(window)  # and sees what won, and what others say
            assert now.statement in [each.statement for each in Labels.of(self.seen[window]).annotations]

    @rule(first=st.integers(0, 1), which=st.integers(0, 99))
    def change_one_thing_in_both(self, first: int, which: int) -> None:
        """One wins; the other is told, looks again, and sees what won."""
        self.look_again(0)
        self.look_again(1)
        seen = Labels.of(self.seen[0]).annotations
        if seen:
            annotation = seen[which % len(seen)]
            thing = sayings.made(annotation.statement, key=annotation.annotation_id)
            notes = [replace(annotation.statement, note=f"{len(self.kept)} {note}") for note in ("first", "second")]
            actions = [sayings.action(annotation.rater, sayings.changed(thing, note)) for note in notes]
            assert self.write(first, actions[0])
            assert not self.write(1 - first, actions[1])

    @rule(window=st.integers(0, 1), rater=st.integers(0, 1))
    def undo(self, window: int, rater: int) -> None:
        last = History.of(self.seen[window], self.raters[rater].rater_id).undo
        if last is not None:
            self.write(window, reversal(last, made_at=sayings.WHEN))

    @rule(window=st.integers(0, 1), which=st.integers(0, 99))
    def save_again(self, window: int, which: int) -> None:
        """Of a save that nobody knows to have succeeded."""
        if self.kept:
            action = self.kept[which % len(self.kept)]
            assert ledger.append(self.windows[window], 1, action) == action

    @invariant()
    def both_windows_find_all_that_was_acknowledged_and_nothing_else(self) -> None:
        if hasattr(self, "windows"):
            for window in self.windows:
                assert list(ledger.load(window, 1)) == self.kept
            Labels.of(self.kept)

    def teardown(self) -> None:
        if hasattr(self, "windows"):
            for window in reversed(self.windows):
                window.close()
            self.place.cleanup()


TestTwoWindows = TwoWindows.TestCase
TestTwoWindows.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
