from itertools import pairwise

import numpy as np
import pytest

from reviewer_app.domain.annotation import Action, Alteration, Label, Matter, Rater, Span, Statement
from reviewer_app.domain.ledger import EMPTY_LABELS, Labels
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.verdict import REACH, SILENCE, middles_of, quiet_windows, verdicts_of
from reviewer_app.domain.window import WINDOW_SECONDS, Interval, WindowGrid

ANNA, BEN = Rater(1, "Anna"), Rater(2, "Ben")


def scored(windows: int = 200) -> Trace:
    empty = Trace.empty(WindowGrid(windows))
    return Trace(
        empty.grid,
        np.full(windows, 0.5, np.float32),
        np.full(windows, WindowState.SCORED, np.uint8),
        empty.activity,
        empty.quality,
    )


def said(*words: tuple[float, float, Label], rater: Rater = ANNA, after: Labels = EMPTY_LABELS) -> Labels:
    labels = after
    for start, stop, label in words:
        key = f"{rater.rater_id} {start} {stop} {label}"
        statement = Statement(Interval(start, stop), label)
        labels = labels.after(Action(key, rater, (Alteration(Matter.ANNOTATION, key, None, statement),), "now"))
    return labels


def finalised(start: float, stop: float, *, after: Labels, rater: Rater = ANNA) -> Labels:
    span = Span(Interval(start, stop))
    return after.after(Action("f", rater, (Alteration(Matter.FINALISED, "f", None, span),), "now"))


def test_a_spasm_labels_the_windows_whose_inner_half_holds_its_onset() -> None:
    trace = scored()
    (verdict,) = verdicts_of(said((50.0, 53.0, Label.SPASM)), trace, 1)
    assert verdict.is_spasm
    assert verdict.time == 51.0  # a second after the beginning, at most
    middles = middles_of(trace.grid)
    assert verdict.windows == tuple(np.flatnonzero(np.abs(middles - 51.0) <= REACH))
    assert len(verdict.windows) in (2, 3)
    for window in verdict.windows:
        assert trace.grid.interval(window).start + WINDOW_SECONDS / 4 <= 51.0


@pytest.mark.parametrize("label", [Label.NOT_SPASM, Label.ARTEFACT])
def test_all_of_a_long_stretch_that_is_none_teaches(label: Label) -> None:
    trace = scored()
    (verdict,) = verdicts_of(said((40.0, 70.0, label)), trace, 1)
    assert not verdict.is_spasm
    middles = middles_of(trace.grid)[list(verdict.windows)]
    assert middles.min() < 40.0 < 70.0 < middles.max()


@pytest.mark.parametrize("label", [Label.UNSURE, Label.OTHER_SEIZURE, Label.NOT_ANALYSABLE])
def test_what_is_neither_one_nor_the_other_teaches_nothing(label: Label) -> None:
    assert verdicts_of(said((40.0, 42.0, label)), scored(), 1) == ()


def test_a_window_with_a_spasm_counts_for_that_alone() -> None:
    labels = said((50.0, 51.0, Label.SPASM), (30.0, 80.0, Label.NOT_SPASM))
    spasm, other = sorted(verdicts_of(labels, scored(), 1), key=lambda each: not each.is_spasm)
    assert not set(spasm.windows) & set(other.windows)
    assert len(other.windows) > 40


def test_verdicts_are_in_order_of_time_and_the_raters_own() -> None:
    labels = said((90.0, 91.0, Label.SPASM), (20.0, 21.0, Label.NOT_SPASM))
    labels = said((50.0, 51.0, Label.SPASM), rater=BEN, after=labels)
    assert [each.time for each in verdicts_of(labels, scored(), 1)] == [20.5, 90.5]
    assert [each.is_spasm for each in verdicts_of(labels, scored(), 2)] == [True]


def test_a_verdict_where_nothing_was_scored_is_left_out() -> None:
    trace = scored()
    states = trace.states.copy()
    states[40:] = WindowState.GAP
    holed = Trace(trace.grid, trace.scores, states, trace.activity, trace.quality)
    labels = said((10.0, 11.0, Label.SPASM), (120.0, 121.0, Label.SPASM))
    assert [each.time for each in verdicts_of(labels, holed, 1)] == [10.5]
    assert verdicts_of(EMPTY_LABELS, holed, 1) == ()


def test_silence_speaks_only_where_it_was_finalised_and_nobody_said_anything() -> None:
    trace = scored()
    labels = said((60.0, 62.0, Label.UNSURE), rater=BEN)
    assert len(quiet_windows(labels, trace, 1)) == 0
    labels = finalised(30.0, 100.0, after=labels)
    quiet = quiet_windows(labels, trace, 1)
    assert len(quiet) > 3
    assert len(quiet_windows(labels, trace, 2)) == 0
    spans = [trace.grid.interval(window) for window in quiet.tolist()]
    for span in spans:
        assert span.start >= 30.0
        assert span.stop <= 100.0
        assert span.stop + SILENCE <= 60.0 or span.start - SILENCE >= 62.0
    assert all(a.stop <= b.start for a, b in pairwise(spans))
