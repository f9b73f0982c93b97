import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reviewer_app.domain.fold import patient_folds
from reviewer_app.domain.snapshot import LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource

KINDS = ("spasms", "none", "healthy")


def snapshot_of(kinds: dict[str, str], held_out: frozenset[str] = frozenset()) -> Snapshot:
    """One source and two windows for each patient; those with spasms have one in the second window."""
    sources = tuple(SnapshotSource(name, f"id-{name}", "", healthy=kind == "healthy") for name, kind in kinds.items())
    windows = tuple(
        LabelledWindow(place, 5.0 * half, float(half and kind == "spasms"))
        for place, kind in enumerate(kinds.values())
        for half in (0, 1)
    )
    roles = tuple((name, Role.HELD_OUT if name in held_out else Role.TRAIN) for name in sorted(kinds))
    return Snapshot(SnapshotRules(), sources, windows, roles)


names = st.text("abcdef0123", min_size=1, max_size=4)


@given(st.dictionaries(names, st.sampled_from(KINDS), min_size=2, max_size=25), st.integers(2, 6), st.integers(0, 99))
def test_no_patient_is_on_both_sides_and_everybody_with_epilepsy_is_tested_once(
    kinds: dict[str, str], count: int, seed: int
) -> None:
    held_out = frozenset(name for name in kinds if name.startswith("a"))
    snapshot = snapshot_of(kinds, held_out)
    sick = sorted(name for name, kind in kinds.items() if kind != "healthy" and name not in held_out)
    assume(len(sick) >= count)
    folds = patient_folds(snapshot, count=count, seed=seed)
    assert len(folds) == count
    assert sorted(patient for fold in folds for patient in fold.test) == sick
    healthy = {name for name, kind in kinds.items() if kind == "healthy"} - held_out
    for fold in folds:
        assert not set(fold.train) & set(fold.test)
        assert set(fold.train) | set(fold.test) == set(sick) | healthy
        assert healthy <= set(fold.train)
        assert not held_out & {*fold.train, *fold.test}


@given(st.integers(2, 12), st.integers(0, 12), st.integers(2, 5), st.integers(0, 99))
def test_folds_are_alike_in_patients_with_spasms_and_in_all(spasms: int, none: int, count: int, seed: int) -> None:
    assume(spasms + none >= count)
    kinds = {f"s{i}": "spasms" for i in range(spasms)} | {f"n{i}": "none" for i in range(none)}
    folds = patient_folds(snapshot_of(kinds), count=count, seed=seed)
    with_spasms = [sum(patient.startswith("s") for patient in fold.test) for fold in folds]
    assert max(with_spasms) - min(with_spasms) <= 1
    sizes = [len(fold.test) for fold in folds]
    assert max(sizes) - min(sizes) <= 1


def test_the_same_seed_gives_the_same_folds_and_another_seed_others() -> None:
    kinds = {f"p{i}": KINDS[i % 2] for i in range(20)}
    once = patient_folds(snapshot_of(kinds), count=5, seed=1)
    turned = snapshot_of(dict(reversed(kinds.items())))  # in whatever order the sources come
    assert patient_folds(turned, count=5, seed=1) == once
    assert patient_folds(snapshot_of(kinds), count=5, seed=2) != once


def test_more_folds_than_patients_to_test_are_refused() -> None:
    with pytest.raises(ValueError, match="2 patients to test cannot be parted into 3 folds"):
        patient_folds(snapshot_of({"a1": "spasms", "b": "none", "c": "healthy"}), count=3, seed=0)


def test_a_single_fold_is_refused() -> None:
    with pytest.raises(ValueError, match="into 1 folds"):
        patient_folds(snapshot_of({"b": "spasms", "d": "none"}), count=1, seed=0)
