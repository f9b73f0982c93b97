import sys
from subprocess import run

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.window import Interval
from reviewer_app.gui.shell.theme import apply_theme
from reviewer_app.gui.subject import Subject
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import BEN, recording, subject
from tests.gui.timeline.stage import settle, staged


def test_every_control_has_a_name_and_every_button_tells_its_key(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    assert_accessible(timeline)
    buttons = timeline.findChildren(QToolButton)
    assert [each.toolTip()[-3:] for each in buttons] == ["(Z)", "(H)", "(A)"]
    assert timeline.overview.accessibleDescription()
    assert timeline.detail.accessibleDescription()


def test_the_operating_point_is_told_in_words_and_follows(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    first = timeline.words.text()
    assert first.startswith(f"Flags: {review.workload.flags}")
    timeline.point_box.setValue(0.3)
    assert review.point is not None
    assert review.point.enter == pytest.approx(0.3)
    assert timeline.words.text() != first
    assert "8.0 false alarms an hour predicted" in timeline.words.text()
    review.set_threshold(0.5)
    assert timeline.point_box.value() == 0.5


def test_a_verdict_changes_what_is_left_in_the_words(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    left = review.workload.left
    review.select([review.candidates[0].key])
    review.judge(Label.SPASM)
    assert f"{left - 1} left" in timeline.words.text()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Subject(7, recording()), "Not scanned yet"),
        (subject(points=()), "no calibrated operating point"),
        (subject(scanned=0.5), "% not scanned yet"),
    ],
)
def test_it_is_said_what_nothing_was_looked_for_in(qtbot: QtBot, given: Subject, words: str) -> None:
    timeline, _, _ = staged(qtbot, given)
    assert words in timeline.words.text()


def test_nothing_flagged_is_never_called_nothing_there(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    review.set_threshold(1.0)
    assert "may still hold spasms" in timeline.words.text()


def test_blind_mode_hides_the_operating_point_and_others_statements(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    review.annotate(Interval(200, 210), Label.SPASM)
    review.set_rater(BEN)
    review.annotate(Interval(220, 230), Label.ARTEFACT)
    settle(qtbot, timeline)
    assert len(timeline.detail._others.marks) == 1
    review.set_blind(True)
    settle(qtbot, timeline)
    assert timeline.detail.point is None
    assert not timeline.point_box.isEnabled()
    assert timeline.point_box.text() == "–"
    assert len(timeline.detail._flags) == len(timeline.detail._others.marks) == 0
    assert len(timeline.detail._own.marks) == 1
    assert timeline.detail._pyramid is None
    review.set_blind(False)
    settle(qtbot, timeline)
    assert timeline.point_box.isEnabled()
    assert len(timeline.detail._flags) == review.workload.flags


def test_the_go_to_box_takes_and_gives_back_the_keyboard(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    timeline.detail.setFocus()
    timeline.focus_go_to()
    QTest.keyClicks(timeline.go_to_box, "+90")
    with qtbot.waitSignal(review.go_to_wanted) as went:
        QTest.keyClick(timeline.go_to_box, Qt.Key.Key_Return)
    assert went.args[0] == pytest.approx(90)
    assert timeline.detail.hasFocus()


def test_clock_or_elapsed_times_are_on_the_axis(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    assert "22:00" in timeline.detail.accessibleDescription()
    review.set_clock_times(False)
    assert "22:00" not in timeline.detail.accessibleDescription()
    assert "0:10:00" in timeline.detail.accessibleDescription()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("scale", [100, 200])
def test_it_is_drawn_in_every_theme_and_size(qtbot: QtBot, theme: str, scale: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    timeline, review, _ = staged(qtbot, subject(scanned=0.8))
    review.select([review.candidates[0].key])
    review.judge(Label.SPASM)
    try:
        apply_theme(app, theme, scale)
        settle(qtbot, timeline)
        picture = timeline.grab().toImage()
        ground = timeline.palette().base().color()
        colours = {
            picture.pixelColor(x, y).rgb() for x in range(0, picture.width(), 3) for y in range(picture.height())
        }
        assert ground.rgb() in colours
        assert len(colours) > 50
    finally:
        apply_theme(app, "light", 100)


def test_the_window_imports_no_heavy_library_for_it() -> None:
    code = (
        "import sys, reviewer_app.gui.timeline.timeline; "
        "print([m for m in ('torch', 'cv2', 'mne', 'matplotlib', 'scipy') if m in sys.modules])"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
