"""The page on which corrected labels become a better model."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from reviewer_app.gui.learn.bundles_view import BundlesView
from reviewer_app.gui.learn.lessons import Lessons
from reviewer_app.gui.learn.reports_view import ReportsView
from reviewer_app.gui.learn.snapshots_view import SnapshotsView
from reviewer_app.gui.learn.training_view import TrainingView
from reviewer_app.gui.session import Session


class LearnPage(QWidget):
    """Four steps side by side: snapshots, training, bundles, reports."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Learning"))
        self.lessons = Lessons(session, self)
        self.snapshots, self.training = SnapshotsView(self.lessons), TrainingView(self.lessons)
        self.bundles, self.reports = BundlesView(self.lessons), ReportsView(self.lessons)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Steps of learning"))
        for view, title in (
            (self.snapshots, self.tr("&1 Snapshots")),
            (self.training, self.tr("&2 Training")),
            (self.bundles, self.tr("&3 Bundles")),
            (self.reports, self.tr("&4 Reports")),
        ):
            self.tabs.addTab(view, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.setFocusProxy(self.tabs)
        self.lessons.said.connect(session.said)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Reads anew what the library holds: others may have said and scanned more meanwhile."""
        super().showEvent(event)
        self.lessons.refresh()
