"""What came of the last job of each step, as its tab tells it until the next one."""

from pathlib import Path

from reviewer_app.errors import RequestError
from reviewer_app.gui.learn.learn_page import LearnPage
from reviewer_app.gui.learn.lessons import MOST_LINES
from reviewer_app.gui.learn.new_snapshot import SnapshotOrder
from reviewer_app.gui.learn.training_view import TrainingView
from reviewer_app.jobs.learn_request import Evaluated, Trained
from reviewer_app.jobs.message import Learning, Remark, Stage
from tests.gui.learn.stand_ins import WARD, StandIn, comparison, snapshot_facts

HALFWAY = Learning(3, 15, 40, 200, 0.6, 1e-4, 8.0, 4 * 3600.0)
TOO_SMALL = "The memory of the graphics card is too small to train this network; take a smaller network."


def started(page: LearnPage) -> TrainingView:
    page.training.name.setText("ward-2")
    page.training.start_button.click()
    return page.training


def test_a_training_that_failed_overnight_is_told_in_the_morning(page: LearnPage, session: StandIn) -> None:
    training = started(page)
    session.last().told(HALFWAY)
    assert "left" in training.told.text()
    session.last().otherwise(RequestError(TOO_SMALL))
    assert (training.told.text(), training.bar.value()) == (TOO_SMALL, 0)
    page.lessons.make_snapshot(SnapshotOrder("new"))
    session.last().then(snapshot_facts("d" * 64, name="new"))
    page.lessons.refresh()
    assert training.told.text() == TOO_SMALL
    started(page)
    assert training.told.text() == "Starting…"


def test_a_training_that_was_stopped_says_so_and_how_it_goes_on(page: LearnPage, session: StandIn) -> None:
    training = started(page)
    session.last().told(HALFWAY)
    training.stop_button.click()
    assert training.told.text() == "Stopped. Train under the same name again to go on from there."
    assert (training.bar.value(), training.bar.maximum()) == (40, 200)


def test_remarks_of_a_training_stay_above_how_it_goes(page: LearnPage, session: StandIn) -> None:
    training = started(page)
    for number in range(MOST_LINES + 1):
        session.last().told(Remark(f"Remark {number}."))
    session.last().told(HALFWAY)
    lines = training.told.text().splitlines()
    assert lines[: MOST_LINES + 1] == [*(f"Remark {number}." for number in range(MOST_LINES)), "1 more remarks."]
    assert lines[-1].startswith("Epoch 3 of 15")
    session.last().told(Stage("Calibrating"))
    assert training.told.text().splitlines() == [*lines[:-1], "Calibrating"]  # the latest word holds
    session.last().then(Trained(WARD, (), 15, 130.0))
    told = training.told.text().splitlines()
    assert told[:-2] == lines[:-1]
    assert (told[-2].startswith("ward is trained."), told[-1].startswith("Done in")) == (True, True)


def test_a_failed_comparison_is_told_beside_the_bundles(page: LearnPage, session: StandIn) -> None:
    page.bundles.table.selectRow(1)
    page.bundles.compare_button.click()
    session.last().otherwise(RequestError("Nobody is held out."))
    assert page.bundles.advice.text() == "Nobody is held out."
    page.lessons.make_snapshot(SnapshotOrder("new"))
    assert page.bundles.advice.text() == "Nobody is held out."


def test_a_failure_stands_above_an_earlier_comparison(page: LearnPage, session: StandIn) -> None:
    bundles = page.bundles
    bundles.table.selectRow(1)
    bundles.compare_button.click()
    session.last().then(comparison())
    bundles.compare_button.click()
    session.last().otherwise(RequestError("Nobody is held out."))
    first, second = bundles.advice.text().splitlines()
    assert first == "Nobody is held out."
    assert "better on 4 patients" in second


def test_a_failed_evaluation_is_told_beside_the_reports(page: LearnPage, session: StandIn, tmp_path: Path) -> None:
    reports = page.reports
    page.tabs.setCurrentWidget(reports)
    assert (reports.told.text(), reports.outcome.isVisible()) == ("Nothing was evaluated yet.", False)
    page.lessons.evaluate("ward", tmp_path)
    session.last().otherwise(RequestError("Nobody finalised anything."))
    assert (reports.outcome.text(), reports.outcome.isVisible()) == ("Nobody finalised anything.", True)
    assert not reports.told.isVisible()
    page.lessons.evaluate("ward", tmp_path)
    session.last().then(Evaluated(tmp_path, tmp_path / "r.html", tmp_path / "r.pdf", (), "the rules"))
    assert (reports.told.text(), reports.outcome.text()) == ("the rules", "The report is written.")
    assert reports.told.isVisible()
