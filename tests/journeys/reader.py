"""A reader who knows a phantom's truth and works in the real window, key by key, as a person would."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer_app.domain.annotation import Action, Label, Matter, Rater, Statement
from reviewer_app.domain.triage import Seek
from reviewer_app.domain.window import Interval
from reviewer_app.gui import wording
from reviewer_app.gui.bench.booth import spin, wait_until
from reviewer_app.gui.main_window import MainWindow, Page
from reviewer_app.store import ledger
from reviewer_app.store.library import Library

TOLERANCE = 2.5
"""Seconds between a flag's peak and a spasm's onset for the reader to call the flag a spasm."""

CUT = 2.5
"""Seconds around a cut between two shots that are called not analysable: no real camera jumps."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What really happens in a phantom."""

    spasms: tuple[Interval, ...]
    cuts: tuple[float, ...]
    seconds: float

    @classmethod
    def of(cls, folder: Path, *, seconds: float) -> "Truth":
        """The truth that lies in a phantom's folder."""
        with next(folder.glob("sub-*_events.tsv")).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        found = [(row["trial_type"], float(row["onset"]), float(row["duration"])) for row in rows]
        spasms = tuple(Interval(onset, onset + length) for kind, onset, length in found if kind == "spasm")
        return cls(spasms, tuple(onset for kind, onset, _ in found if kind == "cut"), seconds)

    def shows(self, peak: float) -> bool:
        """Whether somebody who looks at a flag sees a spasm."""
        return any(abs(spasm.start - peak) <= TOLERANCE for spasm in self.spasms)


class Reader:
    """Goes through a night in an open window."""

    def __init__(self, window: MainWindow, number: int, truth: Truth) -> None:
        """Opens the recording; flags are picked low enough for there to be enough of them."""
        assert window.session is not None
        self._window, self._truth = window, truth
        self.session = window.session
        window.opening.open_number(number)
        window.show_page(Page.REVIEW)
        review = self.session.review
        wait_until(lambda: bool(review.subject and review.subject.points), "knowing the bundle")
        self.judged = 0

    def lower_the_point(self, flags: int) -> None:
        """Moves the operating point down by its key until there are so many flags."""
        review, detail = self.session.review, self._window.review_page.timeline.detail
        while len(review.candidates) < flags and review.point is not None and review.point.enter > 0.02:
            QTest.keyClick(detail, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    def judge(self, until: int, *, missed: bool = False) -> None:
        """Presses U and a verdict, flag after flag from the beginning, until so many were judged in all.

        Args:
            until: Verdicts since the recording was opened.
            missed: Whether spasms on the way that were not flagged are named too, as by somebody who watches all of it.
        """
        review = self.session.review
        if self.judged == 0:
            review.select(())
            review.go_to(0.0)
            review.next_flag(Seek.UNREVIEWED)
        while self.judged < until:
            flag = review.current if review.current is not None and review.current.own is None else None
            spasm = self._missed() if missed else None
            if spasm is not None and (flag is None or spasm.start < flag.peak):
                review.annotate(spasm, Label.SPASM)
                review.next_flag(Seek.UNREVIEWED)
            elif flag is not None:
                QTest.keyClick(self._window, Qt.Key.Key_1 if self._truth.shows(flag.peak) else Qt.Key.Key_2)
            else:
                break
            self.judged += 1
            spin(0.01)
        wait_until(lambda: self.session.saver.state.is_saved, "saving the verdicts")

    def _unnamed(self) -> Iterator[Interval]:
        """Spasms that were not called so, in order of time."""
        said = [each.interval for each in self.session.review.labels.annotations if each.label is Label.SPASM]
        for spasm in self._truth.spasms:
            # One name may not stand for two: the next spasm is often but five seconds away.
            if not any(
                min(abs(each.start - spasm.start), abs(each.middle - spasm.start)) <= TOLERANCE for each in said
            ):
                yield spasm

    def _missed(self) -> Interval | None:
        """The first spasm that was neither flagged nor named."""
        peaks = [each.peak for each in self.session.review.candidates]
        unflagged = (spasm for spasm in self._unnamed() if all(abs(spasm.start - peak) > TOLERANCE for peak in peaks))
        return next(unflagged, None)

    @property
    def last_judged(self) -> float:
        """The recording second up to which everything was judged."""
        found = [each.peak for each in self.session.review.candidates if each.own is not None]
        return max(found, default=0.0)

    def finish(self) -> None:
        """Names what was neither flagged nor named, marks the whole night as looked at, and finalises it."""
        review = self.session.review
        for spasm in tuple(self._unnamed()):
            review.annotate(spasm, Label.SPASM)
        for cut in self._truth.cuts:
            review.annotate(Interval(max(0.0, cut - CUT), cut + CUT), Label.NOT_ANALYSABLE)
        QTest.keyClick(self._window, Qt.Key.Key_A)
        QTest.keyClick(self._window, Qt.Key.Key_V)
        QTest.keyClick(self._window, Qt.Key.Key_V, Qt.KeyboardModifier.ShiftModifier)
        wait_until(lambda: self.session.saver.state.is_saved, "saving what was finalised")


def tell(library: Library, number: int, rater: Rater, truth: Truth) -> None:
    """What a reader would have said of a whole night, without the hours it takes in the window."""
    statements = [Statement(spasm, Label.SPASM) for spasm in truth.spasms]
    statements += [Statement(Interval(max(0.0, cut - CUT), cut + CUT), Label.NOT_ANALYSABLE) for cut in truth.cuts]
    whole: Sequence[Interval] = (Interval(0.0, truth.seconds),)
    alterations = (
        *(wording.stated(each) for each in statements),
        *wording.spans(Matter.REVIEWED, whole),
        *wording.spans(Matter.FINALISED, whole),
    )
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    ledger.append(library, number, Action(wording.new_key(), rater, alterations, now))
