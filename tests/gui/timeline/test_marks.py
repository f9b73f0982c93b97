"""Rows of marks: drawn and found as arrays, and after a keystroke the same as made anew."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.annotation import Annotation, Label, Statement
from reviewer_app.domain.window import Interval
from reviewer_app.gui.colours import FLAG_MARK, LABEL_MARKS
from reviewer_app.gui.timeline.frame import Frame, Spans
from reviewer_app.gui.timeline.marks import (
    JUDGED_FLAG,
    OPEN_FLAG,
    STYLES,
    Marks,
    StatementRow,
    flag_marks,
    judged_anew,
    judged_by,
    mark_of,
    selected_spans,
)
from tests.gui.subjects import ANNA, BEN, review_of

FRAME = Frame(0.0, 1000.0, 0.0, 1000.0)  # a pixel is a second


def annotation(number: int, start: float, stop: float, label: Label = Label.SPASM) -> Annotation:
    return Annotation(f"{number:032x}", ANNA, Statement(Interval(start, stop), label), "2026-03-29T08:00:00.000+00:00")


def marks(*edges: tuple[float, float], styles: Sequence[int] | None = None) -> Marks:
    spans = Spans.of([Interval(*each) for each in edges])
    kinds = np.array(styles if styles is not None else [0] * len(edges), np.uint8)
    return Marks(spans, (spans.starts + spans.stops) / 2, kinds, tuple(str(i) for i in range(len(edges))))


def test_each_label_has_a_colour_and_a_shape_of_its_own_and_so_has_an_open_flag() -> None:
    looks = [*LABEL_MARKS.values(), FLAG_MARK]
    assert len({look.symbol for look in looks}) == len(looks)
    assert len({look.colour for look in looks}) == len(looks)
    assert all(LABEL_MARKS[label] in STYLES for label in Label)


def test_every_label_is_drawn_as_its_own_mark() -> None:
    said = tuple(annotation(i, i * 10, i * 10 + 2, label) for i, label in enumerate(Label))
    row = StatementRow().followed_by(said).marks
    assert [mark_of(int(style)) for style in row.styles] == [LABEL_MARKS[label] for label in Label]


@pytest.mark.parametrize(
    ("time", "reach", "expected"),
    [(15, 0, 0), (25, 0, None), (21, 2, 0), (28, 3, 1), (33, 0, 2), (31, 0, 1), (500, 5, None), (0, 100, 0)],
)
def test_the_mark_at_a_second_is_the_nearest_and_of_several_the_shortest(
    time: float, reach: float, expected: int | None
) -> None:
    assert marks((10, 20), (30, 60), (32, 34)).at(time, reach=reach) == expected


def test_a_long_statement_is_found_and_seen_from_its_far_end() -> None:
    row = marks((0, 900), (100, 101), (200, 201))
    assert row.at(850, reach=1) == 0
    assert row.seen(Frame(0.0, 100.0, 800.0, 50.0)).start == 0


def test_what_lies_outside_of_the_view_is_not_gone_through() -> None:
    row = marks(*[(i * 10, i * 10 + 2) for i in range(1000)])
    part = row.seen(Frame(0.0, 100.0, 5000.0, 100.0))
    assert 10 <= part.stop - part.start <= 13


def test_symbols_have_room_and_the_weightier_one_stands() -> None:
    row = marks((100, 102), (103, 105), (500, 502), styles=[3, 0, 5])
    assert row.symbols(FRAME, room=20) == [(104.0, 0), (501.0, 5)]
    assert [style for _, style in row.symbols(Frame(0.0, 1000.0, 95.0, 20.0), room=20)] == [3, 0]


@given(st.lists(st.tuples(st.floats(0, 999), st.integers(0, 7)), max_size=60), st.floats(5, 50))
def test_symbols_never_lie_over_each_other(given_marks: list[tuple[float, int]], room: float) -> None:
    ordered = sorted(given_marks)
    row = marks(*[(time, time) for time, _ in ordered], styles=[style for _, style in ordered])
    xs = [x for x, _ in row.symbols(FRAME, room=room)]
    assert all(other - one >= room * 0.7 for one, other in pairwise(xs))
    assert bool(xs) == bool(ordered)


def test_flags_stand_at_their_peaks_and_turn_hollow_with_a_verdict() -> None:
    review, _ = review_of()
    row = flag_marks(review.candidates)
    assert row.middles.tolist() == [each.peak for each in review.candidates]
    assert set(row.styles.tolist()) == {OPEN_FLAG}
    review.select([review.candidates[1].key])
    review.judge(Label.NOT_SPASM)
    after = judged_anew(row, review.candidates)
    assert after.styles.tolist() == [OPEN_FLAG, JUDGED_FLAG, OPEN_FLAG, OPEN_FLAG, OPEN_FLAG]
    assert after.keys == flag_marks(review.candidates).keys


def test_a_statement_that_no_flag_stands_for_is_no_flag() -> None:
    review, _ = review_of()
    review.annotate(Interval(200, 203), Label.ARTEFACT)
    assert len(flag_marks(review.candidates)) == 5


labels = st.sampled_from(list(Label))
said_things = st.lists(st.tuples(st.integers(0, 12), st.floats(0, 500), st.floats(0.1, 50), labels), max_size=12)


def ledger(things: list[tuple[int, float, float, Label]]) -> tuple[Annotation, ...]:
    by_id = {number: annotation(number, start, start + length, label) for number, start, length, label in things}
    return tuple(sorted(by_id.values(), key=lambda each: (each.interval.start, each.interval.stop, each.annotation_id)))


@given(
    said_things, st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["gone", "label", "moved", "new"])), max_size=6)
)
def test_after_any_keystrokes_a_row_equals_one_made_anew(
    things: list[tuple[int, float, float, Label]], changes: list[tuple[int, str]]
) -> None:
    row = StatementRow().followed_by(ledger(things))
    for number, change in changes:
        others = [each for each in things if each[0] != number]
        mine = next((each for each in things if each[0] == number), (number, 77.0, 3.0, Label.SPASM))
        things = {
            "gone": others,
            "label": [*others, (*mine[:3], Label.UNSURE)],
            "moved": [*others, (number, 500.0 - mine[1], mine[2], mine[3])],
            "new": [*others, mine],
        }[change]
        said = ledger(things)
        row = row.followed_by(said)
        fresh = StatementRow().followed_by(said)
        assert row.said == said
        assert row.marks.keys == fresh.marks.keys == tuple(each.annotation_id for each in said)
        assert np.array_equal(row.marks.styles, fresh.marks.styles)
        assert np.array_equal(row.marks.spans.starts, fresh.marks.spans.starts)
        assert np.array_equal(row.marks.spans.stops, fresh.marks.spans.stops)
        assert row.marks.longest == fresh.marks.longest


def test_a_statement_leads_to_the_candidate_that_it_judges() -> None:
    review, _ = review_of()
    flag = review.candidates[0]
    review.select([flag.key])
    review.judge(Label.SPASM)
    (own,) = review.annotations
    assert judged_by(own.annotation_id, review.candidates) == flag.key
    assert judged_by("0" * 32, review.candidates) == ""
    review.set_rater(BEN)  # it is another's statement now, on the same flag
    assert judged_by(own.annotation_id, review.candidates) == flag.key


def test_the_selection_has_the_reviewers_own_edges() -> None:
    review, _ = review_of()
    review.annotate(Interval(200, 203), Label.ARTEFACT)
    spans = selected_spans(review.selected)
    assert (spans.starts.tolist(), spans.stops.tolist()) == ([200.0], [203.0])
