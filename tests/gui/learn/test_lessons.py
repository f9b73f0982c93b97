from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.recipe import SMALL
from reviewer_app.errors import RequestError
from reviewer_app.gui.learn.lessons import Lessons, TrainingOrder, training_device
from reviewer_app.gui.learn.new_snapshot import SnapshotOrder
from reviewer_app.gui.learn.steps import Step
from reviewer_app.jobs.learn_request import (
    CompareRequest,
    FinetuneRequest,
    ListSnapshots,
    MakeSnapshot,
    Promoted,
    PromoteRequest,
    RollbackRequest,
    Trained,
)
from reviewer_app.jobs.message import Learning, Remark, Stage, StepsDone
from reviewer_app.jobs.request import Compute, Device
from reviewer_app.store import promotions
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from reviewer_app.store.promotions import Decision, Promotion
from tests.gui.learn.stand_ins import STARTER, WARD, StandIn, comparison, snapshot_facts

ORDER = TrainingOrder("f" * 64, "starter", "ward", SMALL, fresh_head=False)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", keys=KeyFile(tmp_path / "key")) as library:
        yield library


@pytest.fixture
def session(library: Library, qtbot: QtBot) -> StandIn:
    return StandIn(library)


@pytest.fixture
def lessons(session: StandIn) -> Lessons:
    return Lessons(session.as_session, session)


def heard(lessons: Lessons) -> list[str]:
    said: list[str] = []
    lessons.said.connect(said.append)
    return said


def test_refreshing_tells_the_current_bundle_and_asks_for_snapshots(lessons: Lessons, session: StandIn) -> None:
    assert (lessons.current, lessons.is_by_settings) == (STARTER, True)
    row = Promotion(Decision.PROMOTE, "w" * 64, "ward", "s" * 64, "starter", "w" * 64, "{}")
    promotions.append(session.desk.library, row)
    lessons.refresh()
    assert (lessons.current, lessons.is_by_settings) == (WARD, False)
    assert isinstance(session.last().request, ListSnapshots)
    session.last().then((snapshot_facts(),))
    assert [each.name for each in lessons.snapshots] == ["week"]


def test_the_bundle_of_the_settings_is_current_by_name_folder_or_path(lessons: Lessons, session: StandIn) -> None:
    for name in ("ward", "/b/ward"):
        session.default_bundle = name
        assert lessons.current == WARD
    session.default_bundle = "elsewhere"
    assert lessons.current is None


def test_one_patients_own_bundle_is_current_for_nobody_else(lessons: Lessons, session: StandIn) -> None:
    own = '{"patient": "P7"}'
    promotions.append(
        session.desk.library, Promotion(Decision.PROMOTE, "w" * 64, "ward", "s" * 64, "starter", "w" * 64, own)
    )
    lessons.refresh()
    assert (lessons.current, lessons.personal) == (STARTER, frozenset({"w" * 64}))
    promotions.append(
        session.desk.library, Promotion(Decision.PROMOTE, "t" * 64, "third", "w" * 64, "ward", "t" * 64, "{}")
    )
    lessons.refresh()  # what is promoted for all later on is also for that one
    assert (lessons.current, lessons.personal) == (None, frozenset())


def test_a_snapshot_of_the_same_words_is_not_listed_twice(lessons: Lessons, session: StandIn) -> None:
    said = heard(lessons)
    for _ in range(2):
        lessons.make_snapshot(SnapshotOrder("week"))
        assert isinstance(session.last().request, MakeSnapshot)
        session.last().then(snapshot_facts())
    assert len(lessons.snapshots) == 1
    assert said == ["The snapshot holds 4 windows.", "Nothing was said since this snapshot; it stays as it is."]


def test_a_training_asks_for_what_was_chosen_and_passes_its_progress_on(lessons: Lessons, session: StandIn) -> None:
    learned: list[Learning] = []
    lessons.learned.connect(learned.append)
    lessons.train(ORDER)
    request = session.last().request
    assert isinstance(request, FinetuneRequest)
    assert (request.recipe, request.base, request.name, request.to) == (SMALL, "starter", "ward", Path("/own"))
    assert not request.fresh_head
    assert lessons.is_training
    step = Learning(1, 20, 1, 100, 0.7, 1e-4, 5.0, None)
    session.last().told(step)
    session.last().told(Stage("Reading clips"))
    assert (learned, lessons.activity) == ([step], "Reading clips")
    session.last().told(StepsDone(1, 4, "Reading clips"))
    assert lessons.activity == "Reading clips: 25 %"


def test_a_trained_bundle_is_looked_for_and_called_a_candidate(lessons: Lessons, session: StandIn) -> None:
    said = heard(lessons)
    trained: list[Trained] = []
    lessons.trained.connect(trained.append)
    lessons.train(ORDER)
    session.last().then(Trained(WARD, (), 20, 60.0))
    assert session.listed == 1
    assert len(trained) == 1
    assert not lessons.is_training
    assert "candidate" in said[-1]


def test_a_second_job_waits_for_the_first_ones_end(lessons: Lessons, session: StandIn) -> None:
    said = heard(lessons)
    lessons.train(ORDER)
    lessons.compare("ward")
    assert len(session.queue.asked) == 1
    assert "still runs" in said[-1]
    assert lessons.is_training


def test_what_goes_wrong_is_said_and_the_page_can_be_used_again(lessons: Lessons, session: StandIn) -> None:
    said = heard(lessons)
    lessons.train(ORDER)
    session.last().otherwise(RequestError("There is no bundle called starter."))
    assert said == ["There is no bundle called starter."]
    assert not lessons.is_busy
    assert not lessons.is_training


def test_stopping_cancels_the_job(lessons: Lessons, session: StandIn) -> None:
    lessons.train(ORDER)
    lessons.stop()
    assert session.last().cancelled
    assert not lessons.is_training


@pytest.mark.parametrize(
    ("device", "word"),
    [("auto", "auto"), ("cuda", "cuda"), ("mps", "mps"), ("torch", "cpu"), ("openvino", "auto")],
)
def test_a_training_runs_where_the_settings_say_if_that_can_train(
    lessons: Lessons, session: StandIn, device: Device, word: str
) -> None:
    assert training_device(device) == word
    session.queue.terms.compute = Compute(device)
    lessons.train(ORDER)
    assert session.last().request.device == word


def test_each_step_keeps_its_own_outcome_until_its_next_job(lessons: Lessons, session: StandIn) -> None:
    lessons.train(ORDER)
    session.last().told(Remark("Memory was halved."))
    session.last().otherwise(RequestError("There is no bundle called starter."))
    lessons.make_snapshot(SnapshotOrder("week"))
    session.last().then(snapshot_facts())
    failed = "Memory was halved.\nThere is no bundle called starter."
    assert lessons.line(Step.TRAINING) == failed
    assert lessons.line(Step.SNAPSHOTS) == "The snapshot holds 4 windows."
    lessons.roll_back()
    assert lessons.line(Step.BUNDLES) == "Starting…"
    assert (lessons.line(Step.TRAINING), lessons.line(Step.REPORTS)) == (failed, "")
    session.last().then(Promoted("ward", "w" * 64, "starter", "2026-11-20T10:00:00"))
    assert lessons.line(Step.BUNDLES) == "ward is the current bundle."
    lessons.train(ORDER)
    assert lessons.line(Step.TRAINING) == "Starting…"


def test_what_came_of_a_job_outlives_one_that_had_to_wait(lessons: Lessons, session: StandIn) -> None:
    lessons.train(ORDER)
    session.last().otherwise(RequestError("There is no bundle called starter."))
    lessons.compare("ward")
    lessons.train(ORDER)  # is not begun, as the comparison runs
    assert lessons.line(Step.TRAINING) == "There is no bundle called starter."


@pytest.mark.parametrize("keep", [False, True])
def test_a_decision_names_the_comparison_it_follows_from(lessons: Lessons, session: StandIn, keep: bool) -> None:
    lessons.promote()
    assert session.queue.asked == []  # nothing was compared
    lessons.compare("ward")
    assert isinstance(session.last().request, CompareRequest)
    session.last().then(comparison())
    lessons.keep() if keep else lessons.promote()
    request = session.last().request
    assert isinstance(request, PromoteRequest)
    assert (request.comparison, request.keep_current) == (comparison(), keep)
    session.last().then(Promoted("ward", "w" * 64, "starter", "2026-11-20T10:00:00"))
    assert lessons.comparison is None
    assert session.listed == 1


def test_rolling_back_is_one_request(lessons: Lessons, session: StandIn) -> None:
    lessons.roll_back()
    assert isinstance(session.last().request, RollbackRequest)


def test_a_library_that_cannot_be_read_is_said(lessons: Lessons, session: StandIn) -> None:
    said = heard(lessons)
    lessons.refresh()
    session.last().otherwise(RequestError("The library is damaged."))
    assert said == ["The library is damaged."]
