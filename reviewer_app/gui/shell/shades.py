"""The colours of the light, the dark and the high-contrast theme."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor, QPalette


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
