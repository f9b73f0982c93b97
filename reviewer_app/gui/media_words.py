"""What the rooms below say in English, in the person's language where the window shows it.

The jobs and the decoder know no languages: their sentences are for every door. Those that stand on the picture, at the
window's foot or beside a snapshot are known here by their form; any other passes as it is.
"""

import re
from functools import cache

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer_app.gui.learning_words import LEARNING, counted_in_words
from reviewer_app.gui.shortcuts import QT_TRANSLATE_NOOP

SENTENCES = (
    QT_TRANSLATE_NOOP("Media", "There is no file {name}; was it moved, or its drive taken away?"),
    QT_TRANSLATE_NOOP("Media", "{name} is a link to a file that is gone; choose the file itself."),
    QT_TRANSLATE_NOOP("Media", "{name} may not be read by this user; ask for permission to read it."),
    QT_TRANSLATE_NOOP("Media", "{name} cannot be read ({error}); copy it to a local drive and try again."),
    QT_TRANSLATE_NOOP("Media", "{name} is empty; copy it again from where it was recorded."),
    QT_TRANSLATE_NOOP("Media", "{name} stopped being readable ({error}); is its drive still there?"),
    QT_TRANSLATE_NOOP(
        "Media",
        "{name} is gone; was its drive taken away? What was done so far is kept: put the file back and start again to "
        "go on from there.",
    ),
    QT_TRANSLATE_NOOP("Media", "{name} cannot be reached any more; the scan waits. What was scanned is kept."),
    QT_TRANSLATE_NOOP("Media", "{name} is back; the scan goes on."),
    QT_TRANSLATE_NOOP(
        "Media",
        "{name} is not the file that the library knew under this name: it is a new recording, and labels and scores "
        "stay with the earlier one.",
    ),
    QT_TRANSLATE_NOOP(
        "Media",
        "The stretch from {start} s to {stop} s brings the decoder down: it is left out and counted as undecodable.",
    ),
    QT_TRANSLATE_NOOP("Media", "The job process ended unexpectedly; it starts again from what is stored."),
    QT_TRANSLATE_NOOP(
        "Media",
        "The job process ends before the first window: it tries again with the whole picture.",
    ),
    QT_TRANSLATE_NOOP(
        "Media",
        "Reading {file} got no further for {seconds} s, twice. Copy it again or leave it out; where it lies on another "
        "machine, see whether that answers.",
    ),
    QT_TRANSLATE_NOOP("Media", "Few patients ({count}): what a model learns from them may not hold for other infants."),
    QT_TRANSLATE_NOOP("Media", "No window without a spasm: a model cannot learn to tell them apart."),
    QT_TRANSLATE_NOOP("Media", "No window with a spasm: a model cannot learn to tell them apart."),
    QT_TRANSLATE_NOOP("Media", "Of {patients} there are windows of one kind only, with or without spasms."),
    QT_TRANSLATE_NOOP("Media", "Somebody who is called healthy has windows with a spasm."),
    QT_TRANSLATE_NOOP("Media", "All pictures are of one kind ({camera}): videos of other cameras may be scored worse."),
    QT_TRANSLATE_NOOP("Media", "Left out, as the raters are divided: {windows}."),
    QT_TRANSLATE_NOOP(
        "Media",
        "Nobody is held out: whether a new bundle is better cannot be told on patients that it has never seen.",
    ),
    QT_TRANSLATE_NOOP(
        "Media", "Nobody validates: a network cannot be calibrated on patients that it was not trained on."
    ),
    QT_TRANSLATE_NOOP(
        "Media",
        "Nobody who is held out has a night: there is nothing to compare a new bundle with the current one on.",
    ),
    QT_TRANSLATE_NOOP(
        "Media", "Nobody who validates has a night: a new bundle would have no operating points and flag nothing."
    ),
    QT_TRANSLATE_NOOP("Media", "Nobody trains: all patients are held out."),
    *LEARNING,
)
"""As the rooms below write them, with what varies in braces."""


def in_words(text: str) -> str:
    """What the rooms below say, in the person's language; what is not known by its form passes as it is.

    Several sentences that stand one after the other are known each by its own form.
    """
    told, all_known = _sentence_by_sentence(text)
    return told if all_known else _known(text) or told


def _sentence_by_sentence(text: str) -> tuple[str, bool]:
    """Each sentence, or as few together as have a form, and whether all have one."""
    pieces, told, all_known = _BREAK.split(text), [], True
    while pieces:
        tried = ((count, _known(" ".join(pieces[:count]))) for count in range(1, len(pieces) + 1))
        count, known = next(((count, known) for count, known in tried if known is not None), (1, None))
        told.append(pieces[0] if known is None else known)
        all_known = all_known and known is not None
        pieces = pieces[count:]
    return " ".join(told), all_known


def _known(text: str) -> str | None:
    """A text of a known form in the person's language; None where its form is not known."""
    for form, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            varying = {
                name: _varying(value) if name in _IN_WORDS else value for name, value in found.groupdict().items()
            }
            return QCoreApplication.translate("Media", form).format(**varying)
    return None


def _varying(value: str) -> str:
    """What varies in a form and is English, too: numbers, things that were counted, measures, other sentences."""
    if _DECIMAL.fullmatch(value):
        return value.replace(".", QLocale().decimalPoint())
    told = in_words(value)
    if told != value:
        return told
    number = _COUNTED.fullmatch(value)
    if number is not None:
        count, things = int(number["count"]), number["things"]
        return counted_in_words(count, things if count != 1 else f"{things}s")
    return "; ".join(map(in_words, value.split("; ")))


_IN_WORDS = {"patients", "windows", "measure", "measures", "rate", "threshold", "partial"}
_IN_WORDS |= {"rules", "reasons", "error", "changed", "missing"}
_IN_WORDS |= {"value", "output", "tolerance", "gap", "seconds", "start", "stop", "end"}
"""What of a form is words and measured; the rest is names, which no language changes, and counts."""

_BREAK = re.compile(r"(?<=[.?!]) ")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_COUNTED = re.compile(r"(?P<count>[0-9]+) (?P<things>[a-z ]+)")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each form with what recognises it."""
    return tuple((form, re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(form)))) for form in SENTENCES)
