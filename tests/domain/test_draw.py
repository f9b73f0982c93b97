from pathlib import Path

from reviewer_app.domain.consensus import Agreed
from reviewer_app.domain.draw import draw
from reviewer_app.domain.snapshot import LabelledWindow, SnapshotRules, SnapshotSource


def night(source: int, *, spasms: int, others: int, named: int = 0) -> Agreed:
    """Windows 2.5 s apart; the first ``named`` of those without a spasm are named by somebody."""
    with_one = tuple(LabelledWindow(source, 10_000 + 2.5 * i, 1.0, (10_001 + 2.5 * i,)) for i in range(spasms))
    without = tuple(
        LabelledWindow(source, 2.5 * i, 0.0, annotations=("somebody",) if i < named else ()) for i in range(others)
    )
    return Agreed(with_one, without, 0)


def of(*patients: str) -> list[SnapshotSource]:
    return [SnapshotSource(patient, f"recording {i}", "") for i, patient in enumerate(patients)]


def negatives(windows: tuple[LabelledWindow, ...], source: int) -> list[LabelledWindow]:
    return [each for each in windows if each.source == source and each.target == 0]


def test_each_patient_gives_so_many_windows_without_a_spasm_for_each_with_one() -> None:
    nights = [night(0, spasms=6, others=1000), night(1, spasms=4, others=1000), night(2, spasms=1, others=3)]
    found = draw(nights, of("A", "A", "B"), SnapshotRules(negatives=4))
    assert len(negatives(found, 0)) + len(negatives(found, 1)) == 40
    assert len(negatives(found, 2)) == 3  # all that there are
    assert sum(each.target for each in found) == 11
    assert found == tuple(sorted(found, key=lambda each: (each.source, each.start)))


def test_a_patient_without_spasms_gives_as_many_as_the_others_do_on_average() -> None:
    nights = [night(0, spasms=6, others=99), night(1, spasms=1, others=99), night(2, spasms=0, others=99)]
    found = draw(nights, of("A", "B", "C"), SnapshotRules(negatives=2))
    assert [len(negatives(found, source)) for source in range(3)] == [12, 2, 7]


def test_all_are_taken_where_that_is_asked_for_or_nobody_has_a_spasm() -> None:
    found = draw([night(0, spasms=1, others=99)], of("A"), SnapshotRules(negatives=0))
    assert len(negatives(found, 0)) == 99
    found = draw([night(0, spasms=0, others=99)], of("A"), SnapshotRules())
    assert len(negatives(found, 0)) == 99


def test_what_somebody_named_comes_first_but_never_crowds_out_the_rest() -> None:
    found = draw([night(0, spasms=5, others=100, named=60)], of("A"), SnapshotRules(negatives=4))
    assert sorted(bool(each.annotations) for each in negatives(found, 0)) == [False] * 10 + [True] * 10
    found = draw([night(0, spasms=5, others=100, named=3)], of("A"), SnapshotRules(negatives=4))
    assert sum(bool(each.annotations) for each in negatives(found, 0)) == 3
    found = draw([night(0, spasms=5, others=30, named=28)], of("A"), SnapshotRules(negatives=4))
    assert len(negatives(found, 0)) == 20
    assert sum(not each.annotations for each in negatives(found, 0)) == 2


def test_the_draw_is_spread_over_the_night() -> None:
    found = draw([night(0, spasms=5, others=1000)], of("A"), SnapshotRules(negatives=4))
    assert [int(each.start // 125) for each in negatives(found, 0)] == list(range(20))


def test_the_draw_follows_from_the_seed_and_the_patient_alone() -> None:
    nights = [night(0, spasms=5, others=1000)]
    first = draw(nights, of("A"), SnapshotRules())
    assert first == draw(nights, of("A"), SnapshotRules())
    assert first != draw(nights, of("A"), SnapshotRules(seed=1))
    assert first != draw(nights, of("B"), SnapshotRules())
    # The same on every machine and in every release, as snapshots are made again.
    assert [each.start for each in negatives(first, 0)][:3] == [55.0, 135.0, 360.0]


def test_a_patient_whose_id_is_no_text_is_drawn_for_as_well() -> None:
    source = SnapshotSource("\udcff", "recording", "", file=Path("x"))
    assert len(draw([night(0, spasms=1, others=99)], [source], SnapshotRules())) == 5
