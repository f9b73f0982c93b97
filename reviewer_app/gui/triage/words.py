"""What raters say, in the words of the key table, so that a button, a list and the key sheet never differ."""

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QCoreApplication

from reviewer_app.domain.annotation import Arousal, Form, Label, Semiology, Side
from reviewer_app.gui.colours import LABEL_MARKS
from reviewer_app.gui.shortcuts import shortcut

ASPECTS = {"form": Form, "side": Side, "arousal": Arousal}
"""What a semiology key can say, by the field that it fills."""


def label_text(label: Label) -> str:
    """A label in the person's language."""
    return shortcut(f"verdict_{label.value}").text


def marked_label(label: Label) -> str:
    """A label with its shape before it."""
    return QCoreApplication.translate("Triage", "{glyph} {label}").format(
        glyph=LABEL_MARKS[label].glyph, label=label_text(label)
    )


def semiology_words(semiology: Semiology) -> Iterator[str]:
    """What was said of an event's looks, word by word."""
    for aspect in ASPECTS:
        value = getattr(semiology, aspect)
        if value is not None:
            yield shortcut(f"{aspect}_{value.value}").text
    if semiology.cry is not None:
        yield shortcut("cry").text if semiology.cry else QCoreApplication.translate("Triage", "No cry afterwards")


def listed(words: Iterator[str] | list[str]) -> str:
    """Words side by side."""
    return " · ".join(words)


def plain_tip(text: str) -> str:
    """A tooltip that shows a person's text as it was written: Qt would take some of it for markup otherwise."""
    return "<qt>" + escape(text).replace("\n", "<br>") + "</qt>" if text else ""
