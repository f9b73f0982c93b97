"""How the window looks: light, dark or high contrast, and how large its letters are."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from reviewer_app.settings import LEAST_SCALE, MOST_SCALE, THEMES


@dataclass(frozen=True, slots=True)
class Shades:
    """The colours of one theme; every pair that text is read in has a contrast of 4.5 : 1 or more (WCAG 2.2 AA)."""

    window: str
    text: str
    base: str  # behind lists and boxes
    alternate: str  # every second row
    button: str
    dim: str  # text of what cannot be used now
    accent: str  # selection and links
    on_accent: str
    border: str


LIGHT: Final = Shades("#f3f4f6", "#15181c", "#ffffff", "#eceff3", "#e4e7ec", "#63686f", "#00507d", "#ffffff", "#8b929b")
DARK: Final = Shades("#1e2126", "#eceff3", "#15181c", "#1b1f24", "#2c3138", "#9aa1ab", "#56b4e9", "#0b0d10", "#68707b")
CONTRAST: Final = Shades(
    "#000000", "#ffffff", "#000000", "#141414", "#000000", "#c8c8c8", "#ffd800", "#000000", "#ffffff"
)


def apply_theme(app: QApplication, name: str = "system", scale: int = 100) -> None:
    """Gives the whole program a theme and a size of letters; both take effect at once.

    Args:
        app: The program.
        name: One of THEMES; "system" follows the desktop, also when that changes at dusk.
        scale: Size of letters in per cent of the system's, 80 to 200.
    """
    if name not in THEMES:
        raise ValueError(f"theme must be one of {', '.join(THEMES)}, not {name!r}")
    if not LEAST_SCALE <= scale <= MOST_SCALE:
        raise ValueError(f"scale must be {LEAST_SCALE} to {MOST_SCALE} per cent, not {scale}")
    app.setStyle("Fusion")  # the one style that takes every colour of a palette on every system
    app.styleHints().setColorScheme(
        {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light}.get(name, Qt.ColorScheme.Dark)
    )
    shades = _shades(app, name)
    app.setPalette(palette(shades))
    app.setStyleSheet(_sheet(shades, is_contrast=shades is CONTRAST))
    _scale_font(app, scale)
    app.setProperty("theme", name)
    app.setProperty("font_scale", scale)
    _follow(app)


def is_dark(app: QApplication) -> bool:
    """Whether light letters stand on a dark ground now."""
    colours = app.palette()
    window, text = colours.color(QPalette.ColorRole.Window), colours.color(QPalette.ColorRole.WindowText)
    return window.lightnessF() < text.lightnessF()


def palette(shades: Shades) -> QPalette:
    """A theme's colours in Qt's roles."""
    role = QPalette.ColorRole
    colours = QPalette(QColor(shades.button), QColor(shades.window))
    for each, colour in (
        (role.Window, shades.window),
        (role.WindowText, shades.text),
        (role.Base, shades.base),
        (role.AlternateBase, shades.alternate),
        (role.Text, shades.text),
        (role.Button, shades.button),
        (role.ButtonText, shades.text),
        (role.BrightText, shades.on_accent),
        (role.ToolTipBase, shades.base),
        (role.ToolTipText, shades.text),
        (role.Highlight, shades.accent),
        (role.HighlightedText, shades.on_accent),
        (role.Accent, shades.accent),
        (role.Link, shades.accent),
        (role.LinkVisited, shades.accent),
        (role.PlaceholderText, shades.dim),
        (role.Mid, shades.border),
    ):
        colours.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, each, QColor(shades.dim))
    return colours


def _shades(app: QApplication, name: str) -> Shades:
    if name == "contrast":
        return CONTRAST
    if name == "system":
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if name == "dark" else LIGHT


def _sheet(shades: Shades, *, is_contrast: bool) -> str:
    """Only what a palette cannot say: tooltips of their own window, and a focus that can be seen in high contrast."""
    sheet = (
        f"QToolTip {{ color: {shades.text}; background-color: {shades.base};"
        f" border: 1px solid {shades.border}; padding: 0.2em; }}"
    )
    if is_contrast:
        sheet += f" *:focus {{ outline: 2px solid {shades.accent}; }}"
        sheet += f" QPushButton, QToolButton, QComboBox {{ border: 1px solid {shades.border}; }}"
        sheet += f" QGroupBox {{ border: 1px solid {shades.border}; margin-top: 1.5em; padding-top: 0.3em; }}"
        sheet += " QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; }"
        sheet += " QPushButton { padding: 0.3em 0.9em; } QToolButton { padding: 0.2em; }"
        sheet += f" QPushButton:focus, QToolButton:focus {{ border: 2px solid {shades.accent}; }}"
    return sheet


def _scale_font(app: QApplication, scale: int) -> None:
    # The system's own size is kept aside: scaling what is already scaled would grow at every change.
    ordinary = app.property("ordinary_point_size")
    if ordinary is None:
        ordinary = app.font().pointSizeF()
        app.setProperty("ordinary_point_size", ordinary)
    font = app.font()
    font.setPointSizeF(float(ordinary) * scale / 100)
    app.setFont(font)


def _follow(app: QApplication) -> None:
    """Applies the theme again whenever the desktop turns light or dark; listens once."""
    if app.property("follows_desktop"):
        return

    def turned() -> None:
        if app.property("theme") == "system":
            shades = _shades(app, "system")
            app.setPalette(palette(shades))
            app.setStyleSheet(_sheet(shades, is_contrast=False))

    app.styleHints().colorSchemeChanged.connect(turned)
    app.setProperty("follows_desktop", True)
