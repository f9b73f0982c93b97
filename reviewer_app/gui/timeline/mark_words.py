"""What lies under the mouse in the detail, in words: for whoever does not know the signs, or cannot see the colours."""

import html
import math
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer_app.domain.annotation import Annotation
from reviewer_app.domain.event import Curve
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.triage import Candidate
from reviewer_app.domain.window import WINDOW_SECONDS
from reviewer_app.gui.colours import FLAG_MARK, LABEL_MARKS
from reviewer_app.gui.review import Review
from reviewer_app.gui.timeline.label_menu import label_text
from reviewer_app.gui.timeline.ticks import time_text


def flag_words(review: Review, flag: Candidate) -> str:
    """A flag of the model, with the reviewer's verdict on it."""
    recording = review.recording
    assert recording is not None
    sentence = (
        QCoreApplication.translate("Timeline", "{sign} flag at {time} · score {score} · no verdict of yours yet")
        if flag.own is None
        else QCoreApplication.translate("Timeline", "{sign} flag at {time} · score {score} · your verdict: {verdict}")
    )
    return sentence.format(
        sign=FLAG_MARK.glyph,
        time=time_text(recording, flag.peak, clock=review.clock_times),
        score=QLocale().toString(flag.score, "f", 2),
        verdict=label_text(flag.own.label) if flag.own else "",
    )


def statement_words(review: Review, said: Annotation) -> str:
    """A statement, from when to when, and whose."""
    recording = review.recording
    assert recording is not None
    sentence = (
        QCoreApplication.translate("Timeline", "{sign} {label} · {start}–{stop} · you")
        if review.is_own(said)
        else QCoreApplication.translate("Timeline", "{sign} {label} · {start}–{stop} · {rater}")
    )
    start, stop = (
        time_text(recording, each, clock=review.clock_times, tenths=True)
        for each in (said.interval.start, said.interval.stop)
    )
    sign = LABEL_MARKS[said.label].glyph
    return sentence.format(sign=sign, label=label_text(said.label), start=start, stop=stop, rater=said.rater.name)


def time_words(review: Review, recording: Recording, time: float) -> Iterator[str]:
    """A second, and its score where there is one."""
    yield time_text(recording, time, clock=review.clock_times, tenths=True)
    score = score_at(review.base_curve, time) if review.base_curve is not None else math.nan
    if not math.isnan(score):
        yield QCoreApplication.translate("Timeline", "score {score}").format(score=QLocale().toString(score, "f", 2))
    score = score_at(review.adapted_curve, time) if review.adapted_curve is not None else math.nan
    if not math.isnan(score):
        yield _adapted_score(review, time, score)


def adapted_words(review: Review) -> str:
    """What the second curve is."""
    verdicts = review.adapted.adaptation.verdicts if review.adapted else 0
    return QCoreApplication.translate("Timeline", "adapted to this recording, %n verdicts", "", verdicts)


def _adapted_score(review: Review, time: float, score: float) -> str:
    """The adapted curve's value, and how sure the score of the window behind it is."""
    assert review.adapted is not None
    grid = review.adapted.picking.trace.grid
    window = round((time - WINDOW_SECONDS / 2) / grid.stride_seconds)
    low, high = review.adapted.adaptation.interval(min(max(window, 0), grid.count - 1))
    curve = QCoreApplication.translate("Timeline", "{what}: {score}").format(
        what=adapted_words(review), score=QLocale().toString(score, "f", 2)
    )
    if math.isnan(low):
        return curve
    return QCoreApplication.translate("Timeline", "{curve} (its window between {low} and {high})").format(
        curve=curve, low=QLocale().toString(low, "f", 2), high=QLocale().toString(high, "f", 2)
    )


def score_at(curve: Curve, time: float) -> float:
    """The value of the curve nearest to a second; NaN where none reaches there."""
    place = round((time - curve.start) / curve.step)
    place = min(max(place, 0), len(curve.values) - 1)
    return float(curve.values[place]) if abs(curve.time(place) - time) <= curve.half_width + curve.step else math.nan


def plain_tip(lines: list[str]) -> str:
    """A tip that shows people's words as they are: Qt would take some of them for markup."""
    return "<p style='white-space:pre'>" + html.escape("\n".join(lines)) + "</p>"
