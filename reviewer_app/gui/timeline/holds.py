"""What the mouse would take hold of in the detail."""

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from reviewer_app.domain.event import OperatingPoint
from reviewer_app.domain.window import Interval
from reviewer_app.gui.timeline.drawing import Sheet
from reviewer_app.gui.timeline.marks import Marks, Row

REACH = 5.0
"""Pixels by which one may miss an edge, a line or a mark."""


class Hold(Enum):
    """What a drag that begins here would do."""

    VIEW = auto()  # pan
    POINT = auto()  # move the operating point
    START = auto()  # move the first edge of an own statement
    STOP = auto()  # move its last edge
    NEW = auto()  # name an interval


@dataclass(frozen=True, slots=True)
class Held:
    """A hold, and the statement that it is on."""

    hold: Hold
    annotation_id: str = ""  # the row may change while the mouse moves, so no number in it
    interval: Interval | None = None  # as it was when it was taken


def hold_at(sheet: Sheet, x: float, y: float, *, own: Marks, point: OperatingPoint | None, naming: bool) -> Held:
    """What a press would take hold of.

    Args:
        sheet: How the detail lies on the screen.
        x: Pixel.
        y: Pixel.
        own: The reviewer's statements.
        point: Where it may be moved; None where there is none.
        naming: Whether the person holds the key that names an interval wherever the drag begins.
    """
    if naming:
        return Held(Hold.NEW)
    if sheet.row(Row.OWN).contains(x, y):
        inside = own.at(sheet.frame.time(x), reach=0.0) is not None
        return edge_at(sheet, x, own) or Held(Hold.VIEW if inside else Hold.NEW)
    if point is not None and sheet.curve.contains(x, y) and abs(sheet.y(point.enter) - y) <= REACH:
        return Held(Hold.POINT)
    return Held(Hold.VIEW)


def edge_at(sheet: Sheet, x: float, own: Marks) -> Held | None:
    """The nearest edge of a statement within reach of a pixel."""
    part = own.seen(sheet.frame)
    if part.start >= part.stop:
        return None
    starts = np.abs(sheet.frame.xs(own.spans.starts[part]) - x)
    stops = np.abs(sheet.frame.xs(own.spans.stops[part]) - x)
    if min(starts.min(), stops.min()) > REACH:
        return None
    is_start = bool(starts.min() < stops.min())
    mark = part.start + int((starts if is_start else stops).argmin())
    interval = Interval(float(own.spans.starts[mark]), float(own.spans.stops[mark]))
    return Held(Hold.START if is_start else Hold.STOP, own.keys[mark], interval)
