"""A night from the files to the export, through the real window: what was said is there, the recording is untouched."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Form, Label
from reviewer_app.domain.window import Interval, total_seconds
from reviewer_app.gui.main_window import MainWindow
from reviewer_app.gui.review import Review
from reviewer_app.gui.shell.report_dialog import ReportChoice
from tests.journeys.stage import LONG, open_number, order_scan, press, saved, start_in, window_on

ROOT = Path(__file__).parents[2]
CONTROL = Qt.KeyboardModifier.ControlModifier

AUDIT = """
import json, sys
from pathlib import Path
from reviewer_app.store import ledger
from tests.journeys.stage import library_of, place_in
with library_of(place_in(Path(sys.argv[1]))) as library:
    library.check()
    actions = ledger.load(library, int(sys.argv[2]))  # raises where the chain is broken
    print(json.dumps([[each.action_id, each.rater.name] for each in actions]))
"""


def contents(folder: Path) -> dict[str, tuple[str, int]]:
    """Each file's hash and time of change, by name."""
    return {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(folder.iterdir())
    }


def scan(window: MainWindow, phantom: Path, qtbot: QtBot) -> int:
    """Drops the recording on the window and has it scanned; gives its number."""
    session = window.session
    assert session is not None
    number = order_scan(window, qtbot, *phantom.glob("*.mp4"))
    beats: list[int] = []
    pulse = QTimer(window, interval=50)
    pulse.timeout.connect(lambda: beats.append(1))
    pulse.start()
    review = session.review
    qtbot.waitUntil(lambda: review.trace is not None and review.trace.finished, timeout=3 * LONG)
    qtbot.waitUntil(lambda: session.queue.active is None, timeout=LONG)
    pulse.stop()
    assert len(beats) > 10, "the window lives while it scans"
    return number


def label(window: MainWindow, qtbot: QtBot) -> None:
    """Verdicts, words, a note, undo, redo, one verdict for all, reviewed time."""
    assert window.session is not None
    review = window.session.review
    window.activateWindow()  # without a window manager nobody else does that after a dialog
    qtbot.waitUntil(window.isActiveWindow, timeout=LONG)
    review.set_threshold(0.02)
    review.set_position(0)
    assert review.candidates, "with so low a threshold something is flagged"
    press(window, Qt.Key.Key_N, Qt.Key.Key_1, Qt.Key.Key_P, Qt.Key.Key_F, Qt.Key.Key_D)
    QTest.keyClicks(window.review_page.verdicts.note, "=cmd() <b>arms</b>")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Z, with_keys=CONTROL)
    press(window, Qt.Key.Key_Y, with_keys=CONTROL)
    first = review.candidates[0].own
    assert first is not None
    assert (first.label, first.statement.semiology.form) == (Label.SPASM, Form.FLEXOR)
    assert first.statement.note == "=cmd() <b>arms</b>"
    review.select([each.key for each in review.candidates])
    press(window, Qt.Key.Key_3)
    assert {each.verdict for each in review.candidates} == {Label.UNSURE}
    press(window, Qt.Key.Key_Z, with_keys=CONTROL)
    assert review.candidates[0].verdict is Label.SPASM
    audit_a_sample(window, qtbot)
    press(window, Qt.Key.Key_A, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: saved(window), timeout=LONG)


def audit_a_sample(window: MainWindow, qtbot: QtBot) -> None:
    """Plays a stretch drawn by lot of what was not flagged, really and to its end, and names a spasm in it."""
    assert window.session is not None
    review, gaps = window.session.review, window.review_page.gap_review
    review.set_threshold(0.99)  # so that much is not flagged
    press(window, Qt.Key.Key_X)
    assert gaps.isVisible()
    gaps.goes_on.setChecked(False)
    QTest.mouseClick(gaps.at_random, Qt.MouseButton.LeftButton)
    assert "Stretches drawn by lot" in gaps.result.text()
    before = total_seconds(review.reviewed)
    QTest.mouseClick(gaps.next, Qt.MouseButton.LeftButton)
    assert gaps.current is not None
    stretch = gaps.current.interval
    for _ in range(5):  # where a busy machine leaves out pictures, a person plays them again
        qtbot.waitUntil(lambda: review.position >= stretch.stop, timeout=LONG)
        window.session.player.pause()
        qtbot.wait(500)
        if "Sampled stretches looked at: 1" in gaps.result.text():
            break
        QTest.mouseClick(gaps.again, Qt.MouseButton.LeftButton)
    assert total_seconds(review.reviewed) > before + 0.8 * stretch.seconds, "what was played counts as looked at"
    # By lot the stretch may hold the spasm that was named before.
    already = spasms_in(review, stretch)
    assert f"Spasms that you named in them: {already}" in gaps.result.text()
    said = [each.interval for each in review.labels.annotations]
    places = (stretch.middle, stretch.start + 2, stretch.stop - 2)
    free = next(place for place in places if not any(each.contains(place) for each in said))
    review.go_to(free)
    qtbot.waitUntil(lambda: abs(review.position - free) < 0.5, timeout=LONG)
    press(window, Qt.Key.Key_1)
    assert spasms_in(review, stretch) == already + 1
    qtbot.waitUntil(lambda: f"Spasms that you named in them: {already + 1}" in gaps.result.text(), timeout=LONG)
    window.review_page.show_tab(window.review_page.events)
    review.set_threshold(0.02)


def spasms_in(review: Review, stretch: Interval) -> int:
    """How many spasms the reviewer has named there."""
    said = review.labels.annotations
    return sum(each.label is Label.SPASM and stretch.contains(each.interval.middle) for each in said)


def audit(folder: Path, number: int) -> list[list[str]]:
    """What another program finds in the library, after it has checked everything."""
    call = [sys.executable, "-c", AUDIT, str(folder), str(number)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    return [list(each) for each in json.loads(done.stdout)]


def export(window: MainWindow, folder: Path, qtbot: QtBot) -> set[str]:
    """Everything there is to write; gives the kinds of the files."""
    written: list[Path] = []
    window.export.written.connect(written.extend)
    window.export.write(ReportChoice(folder, csv=True, bids=True, with_notes=True))
    qtbot.waitUntil(lambda: {".html", ".pdf", ".csv"} <= {path.suffix for path in written}, timeout=LONG)
    assert all(path.stat().st_size for path in written)
    return {path.suffix for path in written}


def test_a_night_from_the_files_to_the_export(phantom: Path, tmp_path: Path, qtbot: QtBot) -> None:
    before = contents(phantom)
    with window_on(start_in(tmp_path, ROOT / "models"), qtbot) as window:
        number = scan(window, phantom, qtbot)
        label(window, qtbot)
        assert window.session is not None
        said = [action.action_id for action in window.session.review.actions]
    assert audit(tmp_path, number) == [[action_id, "Anna"] for action_id in said]

    with window_on(start_in(tmp_path, ROOT / "models"), qtbot) as again:
        open_number(again, number, qtbot)
        assert again.session is not None
        review = again.session.review
        assert [action.action_id for action in review.actions[: len(said)]] == said
        assert review.candidates[0].verdict is Label.SPASM
        assert review.reviewed
        exported = tmp_path / "exported"
        assert export(again, exported, qtbot) >= {".html", ".pdf", ".csv", ".tsv"}
        tables = "".join(path.read_text("utf-8-sig") for path in exported.rglob("*.csv"))
        assert "'=cmd() <b>arms</b>" in tables, "a spreadsheet must not run a note"
        assert "<b>arms</b>" not in "".join(path.read_text("utf-8") for path in exported.rglob("*.html"))
        while any(each.own is not None for each in review.candidates):
            standing = len(review.actions)
            press(again, Qt.Key.Key_Z, with_keys=CONTROL)
            assert len(review.actions) == standing + 1, "undo reaches back behind the last start"
    assert contents(phantom) == before
