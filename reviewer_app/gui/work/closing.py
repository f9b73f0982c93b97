"""Closing the window while a scan or a training runs: asked first, ended cleanly, gone on with next time."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from reviewer_app.gui.work.job import JobState
from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.gui.work.job_thread import end_all_jobs


def may_close(queue: JobQueue, parent: QWidget | None = None) -> bool:
    """Whether the window may close; asks where a scan runs or waits."""
    left = sum(job.state not in (JobState.DONE, JobState.FAILED) for job in queue.jobs)
    if queue.active is None or left == 0:
        return True
    box = _box(parent, QCoreApplication.translate("Closing", "A scan is running"))
    box.setText(QCoreApplication.translate("Closing", "Stop the scan and close?"))
    box.setInformativeText(
        QCoreApplication.translate(
            "Closing", "What is scanned is kept and goes on next time. Scans left: %n.", "", left
        )
    )
    return _stops(box, stay=QCoreApplication.translate("Closing", "&Keep scanning"))


def may_stop_training(parent: QWidget | None = None) -> bool:
    """Whether the window may close although a training runs; asks."""
    box = _box(parent, QCoreApplication.translate("Closing", "A training is running"))
    box.setText(QCoreApplication.translate("Closing", "Stop the training and close?"))
    box.setInformativeText(
        QCoreApplication.translate(
            "Closing", "What was learned is kept; the same training, started again, goes on from there."
        )
    )
    return _stops(box, stay=QCoreApplication.translate("Closing", "&Keep training"))


def _box(parent: QWidget | None, title: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    return box


def _stops(box: QMessageBox, *, stay: str) -> bool:
    stop = box.addButton(QCoreApplication.translate("Closing", "&Stop and close"), QMessageBox.ButtonRole.AcceptRole)
    stays = box.addButton(stay, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stays)
    box.setEscapeButton(stays)
    box.exec()
    return box.clickedButton() is stop


def end_work(queue: JobQueue) -> bool:
    """Ends the scan and all questions, and waits for their processes; what waits stays in the library.

    Returns:
        Whether all have ended.
    """
    queue.close()
    return end_all_jobs()
