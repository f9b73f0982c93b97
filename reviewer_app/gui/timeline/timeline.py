"""The timeline: the whole recording above, a zoomed stretch below, and what moves between them."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from reviewer_app.domain.window import Interval
from reviewer_app.gui.learn.adapted_switch import AdaptedSwitch
from reviewer_app.gui.review import Review
from reviewer_app.gui.shell.elided import ElidedLabel
from reviewer_app.gui.timeline.detail import Detail
from reviewer_app.gui.timeline.go_to_box import GoToBox
from reviewer_app.gui.timeline.hover_picture import HoverPicture
from reviewer_app.gui.timeline.overview import Overview
from reviewer_app.gui.timeline.readout import readout

HALF_A_STEP = 0.005
"""Scores nearer to what the box shows than this are the same to two decimals."""


class Timeline(QWidget):
    """Overview and detail of the recording under review, with the operating point in words.

    ``below`` is an empty place under the detail, for views that share its time, such as an EEG.
    """

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self.setAccessibleName(self.tr("Timeline"))
        self.overview = Overview(review)
        self.detail = Detail(review)
        self.go_to_box = GoToBox(review)
        self.point_box = self._make_point_box()
        self.adapted_switch = AdaptedSwitch(review)
        self.words = ElidedLabel()
        self.below = QVBoxLayout()
        self._lay_out()
        self.hover = HoverPicture(review, self.overview, self.overview.x_at, kinds_at=self.overview.kinds_at)
        self.overview.time_pointed_at.connect(self.hover.point_at)
        self.detail.view_changed.connect(self.overview.show_view)
        self.overview.view_wanted.connect(self.detail.set_view)
        self.overview.show_view(self.detail.view)
        for signal in (
            review.candidates_changed,
            review.trace_changed,
            review.adaptation_changed,
            review.mode_changed,
            review.recording_changed,
        ):
            signal.connect(self._show_point)
        self._show_point()

    def fit_event(self) -> None:
        """Shows the selected event."""
        self.detail.fit_event()

    def fit_hour(self) -> None:
        """Shows an hour."""
        self.detail.fit_hour()

    def fit_all(self) -> None:
        """Shows everything."""
        self.detail.fit_all()

    def focus_go_to(self) -> None:
        """Lets the person write a time to go to."""
        self.go_to_box.begin()

    def visible_interval(self) -> Interval:
        """What the detail shows."""
        return self.detail.view

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.overview)
        column.addLayout(self._make_bar())
        column.addWidget(self.detail, stretch=1)
        column.addLayout(self.below)

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(6, 0, 6, 0)
        for text, tip, act in (
            (self.tr("Event"), self.tr("Zoom to the event (Z)"), self.fit_event),
            (self.tr("Hour"), self.tr("Show one hour (H)"), self.fit_hour),
            (self.tr("All"), self.tr("Show everything (A)"), self.fit_all),
        ):
            bar.addWidget(_button(text, tip, act))
        bar.addWidget(self.go_to_box)
        bar.addSpacing(8)
        name = QLabel(self.tr("Operating point"))
        name.setBuddy(self.point_box)
        bar.addWidget(name)
        bar.addWidget(self.point_box)
        bar.addSpacing(8)
        bar.addWidget(self.adapted_switch)
        self.words.setAccessibleName(self.tr("What is flagged"))
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bar.addSpacing(8)
        bar.addWidget(self.words, stretch=1)
        return bar

    def _make_point_box(self) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(0.0, 1.0)
        box.setSpecialValueText("–")  # no threshold is 0: there is none to show
        box.setSingleStep(0.01)
        box.setDecimals(2)
        box.setKeyboardTracking(False)
        box.setAccessibleName(self.tr("Operating point"))
        box.setToolTip(self.tr("The score that a flag must reach; drag the line in the curve, or press Ctrl+Up in it"))
        box.valueChanged.connect(self._review.set_threshold)
        return box

    def _show_point(self) -> None:
        self.words.say(readout(self._review))
        point = self.detail.point
        self.point_box.setEnabled(point is not None)
        shown = point.enter if point is not None else 0.0
        if abs(self.point_box.value() - shown) > HALF_A_STEP:
            with QSignalBlocker(self.point_box):
                self.point_box.setValue(shown)


def _button(text: str, tip: str, act: "object") -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.clicked.connect(act)
    return button
