from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.roles import Roles, assign_roles
from reviewer_app.domain.snapshot import Role

TEN = [f"P{i}" for i in range(10)]


def assign(
    *patients: str, healthy: tuple[str, ...] = (), earlier: tuple[Roles, ...] = (), seed: int = 0
) -> dict[str, Role]:
    return dict(assign_roles(patients, healthy=healthy, earlier=earlier, seed=seed))


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
