"""The themes can be read, follow the desktop, and scale from the system's size however often they are changed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem
from pytestqt.qtbot import QtBot

from reviewer_app.gui.shell import theme
from reviewer_app.gui.shell.shades import CONTRAST, DARK, LIGHT, Shades
from reviewer_app.gui.shell.sheet import sheet
from reviewer_app.gui.shell.theme import apply_theme, is_dark
from reviewer_app.settings import THEMES


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    apply_theme(qapp)
    yield qapp
    apply_theme(qapp)
    qapp.setStyleSheet("")  # under a sheet fonts do not go down to children, which other tests want


def brightness(colour: str) -> float:
    """WCAG's relative luminance."""
    one = QColor(colour)
    parts = (one.redF(), one.greenF(), one.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("shades", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_every_text_can_be_read_on_its_ground(shades: Shades) -> None:
    for ground in (shades.window, shades.base, shades.alternate, shades.button):
        assert contrast(shades.text, ground) >= 7
        assert contrast(shades.dim, ground) >= 4.5
        assert contrast(shades.accent, ground) >= 4.5
    assert contrast(shades.on_accent, shades.accent) >= 4.5
    assert contrast(shades.border, shades.window) >= 2.5


def test_high_contrast_is_high() -> None:
    assert contrast(CONTRAST.text, CONTRAST.window) == pytest.approx(21)
    assert contrast(CONTRAST.dim, CONTRAST.window) >= 7


def test_a_theme_reaches_the_palette(app: QApplication) -> None:
    for name, dark in (("light", False), ("dark", True), ("contrast", True), ("light", False)):
        apply_theme(app, name)
        assert is_dark(app) is dark
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)


def test_letters_scale_from_the_systems_size_and_back(app: QApplication) -> None:
    ordinary = app.font().pointSizeF()
    for scale in (200, 200, 80, 100):
        apply_theme(app, "light", scale)
        assert app.font().pointSizeF() == pytest.approx(ordinary * scale / 100, abs=0.05)


@pytest.mark.parametrize(("name", "scale"), [("sepia", 100), ("light", 79), ("light", 201)])
def test_what_is_no_theme_is_a_mistake_of_the_caller(app: QApplication, name: str, scale: int) -> None:
    with pytest.raises(ValueError, match="must be"):
        apply_theme(app, name, scale)


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_of_the_settings_can_be_applied(app: QApplication, name: str) -> None:
    apply_theme(app, name)
    assert app.property("theme") == name


@pytest.mark.parametrize("shades", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_a_style_sheet_is_filled_in_and_its_pictures_exist(shades: Shades) -> None:
    text = sheet(shades)
    assert "@" not in text
    pictures = re.findall(r'url\("([^"]*)"\)', text)
    assert all(Path(picture).is_file() for picture in pictures)
    assert bool(pictures) == (shades is not LIGHT)


def test_a_window_that_goes_as_the_system_follows_it_at_dusk_and_another_does_not(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = [LIGHT]
    monkeypatch.setattr(theme, "_shades", lambda _app, name: desktop[0] if name == "system" else LIGHT)
    apply_theme(app, "system")
    # The platform without a screen has no dusk of its own.
    desktop[0] = DARK
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert is_dark(app)
    apply_theme(app, "light")
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not is_dark(app)


@pytest.mark.parametrize(("name", "shades"), [("dark", DARK), ("contrast", CONTRAST)])
def test_an_empty_box_in_a_list_is_seen_on_a_dark_ground(
    app: QApplication, qtbot: QtBot, name: str, shades: Shades
) -> None:
    apply_theme(app, name)
    boxes = QListWidget()
    qtbot.addWidget(boxes)
    boxes.setFrameShape(QListWidget.Shape.NoFrame)
    item = QListWidgetItem("P1", boxes)
    item.setCheckState(Qt.CheckState.Unchecked)
    boxes.show()
    place = boxes.visualItemRect(item)
    seen = boxes.viewport().grab(place).toImage()
    letter = boxes.fontMetrics().height()
    colours = {seen.pixelColor(x, y).name() for x in range(letter) for y in range(seen.height())}
    assert QColor(shades.border).name() in colours
