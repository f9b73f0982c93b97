"""Backups come from time to time and at the end, and a failed one is told."""

from pytestqt.qtbot import QtBot

from reviewer_app.errors import StoreError
from reviewer_app.gui.backups import BackupKeeper
from tests.gui.ears import Ear


def test_a_backup_is_made_from_time_to_time_and_a_failure_does_not_end_that(qtbot: QtBot) -> None:
    made: list[int] = []

    def back_up() -> None:
        made.append(len(made))
        if len(made) == 1:
            raise StoreError("No backup: the disk is full.")

    keeper = BackupKeeper(back_up, every=0.01)
    ear = Ear(keeper.failed)
    keeper.start()
    qtbot.waitUntil(lambda: ear.heard == ["No backup: the disk is full."])
    qtbot.waitUntil(lambda: len(made) > 2, timeout=60_000)
    keeper.finish()


def test_the_last_backup_is_made_at_the_end(qtbot: QtBot) -> None:
    made: list[bool] = []
    keeper = BackupKeeper(lambda: made.append(True), every=3600)
    keeper.start()
    keeper.finish()
    assert made == [True]
