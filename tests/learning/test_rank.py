"""Two real ranks on the processor: what they learn, what they leave when they are killed, and where they listen."""

import ipaddress
import multiprocessing
import os
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.recipe import PAPER
from reviewer_app.learning import rank
from reviewer_app.learning.clip_store import ClipStore
from reviewer_app.learning.fit_state import saved_standing
from reviewer_app.learning.network import NetworkSpec, SpasmNetwork, seeded_network
from reviewer_app.learning.ranks import tune_together
from reviewer_app.learning.tune import TuningClips, take_learned, tune
from reviewer_app.learning.tuning_folder import STATE, TuningOrder, write_order
from tests.learning.squares import CLIP, square_store

ROOT = Path(__file__).parents[2]

# No BatchNorm: a clip's gradient does not depend on the clips beside it, so devices can share a batch as they like.
SPEC = NetworkSpec(architecture="hiera", embed_dim=16, stages=(1, 1, 1, 1), bins=0, dropout=0.0)
RECIPE = replace(PAPER, epochs=12, batch=1, accumulate=2, learning_rate=1e-4, patience=12)
STEPS = 36

JOB = """
import sys
from multiprocessing import active_children
from pathlib import Path
from reviewer_app.learning.ranks import tune_together
from reviewer_app.learning.tuning_folder import read_order
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for _ in tune_together(folder, read_order(folder), save=0.0):
        print(*(child.pid for child in active_children()), flush=True)
"""


@pytest.fixture
def store(tmp_path: Path) -> ClipStore:
    return square_store(tmp_path / "clips", 16)


@pytest.fixture
def order(store: ClipStore) -> TuningOrder:
    return TuningOrder(SPEC, CLIP, TuningClips(store, tuple(range(10)), (12, 13)), RECIPE, "cpu", 2)


def started() -> SpasmNetwork:
    return seeded_network(SPEC, CLIP, seed=0)


def prepared(folder: Path, order: TuningOrder) -> Path:
    write_order(folder, order, started())
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.usefixtures("one_thread")
def test_two_devices_learn_what_one_does_with_twice_the_batch_killed_in_between_or_not(
    order: TuningOrder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, killed = prepared(tmp_path / "whole", order), prepared(tmp_path / "killed", order)
    trained_by_torchrun(whole)
    kill_a_job(killed)
    done = saved_standing(killed / STATE).step
    assert 0 < done < STEPS

    # Whatever a machine is set up for, the ranks of one machine talk within it.
    monkeypatch.setenv("GLOO_SOCKET_IFNAME", other_interface())
    told, heard = [], set()
    with closing(tune_together(killed, order)) as training:
        for each in training:
            told += [each.step] if each else []
            heard |= {address for child in multiprocessing.active_children() for address in listening(child.pid)}
    assert heard
    assert [address for address in heard if not ipaddress.ip_address(address).is_loopback] == []

    assert done < told[0] < told[-1] == STEPS
    one, other = (load_file(folder / STATE) for folder in (whole, killed))
    assert one.keys() == other.keys()
    assert [name for name, value in one.items() if not torch.equal(value, other[name])] == []

    alone, together = started(), started()
    list(tune(alone, order.clips, replace(RECIPE, batch=4, accumulate=1), device="cpu"))
    take_learned(together, order.clips, RECIPE, ranks=2, state=killed / STATE)
    for name, value in alone.state_dict().items():
        # Sums are rounded otherwise, which Adam can make a step of its rate of; there were 36 steps of 1e-4.
        torch.testing.assert_close(together.state_dict()[name], value, atol=1e-3, rtol=1e-3)


def trained_by_torchrun(folder: Path) -> None:
    """Trains as a lab does on several machines, here on one."""
    words = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *words, "-m", "reviewer_app.learning.rank", str(folder)],
        cwd=ROOT,
        # As many threads as ranks take that share a machine.
        env={**os.environ, "OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 1) // 2))},
        check=True,
        capture_output=True,
        text=True,
        timeout=240,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith(("Research", "epoch"))]
    assert lines[0] == RESEARCH_NOTICE
    assert f"step {STEPS} of {STEPS}: loss" in lines[-1]


def kill_a_job(folder: Path) -> None:
    """Trains in a process of its own, kills that in the middle, and waits until its ranks are gone, too."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", JOB, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as job:
        assert job.stdout is not None
        while not (folder / STATE).exists() or saved_standing(folder / STATE).step < 3:
            ranks = [int(word) for word in job.stdout.readline().split()]
            assert len(ranks) == 2, "it ended before it could be killed"
        job.kill()
    until = time.monotonic() + 30
    while any(is_running(each) for each in ranks):
        assert time.monotonic() < until, "a rank has outlived its job"
        time.sleep(0.05)


def is_running(process: int) -> bool:
    """Whether it is there, and not only its entry that nobody has asked for."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in ("Z", "X")


def listening(process: int | None) -> set[str]:
    """The addresses at which a process listens for connections from outside of it."""
    links, rows = set(), []
    with suppress(FileNotFoundError, ProcessLookupError):  # it may end at any time
        for link in Path(f"/proc/{process}/fd").iterdir():
            with suppress(FileNotFoundError):
                links.add(str(link.readlink()))
        for name in ("tcp", "tcp6"):
            rows += [line.split() for line in Path(f"/proc/{process}/net/{name}").read_text().splitlines()[1:]]
    return {address_of(row[1]) for row in rows if row[3] == LISTENS and f"socket:[{row[9]}]" in links}


LISTENS = "0A"


def address_of(told: str) -> str:
    """An address as the kernel tells it: words of 32 bits in the machine's own order, in hexadecimal."""
    data = bytes.fromhex(told.partition(":")[0])
    whole = b"".join(
        int.from_bytes(data[first : first + 4], sys.byteorder).to_bytes(4) for first in range(0, len(data), 4)
    )
    return socket.inet_ntop(socket.AF_INET if len(whole) == 4 else socket.AF_INET6, whole)


def other_interface() -> str:
    """One that leads out of this machine, where it has any."""
    return next((name for _, name in socket.if_nameindex() if name.startswith(("e", "w"))), "none")


def test_listening_is_seen() -> None:
    with socket.create_server(("127.0.0.1", 0)), socket.create_server(("::", 0), family=socket.AF_INET6):
        assert {"127.0.0.1", "::"} <= listening(os.getpid())


def test_another_number_of_devices_than_prepared_is_refused(
    order: TuningOrder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WORLD_SIZE", "3")
    monkeypatch.setenv("RANK", "1")
    assert rank.main([str(prepared(tmp_path / "training", order))]) == 2
    said = capsys.readouterr()
    assert said.err.strip().endswith("was prepared for 2 devices, not 3.")
    assert said.out == ""


def test_without_torchrun_it_says_what_starts_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        rank.main([str(tmp_path)])
    assert "torchrun starts this" in capsys.readouterr().err
