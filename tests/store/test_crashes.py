"""What a kill, a power cut and a full disk leave of what was acknowledged."""

import os
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.store import traces
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from tests.store import examples, processes

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks, kills and limits")

KILLS = """
import os, random, signal, time
import numpy as np

WINDOWS = 64
chance = random.Random(7)
with Library.open(folder, keys=keys) as library:
    trace_id = examples.begin(library, windows=1_000_000)

def write_on(first, to):
    with Library.open(folder, keys=keys) as library:
        while True:
            traces.append(library, trace_id, examples.chunk(first, WINDOWS))
            first += WINDOWS
            os.write(to, b"%9d" % first)

acknowledged = stored = unacknowledged = 0
for _ in range(20):
    to_read, to_write = os.pipe()
    child = os.fork()
    if child == 0:
        write_on(stored, to_write)
    os.close(to_write)
    os.read(to_read, 9)  # it is at work
    time.sleep(chance.uniform(0, 0.06))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = b"".join(iter(lambda: os.read(to_read, 9), b""))
    os.close(to_read)
    acknowledged = int(told[-9:] or acknowledged)
    with Library.open(folder, keys=keys) as library:
        trace = traces.load(library, trace_id)
        stored = int(np.count_nonzero(trace.states))
        right = examples.chunk(0, stored)
        assert stored >= acknowledged, (stored, acknowledged)
        assert stored - acknowledged <= WINDOWS or not told
        assert stored % WINDOWS == 0
        for name in ("states", "scores", "activity", "quality"):
            assert np.array_equal(getattr(trace, name)[:stored], getattr(right, name)), name
        assert np.array_equal(traces.embeddings(library, trace_id, range(stored)), right.embeddings)
    unacknowledged += stored > acknowledged
print(stored, unacknowledged)
"""


def test_after_twenty_kills_every_acknowledged_chunk_is_there_and_none_is_half_there(
    folder: Path, keys: KeyFile
) -> None:
    stored, _ = processes.finish(processes.start(KILLS, folder, keys.path)).split()
    assert int(stored) > 20 * 64


POWER = """
import shutil
with Library.open(folder, keys=keys) as library:
    trace_id = examples.begin(library, windows=2000)
    for first in range(0, 1280, 64):
        traces.append(library, trace_id, examples.chunk(first, 64))
        print((folder / "library.db-wal").stat().st_size)
    # What the disk holds when the power fails; read by another process, as closing a file drops SQLite's locks on it.
    for name in ("library.db", "library.db-wal", "library.json"):
        assert os.system(f"cp '{folder / name}' '{sys.argv[3]}'") == 0
"""


def test_a_power_cut_takes_only_chunks_that_were_not_acknowledged(folder: Path, keys: KeyFile, tmp_path: Path) -> None:
    """An approximation of a disk that drops writes which were not synced.

    With ``synchronous=FULL`` the journal is synced before a commit returns (that this is set is tested on the
    connections), so a power cut leaves the journal whole up to its length at the last acknowledged commit. Behind
    that, anything may be missing or garbage. The image is cut at random lengths, with garbage behind the cut. What
    this cannot show is whether the disk obeys the sync.
    """
    image = tmp_path / "image"
    image.mkdir()
    told = processes.finish(processes.start("import os\n" + POWER, folder, keys.path, image))
    lengths = [int(line) for line in told.split()]
    assert lengths == sorted(set(lengths))  # no checkpoint between: each commit made the journal longer
    journal = (image / "library.db-wal").read_bytes()
    chance = random.Random(11)
    cut_folder = tmp_path / "cut"
    for cut in [*lengths, *(chance.randrange(lengths[0], len(journal)) for _ in range(20))]:
        shutil.rmtree(cut_folder, ignore_errors=True)
        shutil.copytree(image, cut_folder)
        garbage = chance.randbytes(min(chance.randrange(9000), len(journal) - cut))
        (cut_folder / "library.db-wal").write_bytes(journal[:cut] + garbage)
        with Library.open(cut_folder, keys=keys) as library:
            trace = traces.load(library, 1)
        acknowledged = 64 * sum(length <= cut for length in lengths)
        assert np.count_nonzero(trace.states) == acknowledged
        np.testing.assert_array_equal(trace.scores[:acknowledged], examples.chunk(0, acknowledged).scores)


FULL_DISK = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Library.open(folder, keys=keys) as library:
    trace_id = examples.begin(library, windows=20_000)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
    saved = 0
    try:
        while True:
            traces.append(library, trace_id, examples.chunk(saved, 64))
            saved += 64
    except StoreError as error:
        print(error)
    print(saved, traces.summary(library, trace_id).stored)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    traces.append(library, trace_id, examples.chunk(saved, 64))
    library.check()
    print(traces.summary(library, trace_id).stored)
"""


def test_a_full_disk_says_not_saved_and_what_was_saved_stays_readable(folder: Path, keys: KeyFile) -> None:
    sentence, counts, after = processes.finish(processes.start(FULL_DISK, folder, keys.path)).splitlines()
    assert sentence.startswith("NOT SAVED. The disk is full or failing")
    saved, stored = map(int, counts.split())
    assert saved == stored > 0
    assert int(after) == saved + 64
    with Library.open(folder, keys=keys) as library:
        trace = traces.load(library, 1)
    assert np.count_nonzero(trace.states) == saved + 64


FULL_AT_START = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
try:
    Library.open(folder, keys=keys)
except StoreError as error:
    print(error)
"""


def test_a_library_that_finds_no_space_is_begun_again_later(folder: Path, keys: KeyFile) -> None:
    assert "NOT SAVED. The disk is full" in processes.finish(processes.start(FULL_AT_START, folder, keys.path))
    with Library.open(folder, keys=keys) as library:
        traces.append(library, examples.begin(library), examples.chunk(0, 64))
