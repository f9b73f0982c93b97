"""Whether a screen reader can name everything in a window that takes the focus."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QScrollBar, QWidget


def assert_accessible(root: QWidget) -> None:
    """Fails with the list of controls that take the focus and have no accessible name."""
    nameless = unnamed_controls(root)
    assert not nameless, "without an accessible name: " + ", ".join(nameless)


def unnamed_controls(root: QWidget) -> list[str]:
    """Controls within a widget that take the focus and have no name, as paths of classes from the root."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or _belongs_to_qt(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None and interface.isValid() else ""
        if not (name or widget.accessibleName()).strip():
            found.append(_path(widget, root))
    return found


def _belongs_to_qt(widget: QWidget) -> bool:
    """Whether it is the inside of a control of Qt's: a spin box's line, a list's header or viewport."""
    if isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_") or widget.focusProxy() is not None:
        return True
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QComboBox):
        above = above.parentWidget()
    return above is not None  # a box's own list


def _path(widget: QWidget, root: QWidget) -> str:
    steps: list[str] = []
    each: QObject | None = widget
    while each is not None:
        steps.append(type(each).__name__ + (f"#{each.objectName()}" if each.objectName() else ""))
        if each is root:
            break
        each = each.parent()
    return "/".join(reversed(steps))
