from multiprocessing import get_context
from pathlib import Path

import pytest

from reviewer_app.errors import RequestError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.learn_request import BenchTrain
from reviewer_app.jobs.run import run_job
from tests.jobs.test_process import drain


def test_both_trainings_are_measured_in_one_run(bundles: Path) -> None:
    request = BenchTrain("tiny", (bundles,), device="cpu", clips=6, seconds=0.3)
    _, measures = drain(run_job(request, Control(get_context("spawn"))))
    batch, disk, memory, ratio, waiting = measures
    assert (batch.value, batch.unit) == (4, "clips")
    assert min(disk.value, memory.value) > 0
    assert ratio.value == pytest.approx(disk.value / memory.value)
    assert 0 <= waiting.value <= 100


def test_a_measurement_of_nothing_is_refused(bundles: Path) -> None:
    with pytest.raises(RequestError, match="at least one clip"):
        BenchTrain("tiny", (bundles,), clips=0)
