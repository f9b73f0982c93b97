"""How the window looks: light, dark or high contrast, and how large its letters are."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from reviewer_app.gui.shell.shades import CONTRAST, DARK, LIGHT, Shades, palette
from reviewer_app.gui.shell.sheet import sheet
from reviewer_app.settings import LEAST_SCALE, MOST_SCALE, THEMES


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
    app.setStyleSheet(sheet(shades))
    _scale_font(app, scale)
    app.setProperty("theme", name)
    app.setProperty("font_scale", scale)
    _follow(app)


def is_dark(app: QApplication) -> bool:
    """Whether light letters stand on a dark ground now."""
    colours = app.palette()
    window, text = colours.color(QPalette.ColorRole.Window), colours.color(QPalette.ColorRole.WindowText)
    return window.lightnessF() < text.lightnessF()


def _shades(app: QApplication, name: str) -> Shades:
    if name == "contrast":
        return CONTRAST
    if name == "system":
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if name == "dark" else LIGHT


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
            app.setStyleSheet(sheet(shades))

    app.styleHints().colorSchemeChanged.connect(turned)
    app.setProperty("follows_desktop", True)
