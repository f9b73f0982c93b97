from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reviewer_app.domain.clip import WHOLE_PICTURE, Crop
from reviewer_app.domain.recording import ClockSource, Picture
from reviewer_app.gui.work.estimate import estimate, pace_key
from reviewer_app.gui.work.pace import PaceBook
from reviewer_app.gui.work.recording_row import RecordingRow
from reviewer_app.gui.work.scan_dialog import ScanDialog
from reviewer_app.jobs.library_request import Surveyed
from reviewer_app.jobs.message import BundleFacts
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import POINTS

BERLIN = ZoneInfo("Europe/Berlin")
SEEN = Surveyed(1, (), picture=Picture(1280, 720, frame_rate=25), clock=ClockSource.CONTAINER)
ROW = RecordingRow(
    "night.mp4", (Path("/x/night.mp4"),), 1, "P7", datetime(2026, 3, 14, 22, tzinfo=BERLIN), 3600.0, survey=SEEN
)
OTHER = replace(ROW, title="other.mp4", number=2, patient="P8")
STARTER = BundleFacts("starter", Path(), "s" * 64, "motion_conv, 64 px, motion", 9, "Apache-2.0", POINTS, "Drawn only.")
HIERA = BundleFacts("hiera", Path(), "h" * 64, "hiera, 224 px, rgb", 9, "CC-BY-NC-4.0", (), "")
BROKEN = BundleFacts("?", Path(), problem="It was altered.")
DRAWN = Crop(0.1, 0.2, 0.6, 0.7)


def dialog_of(qtbot: QtBot, *rows: RecordingRow, drawn: Crop | None = None, book: PaceBook | None = None) -> ScanDialog:
    dialog = ScanDialog(
        rows or (ROW,), bundles=(HIERA, STARTER, BROKEN), bundle="starter", stride=3, drawn=drawn, book=book
    )
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def texts(dialog: ScanDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_enter_orders_the_scan_that_the_settings_prefer(qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot)
    assert_accessible(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted
    (order,) = dialog.orders
    assert (order.title, order.paths, order.bundle, order.stride) == ("night.mp4", ROW.paths, "starter", 3)
    assert (order.crop, order.patient, order.start, order.number) == (None, "P7", None, 1)


def test_the_bundle_says_what_it_is_before_it_scans(qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot)
    assert [dialog.bundle_box.itemText(i) for i in range(dialog.bundle_box.count())] == ["hiera", "starter"]
    assert "Drawn only." in texts(dialog)
    assert "It was altered." in texts(dialog), "one that cannot be trusted is not chosen, and said"
    assert "Apache-2.0" in texts(dialog)
    assert "not calibrated" not in texts(dialog)
    dialog.bundle_box.setFocus()
    QTest.keyClick(dialog.bundle_box, Qt.Key.Key_Up)
    assert "CC-BY-NC-4.0" in texts(dialog)
    assert "not calibrated" in texts(dialog)
    assert dialog.orders[0].bundle == "hiera"


def test_a_drawn_rectangle_is_taken_and_can_be_left(qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, drawn=DRAWN)
    assert [order.crop for order in dialog.orders] == [DRAWN]
    dialog.whole.setFocus()
    QTest.keyClick(dialog.whole, Qt.Key.Key_Space)
    assert [order.crop for order in dialog.orders] == [WHOLE_PICTURE]
    dialog.automatic.setFocus()
    QTest.keyClick(dialog.automatic, Qt.Key.Key_Space)
    assert [order.crop for order in dialog.orders] == [None]
    assert not dialog_of(qtbot).drawn.isEnabled()


def test_several_recordings_share_how_but_keep_whose(qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, ROW, OTHER, drawn=DRAWN)
    dialog.stride_box.setValue(8)
    assert [(order.number, order.patient, order.stride, order.crop) for order in dialog.orders] == [
        (1, "P7", 8, None),
        (2, "P8", 8, None),
    ]


def test_a_person_states_when_the_recording_began(qtbot: QtBot) -> None:
    guessed = replace(ROW, survey=replace(SEEN, clock=ClockSource.MODIFIED))
    dialog = dialog_of(qtbot, guessed)
    assert "the time is a guess" in texts(dialog)
    assert dialog.began_edit.dateTime() == QDateTime(2026, 3, 14, 22, 0, 0)
    dialog.began_box.click()
    dialog.began_edit.setDateTime(QDateTime(2026, 7, 1, 21, 30, 15))
    assert dialog.orders[0].start == datetime(2026, 7, 1, 21, 30, 15, tzinfo=BERLIN)
    assert "the time is a guess" not in texts(dialog_of(qtbot))


def test_the_estimate_says_whether_it_was_measured(qtbot: QtBot, tmp_path: Path) -> None:
    book = PaceBook(tmp_path / "speeds.json")
    assert "rule of thumb" in texts(dialog_of(qtbot, book=book))
    book.note(pace_key(ROW, "starter", 3), 12.0)
    told = texts(dialog_of(qtbot, book=book))
    assert "going by earlier scans" in told
    assert "about 6 min" in told  # 3600 s / 12, and the beginning
    assert "rule of thumb" in texts(dialog_of(qtbot, replace(ROW, survey=None), book=book))


@pytest.mark.parametrize("cores", [1, 2, 64])
def test_the_rule_of_thumb_grows_with_what_there_is_to_do(monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)

    def seconds(row: RecordingRow, bundle: BundleFacts, stride: int) -> float:
        return estimate((row,), bundle, stride, None).seconds

    large = replace(ROW, survey=replace(SEEN, picture=Picture(3840, 2160, frame_rate=50)))
    assert seconds(large, STARTER, 3) > seconds(ROW, STARTER, 3)
    assert seconds(ROW, HIERA, 3) > seconds(ROW, STARTER, 3)
    assert seconds(ROW, HIERA, 1) > 2 * seconds(ROW, HIERA, 3)
    assert seconds(replace(ROW, seconds=7200.0), STARTER, 3) > seconds(ROW, STARTER, 3)
    # README, Measures: 17.9 x real time at 720p on two cores.
    if cores == 2:
        assert 3600 / 25 < seconds(ROW, STARTER, 3) < 3600 / 12


def test_without_a_list_of_bundles_the_settings_bundle_is_ordered(qtbot: QtBot) -> None:
    dialog = ScanDialog((ROW,), bundles=(), bundle="starter", stride=3)
    qtbot.addWidget(dialog)
    assert dialog.orders[0].bundle == "starter"
