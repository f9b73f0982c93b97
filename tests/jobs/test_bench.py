from multiprocessing import get_context
from pathlib import Path

import pytest

from reviewer_app.errors import RequestError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.request import BenchRequest, Compute
from reviewer_app.jobs.run import run_job
from tests.conftest import FilmMaker
from tests.jobs.test_process import drain


def test_a_bench_measures_every_part_in_one_run(film: FilmMaker, bundles: Path) -> None:
    request = BenchRequest(film(frames=250), "tiny", (bundles,), Compute(threads=1), seconds=8.0)
    _, measures = drain(run_job(request, Control(get_context("spawn"))))
    told = {each.what: each for each in measures}
    assert next(iter(told.values())).value == 8.0
    assert {each.unit for each in measures} == {"s", "x real time", "ratio", "ms"}
    assert all(each.value > 0 for each in measures)
    decode, front = (
        next(v.value for k, v in told.items() if k.startswith(name)) for name in ("decoding", "front end (")
    )
    ratio = next(v.value for k, v in told.items() if k.startswith("front end /"))
    assert abs(ratio - front / decode) < 1e-6


@pytest.mark.parametrize("seconds", [0.0, -8.0, float("nan"), float("inf")])
def test_a_time_without_sense_is_refused(seconds: float) -> None:
    with pytest.raises(RequestError, match="cannot be measured: give more than 0 seconds"):
        BenchRequest(Path("film.mp4"), "tiny", (), seconds=seconds)


def test_fewer_than_no_threads_are_refused() -> None:
    with pytest.raises(RequestError, match="-1 threads make no sense"):
        BenchRequest(Path("film.mp4"), "tiny", (), Compute(threads=-1))
