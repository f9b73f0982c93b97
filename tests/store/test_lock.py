import json
import os
from pathlib import Path

import pytest

from reviewer_app.errors import StoreError
from reviewer_app.store import lock, traces
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from reviewer_app.store.lock import Hold
from tests.store import examples, processes

HOLDING = """
with Library.open(folder, keys=keys):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_program_is_told_who_holds_the_library(folder: Path, keys: KeyFile) -> None:
    holder = processes.start(HOLDING, folder, keys.path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(
        StoreError, match=rf"open in another program \(process {holder.pid}, since \d\d \w+ \d\d:\d\d\)"
    ):
        Library.open(folder, keys=keys)
    processes.finish(holder)
    Library.open(folder, keys=keys).close()


def test_a_killed_holder_holds_nothing_even_where_its_process_number_is_used_again(folder: Path, keys: KeyFile) -> None:
    holder = processes.start(HOLDING, folder, keys.path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.communicate()
    # The number in the file is now that of a process that is alive: this one.
    lock = folder / "library.lock"
    lock.write_text(lock.read_text().replace(str(holder.pid), str(os.getpid())))
    Library.open(folder, keys=keys).close()


def test_a_job_of_the_holder_opens_the_library_beside_it(library: Library, keys: KeyFile) -> None:
    trace_id = examples.begin(library)
    code = f"""
with Library.open(folder, keys=keys, hold=False) as library:
    traces.append(library, {trace_id}, examples.chunk(0, 64))
"""
    processes.finish(processes.start(code, library.folder, keys.path))
    with pytest.raises(StoreError, match="another program"):
        Library.open(library.folder, keys=keys)
    from_job = traces.load(library, trace_id)
    assert from_job.states.sum() == 64


def test_a_holder_that_did_not_say_who_it_is_still_holds(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    hold = Hold(path)
    for text in ("", "[]", json.dumps({"process": "x"}), json.dumps({"process": 3})):
        path.write_text(text)
        with pytest.raises(StoreError, match="has not said which"):
            Hold(path)
    hold.release()
    Hold(path).release()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        Hold(tmp_path / "missing" / "library.lock")


def test_a_lock_can_be_left_without_a_file(tmp_path: Path) -> None:
    path = tmp_path / "training.lock"
    hold = Hold(path)
    hold.remove()
    assert not path.exists()


def test_a_lock_on_a_file_that_its_holder_removed_meanwhile_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "training.lock"
    before, take = Hold(path), lock._try_lock
    taken: list[int] = []

    def late(file: int) -> bool:
        if not taken:
            before.remove()  # between opening the file and locking it
        taken.append(file)
        return take(file)

    monkeypatch.setattr(lock, "_try_lock", late)
    hold = Hold(path)
    assert len(taken) == 2
    with pytest.raises(StoreError, match="another program"):
        Hold(path)
    hold.remove()
