"""The page on which a night is read: the picture, beside it what is to be judged, below it the time line."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSplitter, QTabWidget, QVBoxLayout, QWidget

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.clip import Crop
from reviewer_app.gui.learn.teach_panel import TeachPanel
from reviewer_app.gui.player.player import Player
from reviewer_app.gui.player.player_view import PlayerView
from reviewer_app.gui.review import Review
from reviewer_app.gui.shortcuts import SHORTCUTS, Keys
from reviewer_app.gui.timeline.timeline import Timeline
from reviewer_app.gui.triage.event_list import EventList
from reviewer_app.gui.triage.gap_review import GapReview
from reviewer_app.gui.triage.history_panel import HistoryPanel
from reviewer_app.gui.triage.verdict_panel import VerdictPanel
from reviewer_app.gui.triage.why_panel import Ask, WhyPanel
from reviewer_app.gui.work.suggestions_panel import SuggestionsPanel
from reviewer_app.jobs.request import Compute


class Scrolling(QScrollArea):
    """Shows a panel whole where there is room, and scrolls it where large letters leave none."""

    def __init__(self, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidget(panel)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as the panel likes to be."""
        panel = self.widget()
        return panel.sizeHint() if panel else super().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the verdict buttons and a scroll bar."""
        letter = self.fontMetrics()
        return QSize(letter.averageCharWidth() * 40, letter.height() * 6)


class ReviewPage(QWidget):
    """Everything about the recording under review; each part shows the review and knows no other part."""

    def __init__(
        self,
        review: Review,
        player: Player,
        keys: Keys,
        ask: Ask,
        *,
        bundle_folders: tuple[Path, ...] = (),
        compute: Callable[[], Compute] = Compute,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Review"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.player_view = PlayerView(player)
        self.timeline = Timeline(review)
        self.events = EventList(review)
        self.gap_review = GapReview(review)
        self.teach = TeachPanel(review)
        self.verdicts = VerdictPanel(review, keys, judge=self.judge)
        self.why = WhyPanel(review, ask, bundle_folders, compute=compute)
        self.history = HistoryPanel(review)
        self.suggestions = SuggestionsPanel(review)
        self._empty = self._nothing_open()
        self._side = self._make_side()
        self._across, self._down = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        self._is_divided = False
        self._lay_out()
        self._connect(review)
        self.set_keys(keys)
        self._show_whether_open(review)

    def set_keys(self, keys: Keys) -> None:
        """Names other keys in the tips, after a rebinding."""
        self.verdicts.set_keys(keys)
        self.history.set_keys(keys)
        self.player_view.transport.set_keys({each.action_id: keys.text(each.action_id) for each in SHORTCUTS})

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Divides the page at its first show, when its size is known, unless a person divided it before."""
        super().showEvent(event)
        if not self._is_divided:
            self._is_divided = True
            width, height = self.width(), self.height()
            self._down.setSizes([round(0.63 * height), round(0.37 * height)])
            self._across.setSizes([round(0.52 * width), round(0.48 * width)])

    def layout_state(self) -> tuple[QByteArray, QByteArray]:
        """How the person has divided the page."""
        return self._across.saveState(), self._down.saveState()

    def restore_layout(self, state: tuple[QByteArray, QByteArray]) -> None:
        """Divides the page as it was."""
        self._is_divided = True
        self._across.restoreState(state[0])
        self._down.restoreState(state[1])

    def keep_note(self) -> None:
        """Hands on a note that is still being typed."""
        self.verdicts.note.keep()

    def show_only_picture(self, only: bool) -> None:
        """Gives the picture all the room, or shows everything again."""
        self._side.setVisible(not only)
        self.timeline.setVisible(not only)
        self.player_view.show_only_picture(only)

    def judge(self, label: Label) -> None:
        """Takes a verdict key: on the moment that a panel leads through, or on what is selected."""
        if self.teach.has_moment:
            self.teach.judge(label)
        else:
            # It knows whether a selected flag is meant, or the moment at the playhead.
            self.gap_review.judge(label)

    def teach_me(self) -> None:
        """Shows the next moment whose verdict would teach most."""
        self.show_tab(self.teach)
        self.teach.go_on()

    def show_tab(self, tab: QWidget) -> None:
        """Brings a panel to the front."""
        self._tabs.setCurrentWidget(tab)

    def _connect(self, review: Review) -> None:
        picture = self.player_view
        self.why.overlay_wanted.connect(picture.set_overlay)
        picture.crop_drawn.connect(review.set_crop)
        review.crop_changed.connect(lambda: picture.set_crop(_crop_of(review)))
        review.trace_changed.connect(lambda: picture.set_crop(_crop_of(review)))
        review.clock_changed.connect(lambda: picture.set_clock_times(review.clock_times))
        picture.set_clock_times(review.clock_times)
        review.recording_changed.connect(lambda: self._show_whether_open(review))

    def _make_side(self) -> QWidget:
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(self.tr("Panels"))
        self._tabs.setDocumentMode(True)
        self._tabs.setUsesScrollButtons(True)
        for panel, title in (
            (self.events, self.tr("Flags")),
            (self.gap_review, self.tr("Not flagged")),
            (self.teach, self.tr("Teach me")),
            (self.why, self.tr("Why")),
            (self.history, self.tr("History")),
            (self.suggestions, self.tr("Quality")),
        ):
            self._tabs.addTab(panel, title)
        side = QSplitter(Qt.Orientation.Vertical)
        side.addWidget(self._tabs)
        side.addWidget(Scrolling(self.verdicts))
        side.setStretchFactor(0, 1)
        side.setStretchFactor(1, 0)
        side.setChildrenCollapsible(False)
        side.setSizes([self._tabs.minimumSizeHint().height(), self.verdicts.sizeHint().height()])
        return side

    def _lay_out(self) -> None:
        self._across.addWidget(self.player_view)
        self._across.addWidget(self._side)
        self._across.setStretchFactor(0, 3)
        self._across.setStretchFactor(1, 2)
        self._across.setChildrenCollapsible(False)
        self._down.addWidget(self._across)
        self._down.addWidget(self.timeline)
        self._down.setStretchFactor(0, 3)
        self._down.setStretchFactor(1, 1)
        self._down.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._empty)
        column.addWidget(self._down)

    def _nothing_open(self) -> QLabel:
        label = QLabel(self.tr("Open a recording: choose one under Recordings (F2), or drop files on this window."))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        return label

    def _show_whether_open(self, review: Review) -> None:
        is_open = review.recording is not None
        self._empty.setVisible(not is_open)
        self._down.setVisible(is_open)


def _crop_of(review: Review) -> Crop | None:
    """What the next scan shall see, if a person drew that; else what the model saw."""
    identity = review.subject.identity if review.subject else None
    return review.crop or (identity.crop if identity else None)
