from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.roles import Roles, assign_roles, carried_over
from reviewer_app.domain.snapshot import Role, Snapshot, SnapshotRules, SnapshotSource

TEN = [f"P{i}" for i in range(10)]


def assign(
    *patients: str,
    healthy: tuple[str, ...] = (),
    earlier: tuple[Roles, ...] = (),
    seed: int = 0,
    nights: tuple[str, ...] = (),
) -> dict[str, Role]:
    return dict(assign_roles(patients, healthy=healthy, earlier=earlier, seed=seed, nights=nights))


def count(roles: dict[str, Role], role: Role) -> int:
    return list(roles.values()).count(role)


def test_about_a_fifth_validates_and_a_fifth_is_held_out() -> None:
    roles = assign(*TEN)
    assert [count(roles, role) for role in Role] == [6, 2, 2]
    assert roles == assign(*reversed(TEN))
    assert roles != assign(*TEN, seed=1)


def test_with_fewer_than_three_patients_nobody_is_held_out() -> None:
    assert assign("A") == {"A": Role.TRAIN}
    assert sorted(assign("A", "B").values()) == [Role.TRAIN, Role.VALIDATE]
    assert sorted(assign("A", "B", "C").values()) == [Role.HELD_OUT, Role.TRAIN, Role.VALIDATE]
    assert assign() == {}


def test_healthy_patients_train_and_do_not_count() -> None:
    roles = assign("A", "B", "H1", "H2", "H3", healthy=("H1", "H2", "H3"))
    assert {roles[each] for each in ("H1", "H2", "H3")} == {Role.TRAIN}
    assert count(roles, Role.HELD_OUT) == 0


def test_who_was_ever_held_out_stays_so_even_when_called_healthy() -> None:
    earlier = ((("A", Role.HELD_OUT), ("B", Role.TRAIN)), (("C", Role.HELD_OUT),))
    roles = assign("A", "B", "C", "D", healthy=("C",), earlier=earlier)
    assert (roles["A"], roles["C"]) == (Role.HELD_OUT, Role.HELD_OUT)
    assert assign("A", earlier=earlier) == {"A": Role.HELD_OUT}


def test_nobody_is_held_out_whom_an_earlier_snapshot_trained_or_validated_on() -> None:
    earlier = (tuple((each, Role.TRAIN) for each in TEN[:8]), ((TEN[8], Role.VALIDATE),))
    roles = assign(*TEN, earlier=earlier)
    assert [each for each in TEN if roles[each] is Role.HELD_OUT] == [TEN[9]]
    assert roles[TEN[8]] is Role.VALIDATE
    assert count(assign(*TEN[:9], earlier=earlier), Role.HELD_OUT) == 0


def test_one_patient_under_two_spellings_has_one_role() -> None:
    earlier = ((("p  7", Role.HELD_OUT),),)
    assert assign("P 7", "p 7 ", earlier=earlier) == {"P 7": Role.HELD_OUT, "p 7 ": Role.HELD_OUT}


def test_who_is_one_with_somebody_who_trained_is_held_out_no_more() -> None:
    earlier = ((("A", Role.HELD_OUT), ("B", Role.TRAIN)), (("A", Role.TRAIN), ("C", Role.HELD_OUT)))
    roles = assign("A", "C", "D", "E", earlier=earlier)
    assert (roles["A"], roles["C"]) == (Role.TRAIN, Role.HELD_OUT)
    assert assign("A", "C", healthy=("A",), earlier=earlier)["A"] is Role.TRAIN


def test_those_with_a_night_are_held_out_and_validate_first() -> None:
    for seed in range(20):
        few = assign(*TEN, nights=("p3", "P8"), seed=seed)
        assert {few["P3"], few["P8"]} == {Role.HELD_OUT, Role.VALIDATE}
        many = assign(*TEN, nights=tuple(TEN[:5]), seed=seed)
        assert all(many[each] is Role.TRAIN for each in TEN[5:])
        assert [count(many, role) for role in Role] == [6, 2, 2]
        assert assign(*TEN, nights=tuple(TEN), seed=seed) == assign(*TEN, seed=seed)


def test_the_only_night_validates_unless_nobody_else_can_be_held_out() -> None:
    assert all(assign(*TEN, nights=("P4",), seed=seed)["P4"] is Role.VALIDATE for seed in range(20))
    earlier = (tuple((each, Role.TRAIN) for each in TEN if each != "P4"),)
    assert assign(*TEN, nights=("P4",), earlier=earlier)["P4"] is Role.HELD_OUT


def test_roles_once_given_stay_whoever_has_a_night() -> None:
    earlier = ((("A", Role.HELD_OUT), ("B", Role.VALIDATE), ("C", Role.TRAIN)),)
    roles = assign("A", "B", "C", "D", nights=("C", "D"), earlier=earlier)
    assert roles == {"A": Role.HELD_OUT, "B": Role.VALIDATE, "C": Role.TRAIN, "D": Role.TRAIN}
    by_night = assign(*"ABCDEFGH", nights=("B", "D"), earlier=earlier)
    assert (by_night["B"], by_night["D"]) == (Role.VALIDATE, Role.HELD_OUT), "somebody validates by night already"


def snapshot_of(whose: dict[str, str], taken: set[str], earlier: list[Snapshot], seed: int) -> Snapshot:
    past = carried_over(earlier, whose.items())
    roles = assign_roles({whose[each] for each in taken}, healthy=(), earlier=past, seed=seed)
    sources = tuple(SnapshotSource(whose[each], each, "") for each in sorted(taken))
    return Snapshot(SnapshotRules(), sources, (), roles)


def test_a_recording_takes_its_role_along_and_a_name_keeps_it() -> None:
    first = Snapshot(
        SnapshotRules(),
        (SnapshotSource("A", "one", ""), SnapshotSource("B", "two", ""), SnapshotSource("nobody's", "three", "")),
        (),
        (("A", Role.HELD_OUT), ("B", Role.TRAIN)),
    )
    today = [("one", "a-1"), ("two", "B"), ("two", "B's other"), ("three", "C"), ("four", "D")]
    assert list(carried_over([first], today)) == [
        (("A", Role.HELD_OUT), ("B", Role.TRAIN), ("B's other", Role.TRAIN), ("a-1", Role.HELD_OUT))
    ]


FILMS = [f"film {i}" for i in range(8)]
STEPS = st.tuples(
    st.sets(st.sampled_from(FILMS), min_size=3),
    st.dictionaries(st.sampled_from(FILMS), st.sampled_from(TEN), max_size=3),
    st.integers(0, 3),
)


@given(st.lists(STEPS, min_size=2, max_size=5))
def test_nobody_is_held_out_after_training_nor_trains_after_being_held_out_under_whatever_name(
    steps: list[tuple[set[str], dict[str, str], int]],
) -> None:
    whose = dict(zip(FILMS, TEN, strict=False))
    made: list[Snapshot] = []
    for taken, renamed, seed in steps:
        whose |= renamed
        snapshot = snapshot_of(whose, taken, made, seed)
        for patient, role in snapshot.roles:
            mine = {film for film in FILMS if whose[film] == patient}
            past = {
                dict(before.roles)[source.patient]
                for before in made
                for source in before.sources
                if source.identity in mine or source.patient == patient
            }
            if past - {Role.HELD_OUT}:
                assert role is not Role.HELD_OUT
            elif past:
                assert role is Role.HELD_OUT
        made.append(snapshot)


NAMES = st.sets(st.sampled_from([*TEN, *(each.lower() for each in TEN)]))


@given(st.lists(st.tuples(NAMES, NAMES, st.integers(0, 3)), min_size=1, max_size=5))
def test_no_patient_ever_has_two_roles_or_leaves_the_held_out_ones(steps: list[tuple[set[str], set[str], int]]) -> None:
    earlier: list[Roles] = []
    for patients, healthy, seed in steps:
        roles = assign_roles(patients, healthy=healthy, earlier=earlier, seed=seed)
        assert [patient for patient, _ in roles] == sorted(patients)
        by_person: dict[str, set[Role]] = {}
        for patient, role in roles:
            by_person.setdefault(patient.casefold(), set()).add(role)
        assert all(len(each) == 1 for each in by_person.values())
        for before in earlier:
            held = {patient.casefold() for patient, role in before if role is Role.HELD_OUT}
            assert all(by_person[each] == {Role.HELD_OUT} for each in held & set(by_person))
            used = {patient.casefold() for patient, role in before if role is not Role.HELD_OUT}
            assert all(by_person[each] != {Role.HELD_OUT} for each in used & set(by_person))
        earlier.append(roles)
        assert roles == assign_roles(patients, healthy=healthy, earlier=earlier, seed=seed)  # made again, the same
