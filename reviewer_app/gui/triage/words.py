"""What raters say, in the words of the key table, so that a button, a list and the key sheet never differ."""

from html import escape

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap

from reviewer_app.domain.annotation import Arousal, Form, Label, Semiology, Side, Statement
from reviewer_app.domain.window import Interval
from reviewer_app.gui.colours import LABEL_MARKS
from reviewer_app.gui.player.wording import time_text
from reviewer_app.gui.review import Review
from reviewer_app.gui.shortcuts import shortcut

_ICON = 64
"""Pixels of a sign's side; Qt draws it smaller."""

HOURS_FROM = 120
"""Minutes that nobody reads as minutes any more."""


def label_action(label: Label) -> str:
    """The id of the action that gives a label."""
    return f"verdict_{label.value}"


def label_text(label: Label) -> str:
    """A label in the person's language."""
    return shortcut(label_action(label)).text


def label_with_sign(label: Label) -> str:
    """A label with its shape before it."""
    return QCoreApplication.translate("Triage", "{sign} {label}").format(
        sign=LABEL_MARKS[label].glyph, label=label_text(label)
    )


def sign_icon(label: Label) -> QIcon:
    """A label's shape in its colour."""
    mark = LABEL_MARKS[label]
    pixmap = QPixmap(_ICON, _ICON)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    font = QFont()
    font.setPixelSize(round(_ICON * 0.85))
    painter.setFont(font)
    painter.setPen(mark.qcolor)
    painter.drawText(QRectF(QPointF(0, 0), pixmap.deviceIndependentSize()), Qt.AlignmentFlag.AlignCenter, mark.glyph)
    painter.end()
    return QIcon(pixmap)


def semiology_action(value: Form | Side | Arousal) -> str:
    """The id of the action that says a word of the semiology."""
    return f"{type(value).__name__.lower()}_{value.value}"


def semiology_text(semiology: Semiology) -> str:
    """What was said of an event's looks; empty where nothing was."""
    said = (semiology.form, semiology.side, semiology.arousal)
    words = [shortcut(semiology_action(each)).text for each in said if each is not None]
    if semiology.cry is not None:
        words.append(
            shortcut("cry").text if semiology.cry else QCoreApplication.translate("Triage", "No cry afterwards")
        )
    return " · ".join(words)


def time_of(review: Review, time: float) -> str:
    """A recording second as the person wants times told."""
    return time_text(review.recording, time, clock=review.clock_times) if review.recording else ""


def interval_of(review: Review, interval: Interval) -> str:
    """An interval as the person wants times told."""
    return QCoreApplication.translate("Triage", "{start}–{stop}").format(
        start=time_of(review, interval.start), stop=time_of(review, interval.stop)
    )


def duration_text(seconds: float) -> str:
    """A length of time in the unit that suits it, kept on one line; never to be mistaken for a time of day."""
    if seconds < 90:
        text = QCoreApplication.translate("Triage", "{seconds} s").format(seconds=round(seconds))
    elif seconds < 5400:
        text = QCoreApplication.translate("Triage", "{minutes} min").format(minutes=round(seconds / 60))
    else:
        hours = QLocale().toString(seconds / 3600, "f", 1)
        text = QCoreApplication.translate("Triage", "{hours} h").format(hours=hours)
    return text.replace(" ", "\u00a0")


def watching_text(minutes: float) -> str:
    """How long it takes to see what is left, kept on one line; nobody reads more than two hours in minutes."""
    if minutes < HOURS_FROM:
        number = QLocale().toString(minutes, "f", 1 if 0 < minutes < 9.95 else 0)
        text = QCoreApplication.translate("Triage", "{minutes} min").format(minutes=number)
    else:
        hours = QLocale().toString(minutes / 60, "f", 1 if minutes < 600 else 0)
        text = QCoreApplication.translate("Triage", "{hours} h").format(hours=hours)
    return text.replace(" ", "\u00a0")


def statement_text(review: Review, statement: Statement) -> str:
    """Label and time of a statement; its middle is nearer to what the eye saw than its beginning."""
    return QCoreApplication.translate("Triage", "{label} at {time}").format(
        label=label_with_sign(statement.label), time=time_of(review, statement.interval.middle)
    )


def plain_tip(text: str) -> str:
    """A tooltip that shows a person's text as it was written: Qt would take some of it for markup otherwise."""
    return "<qt>" + escape(text).replace("\n", "<br>") + "</qt>" if text else ""
