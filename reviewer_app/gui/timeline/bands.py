"""Kinds of time, as the timeline tells them apart: by a pattern each, and a colour on top of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor, QPalette

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.quality import is_night
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import WINDOW_SECONDS, Interval, subtract
from reviewer_app.gui import colours
from reviewer_app.gui.review import Review
from reviewer_app.gui.shortcuts import QT_TRANSLATE_NOOP
from reviewer_app.gui.timeline.frame import Spans


class Kind(Enum):
    """What is known of a stretch of time, apart from scores; the value is its name in English."""

    GAP = QT_TRANSLATE_NOOP("Timeline", "no video")
    UNDECODABLE = QT_TRANSLATE_NOOP("Timeline", "cannot be read")
    UNSCANNED = QT_TRANSLATE_NOOP("Timeline", "not scanned")
    TOO_SHORT = QT_TRANSLATE_NOOP("Timeline", "too short to be scanned")
    OVERLAP = QT_TRANSLATE_NOOP("Timeline", "two files for this time; the earlier one is shown")
    DOUBTFUL = QT_TRANSLATE_NOOP("Timeline", "perhaps not analysable")
    NIGHT = QT_TRANSLATE_NOOP("Timeline", "night picture (infrared)")
    REVIEWED = QT_TRANSLATE_NOOP("Timeline", "looked at by you")
    FINALISED = QT_TRANSLATE_NOOP("Timeline", "finalised by you")

    @property
    def text(self) -> str:
        """Its name in the person's language."""
        return QCoreApplication.translate("Timeline", str(self.value))


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of time is drawn."""

    colour: str
    pattern: Qt.BrushStyle
    ground: int = 0  # opacity under the pattern, of 255

    @property
    def brush(self) -> QBrush:
        """For the pattern."""
        return QBrush(QColor(self.colour), self.pattern)

    @property
    def fill(self) -> QColor:
        """For what lies under the pattern."""
        colour = QColor(self.colour)
        colour.setAlpha(self.ground)
        return colour


LOOKS: Final = {
    Kind.GAP: Look(colours.GAP_COLOUR, Qt.BrushStyle.BDiagPattern, 60),
    Kind.UNDECODABLE: Look(colours.UNDECODABLE_COLOUR, Qt.BrushStyle.DiagCrossPattern, 60),
    Kind.UNSCANNED: Look(colours.GAP_COLOUR, Qt.BrushStyle.Dense6Pattern),
    Kind.TOO_SHORT: Look(colours.GAP_COLOUR, Qt.BrushStyle.CrossPattern, 40),
    Kind.OVERLAP: Look(colours.LABEL_MARKS[Label.OTHER_SEIZURE].colour, Qt.BrushStyle.VerPattern, 40),
    Kind.DOUBTFUL: Look(colours.POINT_COLOUR, Qt.BrushStyle.FDiagPattern),
    Kind.NIGHT: Look(colours.NIGHT_COLOUR, Qt.BrushStyle.SolidPattern),
    Kind.REVIEWED: Look(colours.REVIEWED_COLOUR, Qt.BrushStyle.Dense4Pattern, 50),
    Kind.FINALISED: Look(colours.REVIEWED_COLOUR, Qt.BrushStyle.SolidPattern),
}

NIGHT_ON_DARK: Final = "#7587c8"
"""The colour of night, light enough to be seen on a dark ground."""

MISSING: Final = (Kind.GAP, Kind.UNDECODABLE, Kind.UNSCANNED, Kind.TOO_SHORT)
"""Kinds of time in which nothing can have been found; nothing may show through them."""


def look_of(kind: Kind, palette: QPalette) -> Look:
    """How a kind of time is drawn on the theme's ground."""
    look = LOOKS[kind]
    if kind is Kind.NIGHT and palette.color(QPalette.ColorRole.Base).lightnessF() < 0.5:
        return replace(look, colour=NIGHT_ON_DARK)
    return look


def least_of(kind: Kind) -> int:
    """Pixels that the shortest stretch gets; no hole may ever be invisible."""
    return 2 if kind in MISSING else 1


_OWN: Final = (Kind.REVIEWED, Kind.FINALISED)


@dataclass(frozen=True, slots=True)
class Bands:
    """All stretches of each kind."""

    spans: dict[Kind, Spans]

    def renewed(self, review: Review, stale: Collection[str]) -> "Bands":
        """The kinds of time in the recording under review, as far as they may be seen.

        Args:
            review: What is under review.
            stale: What changed, of "trace" and "reviewed"; the rest stays.
        """
        spans = dict(self.spans)
        if "trace" in stale:
            spans = {**trace_bands(review), **{kind: spans[kind] for kind in _OWN if kind in spans}}
        if "reviewed" in stale:
            spans |= reviewed_bands(review)
        return Bands(spans)

    def kinds_at(self, time: float) -> tuple[Kind, ...]:
        """What is known of a second."""
        return tuple(
            kind
            for kind, spans in self.spans.items()
            if len(spans) and bool(np.any((spans.starts <= time) & (time < spans.stops)))
        )


def trace_bands(review: Review) -> dict[Kind, Spans]:
    """What follows from the files and the scan."""
    recording = review.recording
    if recording is None:
        return {}
    if review.blind:  # what a model made of the video is hidden; what the files lack is no opinion
        return _file_bands(recording)
    coverage = review.coverage
    if coverage is None:
        known = [*recording.gaps, *recording.undecodable]
        return {
            **_file_bands(recording),
            Kind.UNSCANNED: Spans.of(subtract((Interval(0, recording.seconds),), known)),
        }
    return {
        **_file_bands(recording),
        Kind.GAP: Spans.of(coverage.gaps),
        Kind.UNDECODABLE: Spans.of(coverage.undecodable),
        Kind.UNSCANNED: Spans.of(coverage.unscanned),
        Kind.TOO_SHORT: Spans.of(coverage.too_short),
        Kind.DOUBTFUL: Spans.of([each.interval for each in review.suggestions]),
        Kind.NIGHT: night_spans(review.trace),
    }


def _file_bands(recording: Recording) -> dict[Kind, Spans]:
    return {
        Kind.OVERLAP: Spans.of(recording.overlaps),
        Kind.GAP: Spans.of(recording.gaps),
        Kind.UNDECODABLE: Spans.of(recording.undecodable),
    }


def reviewed_bands(review: Review) -> dict[Kind, Spans]:
    """What the reviewer looked at, and gave free for training."""
    return {Kind.REVIEWED: Spans.of(review.reviewed), Kind.FINALISED: Spans.of(review.finalised)}


def night_spans(trace: Trace | None) -> Spans:
    """Where the camera saw by infrared, from window to window."""
    if trace is None:
        return Spans.of(())
    edges = np.flatnonzero(np.diff(np.r_[0, is_night(trace.quality), 0])).reshape(-1, 2).astype(np.float64)
    step = trace.grid.stride_seconds
    return Spans(edges[:, 0] * step, (edges[:, 1] - 1) * step + WINDOW_SECONDS)
