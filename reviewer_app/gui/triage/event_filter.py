"""The row of boxes above the list: which candidates it shows, and in which order."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from reviewer_app.domain.annotation import Label
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.event_rows import Kind, Order, Wanted
from reviewer_app.gui.triage.words import label_with_sign


class EventFilter(QWidget):
    """What of the candidates is wanted.

    Signals:
        wanted_changed: Another ``Wanted`` holds.
    """

    wanted_changed = Signal(object)

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self.wanted = Wanted()
        self.kind_box = self._make_kind_box()
        self.rater_box = QComboBox()
        self.rater_box.setAccessibleName(self.tr("Who spoke of them"))
        self.rater_box.setToolTip(self.tr("Lists only what this rater spoke of."))
        self.order_box = self._make_order_box()
        self.words_box = QLineEdit()
        self.words_box.setAccessibleName(self.tr("Words in notes"))
        self.words_box.setPlaceholderText(self.tr("Words in notes"))
        self.words_box.setToolTip(self.tr("Lists only what has a note with these words."))
        self.words_box.setClearButtonEnabled(True)
        self._lay_out()
        self.words_box.textChanged.connect(lambda text: self._want(replace(self.wanted, words=text)))
        self.rater_box.currentIndexChanged.connect(
            lambda: self._want(replace(self.wanted, rater_id=self.rater_box.currentData()))
        )
        self.offer_raters()

    def _lay_out(self) -> None:
        # One row: what stands above the list is taken from it.
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for box in (self.kind_box, self.order_box, self.rater_box, self.words_box):
            box.setMinimumWidth(self.fontMetrics().averageCharWidth() * 12)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(box, 1)

    def _make_kind_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Which are listed"))
        box.setToolTip(self.tr("Which flags and intervals are listed."))
        box.addItem(self.tr("All"), Kind.ALL)
        box.addItem(self.tr("Without my verdict"), Kind.OPEN)
        box.addItem(self.tr("Named by a person only"), Kind.UNFLAGGED)
        for label in Label:
            box.addItem(label_with_sign(label), label)
        # Read from the table rather than from the box: a label would come back from it as a plain text.
        kinds: list[Kind | Label] = [Kind.ALL, Kind.OPEN, Kind.UNFLAGGED, *Label]
        box.currentIndexChanged.connect(lambda place: self._want(replace(self.wanted, kind=kinds[place])))
        return box

    def _make_order_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Sorted by"))
        box.setToolTip(self.tr("By what the list is sorted; a click on a column's head does the same."))
        box.addItem(self.tr("In order of time"), Order.TIME)
        box.addItem(self.tr("Highest score first"), Order.SCORE)
        box.addItem(self.tr("Most uncertain first"), Order.UNCERTAINTY)
        box.addItem(self.tr("By cluster"), Order.CLUSTER)
        box.activated.connect(lambda: self.sort(box.currentData(), descending=False))
        return box

    def sort(self, order: Order, *, descending: bool) -> None:
        """Wants the candidates in another order."""
        self.order_box.setCurrentIndex(self.order_box.findData(order))
        self._want(replace(self.wanted, order=order, descending=descending))

    def offer_raters(self) -> None:
        """Offers the raters who said something that may be seen."""
        raters = {each.rater.rater_id: each.rater.name for each in self._review.annotations}
        names: list[tuple[str, int | None]] = [(self.tr("Anybody"), None)]
        names += sorted((name, rater_id) for rater_id, name in raters.items())
        if names == [(self.rater_box.itemText(i), self.rater_box.itemData(i)) for i in range(self.rater_box.count())]:
            return
        chosen = self.wanted.rater_id if self.wanted.rater_id in raters else None
        blocker = QSignalBlocker(self.rater_box)
        self.rater_box.clear()
        for name, rater_id in names:
            self.rater_box.addItem(name, rater_id)
        self.rater_box.setCurrentIndex([rater_id for _, rater_id in names].index(chosen))
        blocker.unblock()
        self._want(replace(self.wanted, rater_id=chosen))

    def _want(self, wanted: Wanted) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self.wanted_changed.emit(wanted)
