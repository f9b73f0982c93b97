"""What a palette cannot say: edges that can be seen on a dark ground, in high contrast around all that can be pressed.

Fusion draws edges darker than the ground, which on a dark ground is none. The light theme needs none of this.
"""

from collections.abc import Mapping

from reviewer_app.gui.shell.shades import CONTRAST, LIGHT, Shades
from reviewer_app.paths import resources_folder

_ALL = """
QToolTip { color: @text; background-color: @base; border: 1px solid @border; padding: 0.2em; }
QCheckBox::indicator, QListView::indicator, QRadioButton::indicator { width: 0.9em; height: 0.9em; }
"""

_DARK = """
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { border: 1px solid @border; padding: 0.1em; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border-color: @accent; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: @button; border: none; width: 1.3em; }
QAbstractSpinBox::up-arrow { image: url("@icons/up.svg"); width: 0.7em; height: 0.5em; }
QAbstractSpinBox::down-arrow { image: url("@icons/down.svg"); width: 0.7em; height: 0.5em; }
QCheckBox::indicator, QListView::indicator { border: 1px solid @border; background: @base; }
QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked, QListView::indicator:checked { image: url("@icons/tick.svg"); }
QRadioButton::indicator { border: 1px solid @border; border-radius: 0.45em; background: @base; }
QRadioButton::indicator:focus { border-color: @accent; }
QRadioButton::indicator:checked { background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
    stop:0 @text, stop:0.5 @text, stop:0.6 @base, stop:1 @base); }
"""

_CONTRAST = """
QGroupBox { border: 1px solid @border; margin-top: 1.5em; padding-top: 0.3em; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; }
QPushButton, QToolButton { border: 1px solid @border; }
QPushButton { padding: 0.3em 0.9em; }
QToolButton { padding: 0.2em; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; }
QPushButton:checked, QToolButton:checked { background: @accent; color: @on_accent; }
QPushButton:disabled, QToolButton:disabled { border-style: dotted; background: @window; color: @dim; }
QTabBar::tab { border: 1px solid @border; padding: 0.3em 0.8em; }
QTabBar::tab:selected { background: @accent; color: @on_accent; }
QAbstractItemView { border: 1px solid @border; }
QAbstractItemView:focus { border-color: @accent; }
QHeaderView::section { background: @window; color: @text; border: 1px solid @border; padding: 0.2em; }
QScrollBar { background: @window; border: 1px solid @border; }
QScrollBar:vertical { width: 1em; }
QScrollBar:horizontal { height: 1em; }
QScrollBar::handle { background: @dim; }
QScrollBar::handle:vertical { min-height: 2em; }
QScrollBar::handle:horizontal { min-width: 2em; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QSlider::groove:horizontal { height: 0.3em; background: @window; border: 1px solid @border; }
QSlider::handle:horizontal { width: 0.7em; margin: -0.4em 0; background: @text; border: 1px solid @window; }
QSlider::handle:horizontal:focus { background: @accent; }
QProgressBar { border: 1px solid @border; text-align: center; }
QSplitter::handle { background: @dim; }
"""


def sheet(shades: Shades) -> str:
    """The style sheet of a theme."""
    parts = [_ALL]
    if shades is not LIGHT:
        parts.append(_DARK)
    if shades is CONTRAST:
        parts.append(_CONTRAST)
    words = {name: str(getattr(shades, name)) for name in Shades.__slots__}
    return _filled("".join(parts), {**words, "icons": (resources_folder() / "icons").as_posix()})


def _filled(text: str, words: Mapping[str, str]) -> str:
    # Longest first: "@on_accent" is not "@on" and something.
    for name in sorted(words, key=len, reverse=True):
        text = text.replace(f"@{name}", words[name])
    return text
