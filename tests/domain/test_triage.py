"""Flags and statements side by side: each statement judges the flags it covers, and what is left is counted."""

import pytest

from reviewer_app.domain.annotation import Annotation, Label, Rater, Statement
from reviewer_app.domain.event import Cluster, Event
from reviewer_app.domain.triage import Candidate, Flags, Seek, candidates_of, neighbour, workload
from reviewer_app.domain.window import Interval

ANNA, BEN = Rater(1, "Anna"), Rater(2, "Ben")
FLAGS = (
    Cluster(tuple(Event(Interval(peak - 1, peak + 1), peak, 0.9) for peak in (10.0, 17.0, 24.0))),
    Cluster((Event(Interval(199, 201), 200.0, 0.7),)),
)


def said(start: float, stop: float, label: Label = Label.SPASM, *, rater: Rater = ANNA, key: str = "") -> Annotation:
    return Annotation(key or f"{start}-{stop}-{rater.name}", rater, Statement(Interval(start, stop), label), "")


def candidates(*annotations: Annotation) -> tuple[Candidate, ...]:
    return candidates_of(FLAGS, annotations, rater_id=ANNA.rater_id)


def test_without_statements_every_flag_is_open() -> None:
    found = candidates()
    assert [(each.peak, each.cluster, each.is_flag, each.verdict) for each in found] == [
        (10, 1, True, None),
        (17, 1, True, None),
        (24, 1, True, None),
        (200, 2, True, None),
    ]
    assert len({each.key for each in found}) == 4


def test_a_flag_that_is_a_spasm_is_one_where_it_peaks_however_far_it_reaches() -> None:
    wide = (Cluster((Event(Interval(90, 120), 100.0, 0.9),)),)
    (flag,) = candidates_of(wide, (), rater_id=ANNA.rater_id)
    assert flag.named(Label.SPASM) == Interval(99.5, 101.0)
    assert flag.named(Label.NOT_SPASM) == flag.named(Label.UNSURE) == Interval(90, 120)


def test_no_spasm_reaches_out_of_its_flag_and_what_a_person_named_stays_as_it_is() -> None:
    narrow = (Cluster((Event(Interval(99.8, 100.4), 100.0, 0.9),)),)
    flag, named = candidates_of(narrow, (said(30, 40),), rater_id=ANNA.rater_id)[::-1]
    assert flag.named(Label.SPASM) == Interval(99.8, 100.4)
    assert named.named(Label.SPASM) == Interval(30, 40)


@pytest.mark.parametrize(
    ("statement", "judged"),
    [
        (said(9, 11), [10]),
        (said(5, 20), [10, 17]),
        (said(10.2, 10.8), [10]),  # without the peak, but its middle lies in the flag
        (said(9.2, 9.8), [10]),
        (said(30, 40), []),
    ],
)
def test_a_statement_judges_the_flags_whose_peaks_it_holds_or_the_one_it_lies_in(
    statement: Annotation, judged: list[float]
) -> None:
    found = candidates(statement)
    assert [each.peak for each in found if each.is_flag and each.verdict] == judged
    assert len(found) == 4 + (not judged)


def test_a_statement_that_judges_no_flag_stands_for_itself() -> None:
    own, other = said(30, 40, Label.UNSURE), said(50, 60, rater=BEN)
    mine, theirs = (each for each in candidates(own, other) if not each.is_flag)
    assert (mine.key, mine.peak, mine.own, mine.others) == (own.annotation_id, 35, own, ())
    assert (theirs.own, theirs.others) == (None, (other,))
    assert mine.score != mine.score, "no score is made up"


def test_the_narrower_statement_counts_on_a_flag() -> None:
    wide, narrow = said(0, 100, Label.NOT_ANALYSABLE), said(9, 11)
    for order in ((wide, narrow), (narrow, wide)):
        assert [each.verdict for each in candidates(*order)][:2] == [Label.SPASM, Label.NOT_ANALYSABLE]


def test_others_are_beside_the_reviewers_own() -> None:
    first = candidates(said(9, 11), said(9, 11, Label.NOT_SPASM, rater=BEN))[0]
    assert first.verdict is Label.SPASM
    assert [each.label for each in first.others] == [Label.NOT_SPASM]


def test_what_is_sought_next() -> None:
    found = candidates(said(9, 11), said(30, 40))
    first = found[0]

    def seek(what: Seek, time: float, current: Candidate | None = None) -> float | None:
        there = neighbour(found, what, current=current, time=time)
        return there.peak if there else None

    assert seek(Seek.NEXT, 0) == 10
    assert seek(Seek.NEXT, 10, first) == 17
    assert seek(Seek.NEXT, 24) == 35, "people's own statements are gone through, too"
    assert seek(Seek.PREVIOUS, 17) == 10
    assert seek(Seek.PREVIOUS, 10) is None
    assert seek(Seek.UNREVIEWED, 0) == 17
    assert seek(Seek.UNREVIEWED, 24) == 200
    assert seek(Seek.CLUSTER, 10, first) == 200
    assert seek(Seek.CLUSTER, 200, found[-1]) is None


def test_the_workload_counts_open_flags_and_the_minutes_to_watch() -> None:
    left = workload(candidates(said(9, 11), said(30, 40)), pre_roll=4)
    assert (left.flags, left.left, left.left_in_cluster) == (4, 3, {1: 2, 2: 1})
    # 13-19 and 20-26 and 196-202: 18 s.
    assert left.minutes == pytest.approx(18 / 60)
    nothing = workload((), pre_roll=4)
    assert (nothing.flags, nothing.left, nothing.minutes) == (0, 0, 0)


def test_the_minutes_to_watch_count_no_second_twice() -> None:
    assert workload(candidates(), pre_roll=10).minutes == pytest.approx((26 + 12) / 60)


def test_one_more_verdict_makes_one_new_candidate() -> None:
    flags = Flags(FLAGS)
    first, second = said(9, 11), said(30, 40)
    before = flags.with_statements((first,), rater_id=ANNA.rater_id)
    after = flags.with_statements((first, second), rater_id=ANNA.rater_id)
    assert after == candidates(first, second)
    assert [each for each in after if not any(each is known for known in before)] == [after[3]]
    again = flags.with_statements((first, second), rater_id=ANNA.rater_id)
    assert all(each is known for each, known in zip(again, after, strict=True))


def test_what_is_remembered_is_forgotten_with_the_statement_and_the_rater() -> None:
    flags = Flags(FLAGS)
    one = said(9, 11)
    flags.with_statements((one,), rater_id=ANNA.rater_id)
    assert flags.with_statements((), rater_id=ANNA.rater_id) == candidates()
    flags.with_statements((one,), rater_id=ANNA.rater_id)
    assert flags.with_statements((one,), rater_id=99) == candidates_of(FLAGS, (one,), rater_id=99)
