"""What moving the mouse with a button down means, by what it took hold of."""

from typing import Protocol

from PySide6.QtCore import QPointF

from reviewer_app.domain.window import Interval
from reviewer_app.gui.timeline.detail_view import DetailView

SHORTEST = 0.1
"""Seconds of the shortest interval that can be named."""


class Drag(Protocol):
    """A movement under way."""

    def move(self, place: QPointF) -> None:
        """The mouse is at another pixel of the plot."""

    def drop(self) -> Interval | float | None:
        """The button was let go: what was made, if anything."""


class PanDrag:
    """The stretch on show moves with the mouse."""

    def __init__(self, view: DetailView, place: QPointF) -> None:
        self._view = view
        self._begin = place.x()
        self._start = view.sheet.frame.start

    def move(self, place: QPointF) -> None:
        """Moves the view."""
        frame = self._view.sheet.frame
        self._view.set_view(self._start - (place.x() - self._begin) * frame.per_pixel, frame.seconds)

    def drop(self) -> None:
        """Nothing is left to do."""


class PointDrag:
    """The operating point moves with the mouse."""

    def __init__(self, view: DetailView, place: QPointF) -> None:
        self._view = view
        point = view.point
        self._beside = view.sheet.score(place.y()) - (point.enter if point else 0.0)

    def move(self, place: QPointF) -> None:
        """Shows where it would be."""
        self._view.hold_point(min(max(self._view.sheet.score(place.y()) - self._beside, 0.01), 1.0))

    def drop(self) -> float | None:
        """The score it was moved to."""
        return self._view.held_score


class EdgeDrag:
    """One edge of a statement moves with the mouse."""

    def __init__(self, view: DetailView, interval: Interval, *, is_start: bool) -> None:
        self._view = view
        self._interval = interval
        self._is_start = is_start

    def move(self, place: QPointF) -> None:
        """Shows how it would be."""
        time = self._view.time_at(place)
        if self._is_start:
            start, stop = min(time, self._interval.stop - SHORTEST), self._interval.stop
        else:
            start, stop = self._interval.start, max(time, self._interval.start + SHORTEST)
        self._view.set_draft(Interval(max(0.0, start), stop))

    def drop(self) -> Interval | None:
        """The interval that it became."""
        return self._view.draft


class NewDrag:
    """An interval grows from where the button went down."""

    def __init__(self, view: DetailView, place: QPointF) -> None:
        self._view = view
        self._begin = view.time_at(place)

    def move(self, place: QPointF) -> None:
        """Shows how far it would reach."""
        time = self._view.time_at(place)
        start, stop = sorted((self._begin, time))
        self._view.set_draft(Interval(start, stop))

    def drop(self) -> Interval | None:
        """The interval, if it is long enough for one."""
        draft = self._view.draft
        return draft if draft is not None and draft.seconds >= SHORTEST else None
