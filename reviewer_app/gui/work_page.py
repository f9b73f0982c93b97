"""The page of all recordings, with the work that is done on them below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from reviewer_app.gui.session import Session
from reviewer_app.gui.work.jobs_panel import JobsPanel
from reviewer_app.gui.work.recordings_page import RecordingsPage
from reviewer_app.gui.work.shelf import Shelf


class WorkPage(QWidget):
    """Recordings above, jobs below.

    Signals:
        open_wanted: A recording shall come under review; its number.
        scan_wanted: Recordings shall be scanned; a tuple of their numbers.
    """

    open_wanted = Signal(int)
    scan_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Recordings and jobs"))
        review = session.review
        self.shelf = Shelf(
            session.desk.library,
            session.queue,
            bundles=lambda: session.bundles,
            rater=lambda: review.rater,
            parent=self,
        )
        self.recordings = RecordingsPage(self.shelf)
        self.jobs = JobsPanel(session.queue)
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(self.recordings)
        down.addWidget(self.jobs)
        down.setStretchFactor(0, 3)
        down.setStretchFactor(1, 1)
        down.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(down)
        self.setFocusProxy(self.recordings.table)
        self.recordings.open_wanted.connect(self.open_wanted)
        self.recordings.scan_wanted.connect(self.scan_wanted)
        self.shelf.said.connect(session.said)
        session.library_changed.connect(self.shelf.refresh)
        session.bundles_known.connect(self.shelf.refresh)
