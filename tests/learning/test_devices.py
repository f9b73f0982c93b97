import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from reviewer_app.errors import RequestError
from reviewer_app.learning.devices import device_words, is_out_of_memory, one_processor, open_fabric
from tests.learning.ranks import tuned
from tests.learning.squares import square_store

ROOT = Path(__file__).parents[2]


def test_two_processes_learn_what_one_learns_with_a_batch_twice_as_large(tmp_path: Path) -> None:
    square_store(tmp_path / "clips", 16)
    words = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m", "tests.learning.ranks"]
    subprocess.run(
        [sys.executable, "-W", "ignore", *words, str(tmp_path / "clips"), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        check=True,
        timeout=240,
    )
    first, second = (load_file(tmp_path / f"{rank}.safetensors") for rank in range(2))
    threads = torch.get_num_threads()
    alone = tuned(tmp_path / "clips", batch=4).state_dict()
    torch.set_num_threads(threads)
    for name, value in first.items():
        assert torch.equal(value, second[name]), name
    # Sums are rounded otherwise, which Adam can make a step of its rate of; there were 6 steps of 1e-4.
    assert (first["score.weight"] - alone["score.weight"]).abs().max() < 2e-4


def test_the_processor_is_always_there() -> None:
    assert open_fabric("cpu").device.type == one_processor().device.type == "cpu"
    assert device_words(one_processor()) == "this machine"


def test_a_card_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(RequestError, match="no graphics card that PyTorch can use as 'cuda'"):
        open_fabric("cuda")
    with pytest.raises(RequestError, match="choose auto, cpu, cuda, mps"):
        open_fabric("abacus")


def test_a_lack_of_memory_is_known_by_its_class_or_text() -> None:
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory."))
    assert is_out_of_memory(RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried ..."))
    assert is_out_of_memory(RuntimeError("MPS backend out of memory"))
    assert not is_out_of_memory(RuntimeError("shapes differ"))
