"""The supervisor of several ranks, with ranks that do not train; ``test_rank`` has real ones."""

import multiprocessing
import os
import signal
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.domain.recipe import PAPER
from reviewer_app.errors import RequestError, SpasmReviewerError
from reviewer_app.learning import ranks
from reviewer_app.learning.ranks import tune_together
from reviewer_app.learning.tune import TuningClips
from reviewer_app.learning.tuning_folder import TuningOrder
from tests.learning import stand_in_ranks
from tests.learning.squares import CLIP, SPEC, square_store


@pytest.fixture
def order(tmp_path: Path) -> TuningOrder:
    clips = TuningClips(square_store(tmp_path / "clips", 4), (0, 1, 2, 3))
    return TuningOrder(SPEC, CLIP, clips, PAPER, "cpu", 2)


def told(order: TuningOrder, folder: Path) -> list[Any]:
    return list(tune_together(folder, order))


def test_what_the_first_one_says_comes_out_with_beats_between(
    order: TuningOrder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranks, "work", stand_in_ranks.speak)
    said = told(order, tmp_path)
    assert [each for each in said if each] == ["one", "two"]
    assert None in said
    assert multiprocessing.active_children() == []


def test_what_one_refuses_is_told_and_not_that_the_others_fail_without_it(
    order: TuningOrder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranks, "work", stand_in_ranks.refuse)
    with pytest.raises(RequestError, match=r"^The memory of the graphics card is too small for one clip\.$"):
        told(order, tmp_path)
    assert multiprocessing.active_children() == []


def test_a_fault_is_told_in_one_sentence(order: TuningOrder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranks, "work", stand_in_ranks.stumble)
    with pytest.raises(
        SpasmReviewerError, match=r"fault .* \(process 2: ZeroDivisionError: a bug\)\. What was learned"
    ):
        told(order, tmp_path)
    assert multiprocessing.active_children() == []


def test_one_that_the_system_kills_is_told_in_one_sentence_and_ends_the_others(
    order: TuningOrder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranks, "work", stand_in_ranks.wait)
    with closing(tune_together(tmp_path, order)) as training:
        next(training)
        os.kill(pid_of("rank 1"), signal.SIGKILL)
        with pytest.raises(
            SpasmReviewerError, match=r"^Training process 2 of 2 was ended from outside \(code -9\), .*"
        ):
            list(training)
    assert multiprocessing.active_children() == []


def test_closing_ends_all_of_them(order: TuningOrder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranks, "work", stand_in_ranks.wait)
    training = tune_together(tmp_path, order)
    next(training)
    assert len(multiprocessing.active_children()) == 2
    training.close()
    assert multiprocessing.active_children() == []
    assert [each.name for each in threading.enumerate() if each is not threading.main_thread()] == []


def pid_of(name: str) -> int:
    """The process of a rank."""
    return next(each.pid for each in multiprocessing.active_children() if each.name == name and each.pid)
