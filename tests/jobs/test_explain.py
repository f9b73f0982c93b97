"""A window of a scanned film is explained by the bundle that scored it, and what cannot be explained is said."""

import pickle
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from reviewer_app.domain.clip import WHOLE_PICTURE, Crop
from reviewer_app.domain.explanation import Explanation
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.source import Scores
from reviewer_app.domain.trace import WindowState
from reviewer_app.errors import BundleError, MediaError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.explain import _attribute
from reviewer_app.jobs.message import Heartbeat, Stage, StepsDone
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import Compute, ExplainRequest, LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job
from tests.conftest import FilmMaker
from tests.jobs.fakes import FakeScorer
from tests.jobs.test_process import drain
from tests.media_maker import read_number

Scan = Callable[..., TraceReport]
ONE_THREAD = Compute("torch", "f32", 1)


@pytest.fixture
def scan(tmp_path: Path, bundles: Path) -> Scan:
    """Scans files with the tiny bundle."""

    def scanned(*paths: Path, **options: Any) -> TraceReport:
        place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
        request = ScanRequest(paths, place, "tiny", (bundles,), compute=ONE_THREAD, **options)
        report: TraceReport = drain(run_job(request, Control(get_context("spawn"))))[1]
        return report

    return scanned


def asked(report: TraceReport, bundles: Path, *, window: int = 2) -> ExplainRequest:
    return ExplainRequest(report.recording, report.identity, window, (bundles,), ONE_THREAD)


def explained(request: ExplainRequest) -> Explanation:
    found: Explanation = drain(run_job(request, Control(get_context("spawn"))))[1]
    return found


def test_a_window_is_explained_by_its_own_pictures_and_gets_its_own_score(
    film: FilmMaker, scan: Scan, bundles: Path
) -> None:
    report = scan(film(frames=200))
    messages, found = drain(run_job(asked(report, bundles), Control(get_context("spawn"))))
    assert found.score == pytest.approx(float(report.trace.scores[2]), abs=1e-6)
    assert found.window == 2
    assert found.saliency.shape == (16, 32, 32)
    assert 0 <= found.saliency.min() <= found.saliency.max() <= 1
    steps = [each for each in messages if isinstance(each, StepsDone)]
    assert len(steps) == 17
    assert (steps[-1].done, steps[-1].total) == (272, 272)
    assert any(isinstance(each, Stage) for each in messages)


def test_the_pictures_are_those_of_the_window_and_lie_where_it_is_told(
    film: FilmMaker, scan: Scan, bundles: Path
) -> None:
    """The film spells its numbers, and a picture wider than high leaves black above and below."""
    found = explained(asked(scan(film(frames=200)), bundles))
    assert found.place == WHOLE_PICTURE
    part = found.filled
    assert (part.left, part.right, part.top, part.bottom) == (0, 1, 4 / 32, 28 / 32)
    box = (part.left, part.top, part.right, part.bottom)
    # Window 2 begins with grid frame 6, which shows what is on at 2.03 s.
    assert [read_number(frame, box) for frame in found.frames[:3]] == [50, 58, 66]


def test_the_place_of_a_drawn_crop_is_the_square_that_was_scored(film: FilmMaker, scan: Scan, bundles: Path) -> None:
    found = explained(asked(scan(film(frames=200), crop=Crop(0, 0, 0.5, 0.5)), bundles))
    assert found.place == Crop(0, 0, 0.5, 64 / 96)
    assert found.filled == WHOLE_PICTURE


def test_the_place_is_told_by_the_file_whose_pictures_are_seen(film: FilmMaker, scan: Scan, bundles: Path) -> None:
    """The second file is square; the window begins in the gap before it."""
    first = film("A_14-MAR-2026_22h00m00.0000s_Video.mp4", frames=100, fps=10)
    second = film("A_14-MAR-2026_22h00m20.0000s_Video.mp4", frames=100, fps=10, width=96, height=96)
    report = scan(first, second)
    window = next(
        each
        for each in range(report.trace.grid.count)
        if 10 < report.trace.grid.interval(each).start < 20 and report.trace.states[each] == WindowState.SCORED
    )
    assert explained(asked(report, bundles, window=window)).filled == WHOLE_PICTURE


def test_a_bundle_that_is_gone_is_said(film: FilmMaker, scan: Scan, bundles: Path, tmp_path: Path) -> None:
    request = asked(scan(film(frames=150)), bundles)
    with pytest.raises(BundleError, match="not on this machine"):
        explained(replace(request, bundle_folders=(tmp_path,)))
    with pytest.raises(BundleError, match="not on this machine"):
        explained(replace(request, identity=replace(request.identity, bundle="f" * 64)))


def test_a_window_without_pictures_is_said(film: FilmMaker, scan: Scan, bundles: Path) -> None:
    first = film("A_14-MAR-2026_22h00m00.0000s_Video.mp4", frames=100, fps=10)
    second = film("A_14-MAR-2026_22h00m20.0000s_Video.mp4", frames=100, fps=10, first_number=500)
    report = scan(first, second)
    gap = int(np.flatnonzero(report.trace.states == WindowState.GAP)[0])
    for window in (gap, 10_000):
        with pytest.raises(MediaError, match="too few pictures"):
            explained(asked(report, bundles, window=window))


def test_a_file_that_is_gone_is_said(film: FilmMaker, scan: Scan, bundles: Path) -> None:
    path = film(frames=150)
    report = scan(path)
    path.unlink()
    with pytest.raises(MediaError, match=r"film\.mp4"):
        explained(asked(report, bundles))


def test_a_child_process_answers_with_the_same_explanation(film: FilmMaker, scan: Scan, bundles: Path) -> None:
    request = asked(scan(film(frames=150)), bundles)
    assert pickle.loads(pickle.dumps(request)) == request
    here, there = explained(request), drain(supervise(request))[1]
    np.testing.assert_array_equal(here.saliency, there.saliency)
    np.testing.assert_array_equal(here.frames, there.frames)
    assert here.score == there.score


def test_a_slow_network_is_never_silent() -> None:
    """A child that says nothing for half a minute is ended; a large network takes as long for a batch."""

    class Slow(FakeScorer):
        def score(self, clips: NDArray[np.uint8]) -> Scores:
            if len(self.batches) == 1:
                time.sleep(1.2)
            return super().score(clips)

    said = list(_attribute(Slow(), np.zeros((16, 16, 16, 3), np.uint8)))
    assert [type(each) for each in said[:3]] == [Heartbeat, Heartbeat, StepsDone]
