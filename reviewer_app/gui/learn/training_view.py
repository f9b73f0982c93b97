"""Training: what to learn from, from where, by which recipe; and how it goes."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.domain.recipe import RECIPES, Recipe
from reviewer_app.gui.learn.curves import Curves
from reviewer_app.gui.learn.left_over import LeftOverDialog
from reviewer_app.gui.learn.lessons import Lessons, TrainingOrder
from reviewer_app.gui.learn.parts import button, line, number
from reviewer_app.gui.learn.steps import End, Step
from reviewer_app.gui.media_words import in_words
from reviewer_app.gui.work.job_words import duration_text
from reviewer_app.jobs.learn_request import Trained
from reviewer_app.jobs.message import Learning


class TrainingView(QWidget):
    """A form, a bar, two curves."""

    def __init__(self, lessons: Lessons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Training"))
        self._lessons = lessons
        self.snapshot_box = _box(self.tr("Snapshot to learn from"))
        self.base_box = _box(self.tr("Bundle to start from"))
        self._usual_base = ""  # name of the bundle that scans, once it is known
        self.recipe_box = _box(self.tr("Recipe"))
        self.recipe_box.setToolTip(
            self.tr("“paper” is the published recipe; “small” suits a small network and a computer without a GPU.")
        )
        for name in RECIPES:
            self.recipe_box.addItem(name, name)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the new bundle"))
        self.name.setToolTip(self.tr("Small letters, digits, dots and hyphens; do not name patients in it."))
        self.epochs, self.batch = _count(self.tr("Epochs"), 1000), _count(self.tr("Clips in a batch"), 1024)
        self.rate = QDoubleSpinBox(decimals=6, minimum=0.000001, maximum=0.1, singleStep=0.0001)
        self.rate.setAccessibleName(self.tr("Learning rate"))
        self.devices = _count(self.tr("Graphics cards"), 64)
        self.devices.setToolTip(
            self.tr("So many graphics cards of this computer learn together, each from a batch of its own.")
        )
        self.fresh = QCheckBox(self.tr("New last layer, as in the paper"))
        self.fresh.setToolTip(self.tr("Otherwise the last layer of the bundle is trained further."))
        self.head_only = QCheckBox(self.tr("Only the last layer"))
        self.head_only.setToolTip(
            self.tr(
                "Trains nothing below it (frozen_trunk): for few clips, or too little memory for the whole network."
            )
        )
        self.told, self.result = line(self.tr("How the training goes")), line(self.tr("What came of it"))
        self._progress = ""  # in words, while a network learns and once it has learned
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self.curves = Curves()
        self.start_button = button(
            self.tr("&Train"), self.tr("Train; a stopped training of this name goes on."), self.start
        )
        self.stop_button = button(
            self.tr("&Stop"), self.tr("Stop; what was learned is kept, and training goes on from there."), lessons.stop
        )
        self.left_over_button = button(
            self.tr("&Left over…"),
            self.tr("What stopped trainings and kept clips take up on the disk, and how to be rid of it."),
            self.show_left_over,
        )
        self._lay_out()
        lessons.changed.connect(self._refresh)
        lessons.learned.connect(self._show_progress)
        lessons.trained.connect(self._show_result)
        self.recipe_box.currentIndexChanged.connect(self._take_recipe)
        self.base_box.currentIndexChanged.connect(self._take_base)
        self.name.textChanged.connect(self._refresh)
        self._take_recipe()
        self._refresh()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Snapshot"), self.snapshot_box)
        form.addRow(self.tr("Start from"), self.base_box)
        form.addRow(self.tr("New bundle"), self.name)
        form.addRow(self.tr("Recipe"), self.recipe_box)
        form.addRow(self.tr("Epochs"), self.epochs)
        form.addRow(self.tr("Batch"), self.batch)
        form.addRow(self.tr("Learning rate"), self.rate)
        form.addRow(self.tr("Graphics cards"), self.devices)
        form.addRow(self.fresh)
        form.addRow(self.head_only)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start_button)
        buttons.addWidget(self.stop_button)
        buttons.addStretch()
        buttons.addWidget(self.left_over_button)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addLayout(buttons)
        left.addWidget(self.result)
        left.addStretch()
        right = QVBoxLayout()
        right.addWidget(self.bar)
        right.addWidget(self.told)
        right.addWidget(self.curves, 1)
        row = QHBoxLayout(self)
        row.addLayout(left, 2)
        row.addLayout(right, 3)

    @property
    def _fields(self) -> tuple[QWidget, ...]:
        chosen = (self.snapshot_box, self.base_box, self.recipe_box, self.fresh, self.head_only)
        return (*chosen, self.name, self.epochs, self.batch, self.rate, self.devices)

    @property
    def recipe(self) -> Recipe:
        """The chosen recipe with what was changed in it."""
        return replace(
            RECIPES[self.recipe_box.currentData()],
            epochs=self.epochs.value(),
            batch=self.batch.value(),
            learning_rate=self.rate.value(),
            frozen_trunk=self.head_only.isChecked(),
        )

    def start(self) -> None:
        """Orders the training."""
        self.curves.clear_all()
        self.bar.setValue(0)
        self.result.clear()
        self._lessons.train(
            TrainingOrder(
                self.snapshot_box.currentData(),
                self.base_box.currentData(),
                self.name.text().strip(),
                self.recipe,
                fresh_head=self.fresh.isChecked(),
                devices=self.devices.value(),
            )
        )

    def show_left_over(self) -> None:
        """Shows what trainings left on the disk."""
        LeftOverDialog(self._lessons, self).exec()

    def _take_recipe(self) -> None:
        recipe = RECIPES[self.recipe_box.currentData()]
        self.epochs.setValue(recipe.epochs)
        self.batch.setValue(recipe.batch)
        self.rate.setValue(recipe.learning_rate)
        self.head_only.setChecked(recipe.frozen_trunk)

    def _take_base(self) -> None:
        """A base that cannot tell spasms yet gets a new last layer; another would unlearn what it knows."""
        base = next((each for each in self._lessons.bundles if each.name == self.base_box.currentData()), None)
        self.fresh.setChecked(base is not None and not base.operating_points)

    def _refresh(self) -> None:
        lessons = self._lessons
        _fill(
            self.snapshot_box,
            [
                (f"{each.name or each.identity[:12]} · {each.made_at[:16].replace('T', ' ')}", each.identity)
                for each in lessons.snapshots
            ],
        )
        _fill(self.base_box, [(each.name, each.name) for each in lessons.bundles])
        self._follow_current()
        ready = bool(self.snapshot_box.count() and self.base_box.count() and self.name.text().strip())
        self.start_button.setEnabled(ready and not lessons.is_busy)
        self.stop_button.setEnabled(lessons.is_training)
        for each in self._fields:
            each.setEnabled(not lessons.is_training)
        self._forget_progress()
        self._tell()

    def _forget_progress(self) -> None:
        """What was said of a training that goes on holds no more once something else goes on, or it broke off."""
        end = self._lessons.last(Step.TRAINING).end
        if end in (End.STOPPED, End.FAILED) or (self._lessons.is_training and self._lessons.activity):
            self._progress = ""
        if end is End.FAILED:
            self.bar.setValue(0)

    def _tell(self) -> None:
        lessons = self._lessons
        first = "" if lessons.snapshots else self.tr("Make a snapshot first: training reads nothing else.")
        told = filter(None, (lessons.line(Step.TRAINING), self._progress))
        self.told.setText("\n".join(told) or first)

    def _follow_current(self) -> None:
        """Starts from the bundle that scans, unless the person has chosen another."""
        current = self._lessons.current
        if current is not None and self._usual_base in ("", self.base_box.currentData()):
            self.base_box.setCurrentIndex(self.base_box.findData(current.name))
            self._usual_base = current.name

    def _show_progress(self, learned: Learning) -> None:
        self.bar.setMaximum(max(1, learned.steps))
        self.bar.setValue(learned.step)
        self._progress = self.tr("Epoch {epoch} of {epochs}, loss {loss}, {pace} clips a second, {left} left").format(
            epoch=learned.epoch,
            epochs=learned.epochs,
            loss=number(learned.loss),
            pace=number(learned.clips_per_second, 1),
            left=duration_text(learned.seconds_left) or "–",
        )
        self._tell()
        self.curves.add(learned)

    def _show_result(self, trained: Trained) -> None:
        self.bar.setValue(self.bar.maximum())
        told = [self.tr("{name} is there. On validation patients:").format(name=trained.bundle.name)]
        told += [f"{in_words(each.what)}: {number(each.value)}" for each in trained.validation]
        self.result.setText("\n".join(told))
        self._progress = self.tr("Done in {time}").format(time=duration_text(trained.seconds))
        self._tell()


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(24)
    return box


def _count(name: str, most: int) -> QSpinBox:
    box = QSpinBox(minimum=1, maximum=most)
    box.setAccessibleName(name)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    return box


def _fill(box: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
    """Shows these entries and keeps what was chosen, where it is still there."""
    if [(box.itemText(i), box.itemData(i)) for i in range(box.count())] == list(entries):
        return
    before = box.currentData()
    box.clear()
    for text, data in entries:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(before)))
