import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from reviewer_app.errors import RequestError
from reviewer_app.jobs import phantom
from reviewer_app.jobs.message import StepsDone
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import PhantomRequest
from reviewer_app.phantom.record import PhantomNight
from reviewer_app.phantom.script import PhantomPlan
from tests.jobs.test_process import drain


def test_a_phantom_is_made_on_request(tmp_path: Path) -> None:
    request = PhantomRequest(tmp_path / "night", 16.0, 3, "ward", files=1, eeg=False)
    messages, made = drain(supervise(request))
    assert made.seconds == 16.0
    assert {path.suffix for path in made.files} == {".mp4", ".tsv"}
    assert all(path.exists() for path in made.files)
    assert any(isinstance(message, StepsDone) for message in messages)


def test_a_scene_that_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="unknown scene 'moon': choose ward"):
        drain(supervise(PhantomRequest(tmp_path, 60.0, 3, "moon")))


@pytest.mark.parametrize(("usable", "cores", "workers"), [(3, 8, 3), (None, 8, 8), (None, None, 1), (128, 128, 61)])
def test_a_phantom_is_drawn_on_all_cores_that_may_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, usable: int | None, cores: int | None, workers: int
) -> None:
    plans: list[PhantomPlan] = []

    def draw(plan: PhantomPlan) -> Iterator[PhantomNight]:
        plans.append(plan)
        yield PhantomNight("P", datetime(2026, 1, 5), plan.seconds, (), None, tmp_path / "truth.tsv", ())

    monkeypatch.setattr(phantom, "write_phantom", draw)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    if usable is None:
        monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    else:
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(usable)), raising=False)
    drain(phantom.make_phantom(PhantomRequest(tmp_path, 16.0, 3)))
    assert [plan.workers for plan in plans] == [workers]
