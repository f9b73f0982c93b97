"""A snapshot that was stopped or killed while it was made: all of it is there, or nothing."""

import os
from multiprocessing import get_context
from pathlib import Path

import pytest

from reviewer_app.jobs.control import Control
from reviewer_app.jobs.learn_request import (
    ListSnapshots,
    MakeSnapshot,
)
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.jobs.run import run_job
from tests.jobs.labelled_nights import answer, filled
from tests.store import processes


@pytest.fixture
def place(tmp_path: Path) -> LibraryPlace:
    return LibraryPlace(tmp_path / "library", tmp_path / "keys")


KILLING = """
import os, signal
from multiprocessing import get_context
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.learn_request import MakeSnapshot
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.jobs.run import run_job
from reviewer_app.store import library as library_module, snapshots
from tests.jobs.labelled_nights import filled

place = LibraryPlace(folder, keys.path)
filled(place, "a")
STEPS = [(snapshots, name) for name in ("canonical", "insert", "KeptSnapshot")]
STEPS += [(library_module, "refuse_damaged_reads"), (snapshots.zlib, "compress")]
passed = []

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def deadly(real, name, last):
    def step(*arguments, **named):
        if len(passed) == last:
            os.write(1, (name + " ").encode())
            die()
        passed.append(name)
        return real(*arguments, **named)
    return step

def killed_at(last):
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        for owner, name in STEPS:
            setattr(owner, name, deadly(getattr(owner, name), name, last))
        for _ in run_job(MakeSnapshot(place), Control(get_context("spawn"))):
            deadly(lambda: None, "message", last)()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

last = 0
while killed_at(last):
    last += 1
    with open_library(place) as library:
        library.check()
        print(*(each.identity for each in snapshots.all_snapshots(library)), flush=True)
with open_library(place) as library:
    print("end", *(each.identity for each in snapshots.all_snapshots(library)))
"""


@pytest.mark.skipif(os.name != "posix", reason="forks and kills")
def test_a_kill_while_a_snapshot_is_made_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    process = processes.start(KILLING, tmp_path / "library", tmp_path / "keys")
    *told, end = processes.finish(process).splitlines()
    steps = [line.split()[0] for line in told]
    assert {"message", "canonical", "compress", "insert", "refuse_damaged_reads"} <= set(steps)
    _, identity = end.split()
    assert all(line.split()[1:] in ([], [identity]) for line in told)
    # Killed between the row and the end of its transaction, nothing of it is there.
    after_insert = steps.index("insert") + 1
    assert steps[after_insert:].count("refuse_damaged_reads") >= 1
    assert all(line.split()[1:] == [] for line in told[: after_insert + 1])


def test_a_snapshot_that_was_stopped_is_not_there(place: LibraryPlace) -> None:
    filled(place, "abc")
    job = run_job(MakeSnapshot(place), Control(get_context("spawn")))
    next(job)
    next(job)
    job.close()
    assert answer(ListSnapshots(place)) == ()
