"""From verdicts in the window to a bundle that scans instead of the old one, through the real window."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from reviewer_app.domain.snapshot import Role
from reviewer_app.domain.window import Interval
from reviewer_app.gui.learn.learn_page import LearnPage
from reviewer_app.gui.learn.new_snapshot import NewSnapshotDialog
from reviewer_app.gui.main_window import MainWindow
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import Compute, ScanRequest
from reviewer_app.settings import Settings
from tests.jobs.studies import Infant, make_study
from tests.journeys.reader import Reader, Truth
from tests.journeys.stage import LONG, press, start_in, window_on

ROOT = Path(__file__).parents[2]
INFANTS = (
    Infant("a"),
    Infant("b", onsets=(9.0, 24.0, 50.0)),
    Infant("c", Role.VALIDATE, 480, (15.0, 60.0, 120.0, 180.0, 220.0, 300.0, 400.0)),
    Infant("d", Role.HELD_OUT, onsets=(10.0, 25.0, 45.0)),
)
READ = Infant("e", onsets=(10.0, 30.0, 50.0))

AUDIT = """
import json, sys
from pathlib import Path
from reviewer_app.domain.ledger import Labels
from reviewer_app.store import ledger, promotions, snapshots
from tests.journeys.stage import library_of, place_in
with library_of(place_in(Path(sys.argv[1]))) as library:
    library.check()
    labels = Labels.of(ledger.load(library, int(sys.argv[2])))
    newest = snapshots.all_snapshots(library)[0].snapshot
    print(json.dumps({
        "said": [[each.label.value, each.rater.name] for each in labels.annotations],
        "finalised": [[span.start, span.stop] for each in labels.annotations[:1]
                      for span in labels.finalised_by(each.rater.rater_id)],
        "roles": [[patient, role.value] for patient, role in newest.roles],
        "decisions": [[each.decision.value, each.bundle_name, each.replaced_name]
                      for each in promotions.history(library)],
    }))
"""


@pytest.mark.timeout(900)
def test_verdicts_become_a_bundle_that_is_compared_promoted_and_taken_back(
    tmp_path: Path, bundles: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    study = make_study(tmp_path, (*INFANTS, READ), said=INFANTS)
    number = len(INFANTS) + 1
    scan = ScanRequest((study.films[-1],), study.place, "tiny", (bundles,), compute=Compute(threads=1), patient="e")
    for _ in supervise(scan):
        pass
    start = start_in(tmp_path, bundles, own, settings=Settings(rater="Anna", language="en", bundle="tiny"))
    with window_on(start, qtbot) as window:
        assert window.session is not None
        qtbot.waitUntil(lambda: bool(window.session and window.session.bundles), timeout=LONG)
        read(window, number)
        page = learning(window, qtbot)
        freeze(page, qtbot, monkeypatch)
        train(page, qtbot)
        compare_and_promote(page, qtbot, monkeypatch)
        assert page.bundles.past.text().startswith("learned is current")
        page.bundles.back_button.click()
        idle(page, qtbot)
        assert page.bundles.past.text().startswith("All promotions were taken back")
    found = audited(tmp_path, number)
    assert sum(label == "spasm" for label, _ in found["said"]) == len(READ.onsets)
    assert {name for _, name in found["said"]} == {"Anna"}
    assert found["finalised"], "what was looked at was finalised"
    assert ["e", "train"] in found["roles"], "the words given in the window train"
    assert [each[:2] for each in found["decisions"]] == [["promote", "learned"], ["rollback", "tiny"]]


def read(window: MainWindow, number: int) -> None:
    """Verdicts on all flags, names for what was not flagged, and the whole night finalised."""
    spasms = tuple(Interval(onset, onset + 1.5) for onset in READ.onsets)
    reader = Reader(window, number, Truth(spasms, (), float(READ.seconds)))
    reader.lower_the_point(5)
    reader.judge(5)
    reader.finish()


def learning(window: MainWindow, qtbot: QtBot) -> LearnPage:
    """The learning page, when it knows the library."""
    press(window, Qt.Key.Key_F4)
    page = window.pages.currentWidget()
    assert isinstance(page, LearnPage)
    qtbot.waitUntil(lambda: bool(page.lessons.snapshots), timeout=LONG)
    return page


def idle(page: LearnPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.lessons.is_busy, timeout=3 * LONG)


def freeze(page: LearnPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new snapshot of all that is finalised."""
    before = len(page.lessons.snapshots)
    monkeypatch.setattr(NewSnapshotDialog, "exec", lambda dialog: (dialog.name.setText("all"), 1)[1])
    page.snapshots.make_button.click()
    idle(page, qtbot)
    assert len(page.lessons.snapshots) == before + 1


def train(page: LearnPage, qtbot: QtBot) -> None:
    """A short training on it, from the bundle that scanned."""
    training = page.training
    trained: list[object] = []
    page.lessons.trained.connect(trained.append)
    page.tabs.setCurrentWidget(training)
    training.snapshot_box.setCurrentIndex(training.snapshot_box.findText("all", Qt.MatchFlag.MatchStartsWith))
    training.base_box.setCurrentIndex(training.base_box.findData("tiny"))
    training.recipe_box.setCurrentIndex(training.recipe_box.findData("small"))
    training.name.setText("learned")
    training.epochs.setValue(8)
    training.rate.setValue(0.003)
    said: list[str] = []
    page.lessons.said.connect(said.append)
    training.start_button.click()
    idle(page, qtbot)
    assert trained, said
    losses, aucs = training.curves.drawn
    assert losses
    assert aucs, "the curve on validation patients is drawn"


def compare_and_promote(page: LearnPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The candidate meets the current bundle; it is promoted after a question."""
    bundles, lessons = page.bundles, page.lessons
    page.tabs.setCurrentWidget(bundles)
    qtbot.waitUntil(lambda: "learned" in [each.name for each in lessons.bundles], timeout=LONG)
    bundles.table.selectRow([each.name for each in lessons.bundles].index("learned"))
    bundles.compare_button.click()
    idle(page, qtbot)
    assert lessons.comparison is not None
    assert bundles.figures.rows, lessons.comparison.advice  # both are shown side by side
    assert bundles.promote_button.isEnabled(), lessons.comparison.advice
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    said: list[str] = []
    lessons.said.connect(said.append)
    bundles.promote_button.click()
    idle(page, qtbot)
    assert said[-1:] == ["learned is the current bundle."]


def audited(folder: Path, number: int) -> dict[str, list[list[str]]]:
    """What stands in the database, read by another process."""
    run = [sys.executable, "-c", AUDIT, str(folder), str(number)]
    found: dict[str, list[list[str]]] = json.loads(
        subprocess.run(run, cwd=ROOT, check=True, capture_output=True).stdout
    )
    return found
