from multiprocessing import get_context
from pathlib import Path

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
