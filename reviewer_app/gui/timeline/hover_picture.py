"""The small picture above the overview: what is to be seen at the second under the mouse."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from reviewer_app.gui.review import Review
from reviewer_app.gui.timeline.bands import Kind
from reviewer_app.gui.timeline.thumbnails import Thumbnail, Thumbnails, Wish, end_all_thumbnails
from reviewer_app.gui.timeline.ticks import time_text
from reviewer_app.media.viewer import Lack

REST = 60
"""Milliseconds for which the mouse must rest before a picture is sought; the time is shown at once."""

WIDTH_IN_LETTERS = 32.0
"""Of the picture, in mean letters of the font."""

ASPECT = 9 / 16
"""Height of the place for a picture, of its width."""

_HIDING = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.Leave,
    QEvent.Type.Hide,
    QEvent.Type.WindowDeactivate,
)


def _nothing_known(time: float) -> tuple[Kind, ...]:  # noqa: ARG001
    return ()


class HoverPicture(QFrame):
    """Time and picture of the second that the mouse points at, above a widget; never in the mouse's way."""

    def __init__(
        self,
        review: Review,
        target: QWidget,
        x_of: Callable[[float], float],
        *,
        kinds_at: Callable[[float], tuple[Kind, ...]] = _nothing_known,
    ) -> None:
        """Appears when ``point_at`` is called.

        Args:
            review: Whose recording is looked into.
            target: The widget that it stands above; its parent.
            x_of: The pixel of the target where a second lies.
            kinds_at: What the target's patterns say of a second; put into words here.
        """
        super().__init__(target, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._review = review
        self._target = target
        self._x_of = x_of
        self._kinds_at = kinds_at
        self._time = 0.0
        self._thumbnails = Thumbnails(self)
        self._thumbnails.found.connect(self._show_found)
        self._resting = QTimer(self, singleShot=True, interval=REST)
        self._resting.timeout.connect(self._seek)
        self._picture, self._words = QLabel(), QLabel()
        self._lay_out()
        target.installEventFilter(self)
        review.recording_changed.connect(self._reopen)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(end_all_thumbnails)
        self._reopen()

    def point_at(self, time: float | None) -> None:
        """Shows what is at a second; None hides it."""
        recording = self._review.recording
        if time is None or recording is None:
            self._withdraw()
            return
        self._time = time
        lines = (
            time_text(recording, time, clock=self._review.clock_times),
            *(each.text for each in self._kinds_at(time)),
        )
        self._words.setText("\n".join(lines))
        self._resting.start()
        self._place()
        if not self.isVisible():
            self._picture.clear()
            self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Goes away as soon as the mouse does anything else than point."""
        if event.type() in _HIDING:
            self._withdraw()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Grows with the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_letters()

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.Box)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in (self._picture, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(2)
        column.addWidget(self._picture)
        column.addWidget(self._words)
        self._fit_to_letters()

    def _fit_to_letters(self) -> None:
        width = QFontMetricsF(self.font()).averageCharWidth() * WIDTH_IN_LETTERS
        self._picture.setFixedSize(round(width), round(width * ASPECT))
        self.adjustSize()

    def _place(self) -> None:
        """Above the target, its middle over the second, as far as the screen reaches; below where there is no room."""
        self.adjustSize()
        over = self._target.mapToGlobal(QPoint(round(self._x_of(self._time)), 0))
        screen = self._target.screen().availableGeometry()
        spot = QRect(over.x() - self.width() // 2, over.y() - self.height() - 2, self.width(), self.height())
        if spot.top() < screen.top():
            spot.moveTop(over.y() + self._target.height() + 2)
        spot.moveLeft(max(screen.left(), min(spot.left(), screen.right() - spot.width() + 1)))
        self.move(spot.topLeft())

    def _reopen(self) -> None:
        self._withdraw()
        subject = self._review.subject
        self._thumbnails.look_into(self._review.recording, skip=subject.holes if subject else ())

    def _withdraw(self) -> None:
        self._resting.stop()
        self.hide()
        self._thumbnails.rest()

    def _wish(self) -> Wish:
        ratio = self.devicePixelRatioF()
        return Wish(self._time, (round(self._picture.width() * ratio), round(self._picture.height() * ratio)))

    def _seek(self) -> None:
        self._thumbnails.ask(self._wish())

    def _show_found(self, thumbnail: Thumbnail) -> None:
        if not self.isVisible() or thumbnail.wish != self._wish():
            return
        if thumbnail.image is not None:
            pixmap = QPixmap.fromImage(thumbnail.image)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture.setPixmap(pixmap)
        elif thumbnail.lack is Lack.GAP:
            self._picture.setText(self.tr("no video"))
        else:
            self._picture.setText(self.tr("video cannot be read"))
