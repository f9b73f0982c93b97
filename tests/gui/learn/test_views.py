from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from reviewer_app.domain.recipe import PAPER, SMALL
from reviewer_app.domain.snapshot import Consensus
from reviewer_app.errors import RequestError
from reviewer_app.gui.learn.bundles_view import BundlesView
from reviewer_app.gui.learn.learn_page import LearnPage
from reviewer_app.gui.learn.left_over import LeftOverDialog
from reviewer_app.gui.learn.new_snapshot import NewSnapshotDialog, SnapshotOrder
from reviewer_app.gui.learn.training_view import TrainingView
from reviewer_app.jobs.learn_request import (
    Evaluated,
    ExportSnapshot,
    FinetuneRequest,
    Leftover,
    LeftoverKind,
    ListLeftovers,
    PromoteRequest,
    RemakeSnapshot,
    RemoveLeftover,
    Trained,
)
from reviewer_app.jobs.message import WINDOW_AUC, Figure, Learning
from reviewer_app.store import promotions
from reviewer_app.store.promotions import Decision, Promotion
from tests.gui.learn.stand_ins import WARD, StandIn, comparison, snapshot_facts


def test_the_page_reads_the_library_when_it_is_shown(page: LearnPage) -> None:
    assert [row[0] for row in page.snapshots.model.rows] == ["week", "e" * 12]


def test_the_chosen_snapshot_stays_chosen_when_a_new_one_comes(page: LearnPage, session: StandIn) -> None:
    view = page.snapshots
    view.table.selectRow(1)
    page.lessons.make_snapshot(SnapshotOrder("new"))
    session.last().then(snapshot_facts("d" * 64, name="new"))
    assert [row[0] for row in view.model.rows] == ["new", "week", "e" * 12]
    assert view.chosen is not None
    assert view.chosen.identity == "e" * 64
    assert "e" * 64 in view.content.toPlainText()


def test_a_snapshot_tells_its_content_and_its_warnings(page: LearnPage) -> None:
    told = page.snapshots.content.toPlainText()
    assert "patients 1, windows 3, of these with a spasm 1" in told
    assert "Careful: Only 2 patients." in told


def test_the_chosen_snapshot_is_checked_and_exported(
    page: LearnPage, session: StandIn, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page.snapshots.table.selectRow(1)
    qtbot.mouseClick(page.snapshots.remake_button, Qt.MouseButton.LeftButton)
    assert session.last().request == RemakeSnapshot(session.desk.place, "e" * 64)
    session.last().then(True)
    to = tmp_path / "s.json"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(to), ""))
    qtbot.mouseClick(page.snapshots.export_button, Qt.MouseButton.LeftButton)
    assert session.last().request == ExportSnapshot(session.desk.place, "e" * 64, to)


def test_what_i_say_makes_me_the_adjudicator(
    page: LearnPage, session: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(dialog: NewSnapshotDialog) -> int:
        box = dialog.consensus_box
        box.setCurrentIndex(box.findData(Consensus.ADJUDICATED))
        dialog.name.setText("mine")
        return 1

    monkeypatch.setattr(NewSnapshotDialog, "exec", choose)
    page.snapshots.make()
    rules = session.last().request.rules
    assert (session.last().request.name, rules.consensus, rules.adjudicator) == ("mine", Consensus.ADJUDICATED, 1)


def test_a_snapshot_is_asked_for_until_there_is_one(session: StandIn, qtbot: QtBot) -> None:
    page = LearnPage(session.as_session)
    qtbot.addWidget(page)
    assert page.training.told.text().startswith("Make a snapshot first")
    page.show()
    session.last().then((snapshot_facts(),))
    assert page.training.told.text() == ""


def test_nothing_is_trained_without_a_name(page: LearnPage) -> None:
    training = page.training
    assert not training.start_button.isEnabled()
    training.name.setText("ward-2")
    assert training.start_button.isEnabled()


def test_the_recipe_fills_the_form_and_the_form_changes_the_recipe(page: LearnPage) -> None:
    training = page.training
    assert training.recipe == PAPER
    training.recipe_box.setCurrentIndex(1)
    assert training.recipe == SMALL
    training.epochs.setValue(3)
    assert training.recipe.epochs == 3


def test_the_last_layer_is_new_where_the_base_cannot_tell_spasms_yet(page: LearnPage, session: StandIn) -> None:
    training = page.training
    session.bundles = (*session.bundles, replace(WARD, name="kinetics", identity="k" * 64, operating_points=()))
    session.bundles_known.emit()
    assert (training.base_box.currentData(), training.fresh.isChecked()) == ("starter", False)
    training.base_box.setCurrentIndex(training.base_box.findData("kinetics"))
    assert training.fresh.isChecked()
    training.base_box.setCurrentIndex(training.base_box.findData("ward"))
    assert not training.fresh.isChecked()


def test_several_graphics_cards_learn_together_where_that_is_asked(
    page: LearnPage, session: StandIn, qtbot: QtBot
) -> None:
    page.training.devices.setValue(4)
    started(page, qtbot)
    assert session.last().request.devices == 4


def test_only_the_last_layer_is_trained_where_that_is_asked(page: LearnPage, session: StandIn, qtbot: QtBot) -> None:
    assert not page.training.head_only.isChecked()
    page.training.head_only.setChecked(True)
    started(page, qtbot)
    assert session.last().request.recipe == replace(PAPER, frozen_trunk=True)
    assert not page.training.head_only.isEnabled()  # as long as it trains


LEFT = (
    Leftover("clips-1", LeftoverKind.CLIPS, 2_500_000_000, "2026-11-20T10:00:00+00:00", in_use=True),
    Leftover("ward-2", LeftoverKind.TRAINING, 1_000_000, "2026-11-19T08:30:00+00:00", in_use=False),
)


@pytest.fixture
def left_over(page: LearnPage, session: StandIn, monkeypatch: pytest.MonkeyPatch) -> LeftOverDialog:
    shown: list[LeftOverDialog] = []

    def show(dialog: LeftOverDialog) -> int:
        shown.append(dialog)
        return 0

    monkeypatch.setattr(LeftOverDialog, "exec", show)
    page.training.left_over_button.click()
    assert session.last().request == ListLeftovers(session.desk.place)
    session.last().then(LEFT)
    return shown[0]


def test_what_trainings_left_is_told_with_the_room_it_takes(left_over: LeftOverDialog) -> None:
    first, second = left_over.model.rows
    assert first == ("clips-1", "a training works there now", "2.5 GB", "2026-11-20 10:00")
    assert second[1].startswith("a stopped training")
    assert "unencrypted" in left_over.told.text()


def test_a_stopped_training_is_given_up_only_when_that_is_confirmed(
    left_over: LeftOverDialog, session: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter((QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes))
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    left_over.table.selectRow(1)
    before = len(session.queue.asked)
    left_over.remove_button.click()
    assert len(session.queue.asked) == before
    left_over.remove_button.click()
    assert session.last().request == RemoveLeftover(session.desk.place, "ward-2")
    session.last().then(LEFT[1])
    assert session.last().request == ListLeftovers(session.desk.place)
    session.last().then(LEFT[:1])
    assert [row[0] for row in left_over.model.rows] == ["clips-1"]
    left_over.remove_button.click()  # what can be made again is not asked for twice
    assert session.last().request == RemoveLeftover(session.desk.place, "clips-1")
    session.last().then(LEFT[0])
    session.last().then(())
    assert not left_over.remove_button.isEnabled()
    assert left_over.told.text() == "Trainings left nothing in the library's folder."


def test_a_closed_list_of_what_is_left_is_gone(left_over: LeftOverDialog, page: LearnPage, qtbot: QtBot) -> None:
    left_over.show()
    left_over.reject()
    qtbot.waitUntil(lambda: not page.findChildren(LeftOverDialog))


def test_what_cannot_be_removed_is_told(left_over: LeftOverDialog, page: LearnPage, session: StandIn) -> None:
    said: list[str] = []
    page.lessons.said.connect(said.append)
    left_over.remove_button.click()
    session.last().otherwise(RequestError("Another training works there."))
    assert said == ["Another training works there."]


def test_a_training_runs_with_its_curves_and_can_be_stopped(page: LearnPage, session: StandIn, qtbot: QtBot) -> None:
    training = started(page, qtbot)
    assert isinstance(session.last().request, FinetuneRequest)
    session.last().told(Learning(1, 2, 5, 10, 0.7, 1e-4, 8.0, 60.0))
    session.last().told(Learning(2, 2, 10, 10, 0.5, 1e-4, 8.0, 0.0, ((WINDOW_AUC, 0.9), ("loss", 0.4))))
    losses, aucs = training.curves.drawn
    assert (list(losses), list(aucs)) == ([(5, 0.7), (10, 0.5)], [(10, 0.9)])
    assert "Epoch 2 of 2" in training.told.text()
    assert (training.bar.value(), training.bar.maximum()) == (10, 10)
    assert not training.name.isEnabled()
    qtbot.mouseClick(training.stop_button, Qt.MouseButton.LeftButton)
    assert session.last().cancelled
    assert training.name.isEnabled()


def started(page: LearnPage, qtbot: QtBot) -> TrainingView:
    training = page.training
    page.tabs.setCurrentWidget(training)
    training.name.setText("ward-2")
    qtbot.mouseClick(training.start_button, Qt.MouseButton.LeftButton)
    return training


def test_the_end_of_a_training_tells_its_figures(page: LearnPage, session: StandIn, qtbot: QtBot) -> None:
    training = started(page, qtbot)
    session.last().then(Trained(WARD, (Figure("window AUC", 0.912, None, None, 3, "patients"),), 20, 130.0))
    assert training.result.text().splitlines() == ["ward is there. On validation patients:", "window AUC: 0.912"]


def compared(page: LearnPage, session: StandIn, *, may_be_promoted: bool = True) -> BundlesView:
    page.tabs.setCurrentWidget(page.bundles)
    page.bundles.table.selectRow(1)
    page.bundles.compare_button.click()
    session.last().then(comparison(may_be_promoted=may_be_promoted))
    return page.bundles


def test_a_comparison_shows_both_bundles_and_what_is_not_known(page: LearnPage, session: StandIn) -> None:
    bundles = compared(page, session)
    assert session.queue.asked[-1].request.candidate == "ward"
    assert bundles.figures.rows[0] == ("window AUC", "0.810", "0.920", "0.110", "0.050 to 0.180", "4")
    assert bundles.figures.rows[1][2:5] == ("–", "–", "")
    assert "better on 4 patients" in bundles.advice.text()


def test_promoting_asks_first(page: LearnPage, session: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    bundles = compared(page, session)
    answers = iter((QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes))
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    before = len(session.queue.asked)
    bundles.promote_button.click()
    assert len(session.queue.asked) == before
    bundles.promote_button.click()
    assert isinstance(session.last().request, PromoteRequest)


def test_a_bundle_that_may_not_be_promoted_cannot_be(page: LearnPage, session: StandIn) -> None:
    bundles = compared(page, session, may_be_promoted=False)
    assert not bundles.promote_button.isEnabled()
    assert bundles.keep_button.isEnabled()


def test_the_bundle_that_was_promoted_can_be_taken_back(page: LearnPage, session: StandIn) -> None:
    row = Promotion(Decision.PROMOTE, "w" * 64, "ward", "s" * 64, "starter", "w" * 64, "{}")
    promotions.append(session.desk.library, row)
    page.lessons.refresh()
    assert page.bundles.back_button.isEnabled()
    assert page.bundles.model.rows[1][-1] == "current"
    assert "ward is current since" in page.bundles.past.text()


def test_without_a_history_there_is_nothing_to_roll_back_to(page: LearnPage) -> None:
    assert not page.bundles.back_button.isEnabled()
    assert "the bundle of the settings scans" in page.bundles.past.text()


def test_without_a_promotion_the_settings_bundle_is_marked_as_current(page: LearnPage, session: StandIn) -> None:
    assert [row[-1] for row in page.bundles.model.rows] == ["current, by the settings", ""]
    page.bundles.table.selectRow(0)
    assert not page.bundles.compare_button.isEnabled()
    session.default_bundle = "ward"
    session.bundles_known.emit()
    assert [row[-1] for row in page.bundles.model.rows] == ["", "current, by the settings"]
    session.default_bundle = "away"
    session.bundles_known.emit()
    assert "is not on this computer" in page.bundles.past.text()


def test_a_bundle_that_came_back_is_current_by_no_settings(page: LearnPage, session: StandIn) -> None:
    library = session.desk.library
    promotions.append(library, Promotion(Decision.PROMOTE, "w" * 64, "ward", "s" * 64, "starter", "w" * 64, "{}"))
    promotions.append(library, Promotion(Decision.ROLL_BACK, "s" * 64, "starter", "w" * 64, "ward", "s" * 64, "{}"))
    session.default_bundle = "ward"  # changed meanwhile
    page.lessons.refresh()
    assert [row[-1] for row in page.bundles.model.rows] == ["current", ""]
    assert "All promotions were taken back" in page.bundles.past.text()


def test_the_bundle_of_one_patient_is_told_as_such(page: LearnPage, session: StandIn) -> None:
    own = Promotion(Decision.PROMOTE, "w" * 64, "ward", "s" * 64, "starter", "w" * 64, '{"patient": "P7"}')
    promotions.append(session.desk.library, own)
    page.lessons.refresh()
    assert [row[-1] for row in page.bundles.model.rows] == ["current", "current for one patient"]
    assert "ward is current for one patient since" in page.bundles.past.text()


def test_a_training_starts_from_what_scans_until_another_base_is_chosen(page: LearnPage, session: StandIn) -> None:
    base = page.training.base_box
    assert base.currentData() == "starter"
    row = Promotion(Decision.PROMOTE, "w" * 64, "ward", "s" * 64, "starter", "w" * 64, "{}")
    promotions.append(session.desk.library, row)
    page.lessons.refresh()
    assert base.currentData() == "ward"
    base.setCurrentIndex(base.findData("starter"))
    page.lessons.refresh()
    assert base.currentData() == "starter"


def test_an_evaluation_is_listed_and_its_report_opened(
    page: LearnPage, session: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reports = page.reports
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_: str(tmp_path))
    reports.write_button.click()
    assert session.last().request.to == tmp_path / "starter-report"
    figures = (Figure("spasms found", 0.8, 0.7, 0.9, 4, "patients"),)
    session.last().then(Evaluated(tmp_path, tmp_path / "r.html", tmp_path / "r.pdf", figures, "the rules"))
    assert reports.model.rows == (("spasms found", "0.800", "0.700 to 0.900", "4 patients"),)
    assert reports.told.text() == "the rules"
    opened: list[str] = []
    monkeypatch.setattr(
        "PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(Path(url.toLocalFile()).name)
    )
    reports.open_button.click()
    reports.paper_button.click()
    assert opened == ["r.html", "r.pdf"]
