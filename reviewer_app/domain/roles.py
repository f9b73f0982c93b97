"""Who trains, who validates, who is held out: decided by patient, so that nobody is ever on two sides."""

import hashlib
from collections.abc import Collection, Iterable, Iterator

from reviewer_app.domain.snapshot import Role, Snapshot

SHARE = 0.2
"""Of the patients with epilepsy, for validation and for holding out each."""

LEAST_PATIENTS = 3
"""With fewer, nobody is held out: somebody must train, and somebody validate."""

Roles = tuple[tuple[str, Role], ...]
"""Each patient with their role, by patient."""


def assign_roles(
    patients: Iterable[str],
    *,
    healthy: Collection[str],
    earlier: Iterable[Roles],
    seed: int,
    nights: Collection[str] = (),
) -> Roles:
    """Gives each patient one role, the same each time for the same patients, seed and earlier roles.

    Ids that differ in case or in spaces alone count as one patient, so that a slip of the pen sets nobody on two sides.
    A patient who was ever held out stays so, even one who is called healthy now. Others are held out only if they never
    trained or validated before: a model that saw them would look better than it is. Who turns out to be one person with
    somebody who did is held out no more, for the same reason; that they train from now on flatters nobody, as a bundle
    is never compared on those that it learned from. Healthy patients always train, as in the published recipe.

    Of those who could be taken, those with a night come first: without one, nobody gives operating points, and there is
    nothing to compare bundles on.

    Args:
        patients: Ids of those who have windows.
        healthy: Ids of those without epilepsy.
        earlier: The roles of all earlier snapshots, carried over to the names of now.
        seed: Decides among those who could be taken.
        nights: Ids of those with a recording of the library, and not single clips alone.
    """
    names: dict[str, list[str]] = {}
    for patient in sorted(set(patients)):
        names.setdefault(patient_key(patient), []).append(patient)
    told = list(earlier)
    past = {role: {patient_key(patient) for roles in told for patient, each in roles if each is role} for role in Role}
    held = set(names) & past[Role.HELD_OUT] - past[Role.TRAIN] - past[Role.VALIDATE]
    ill = set(names) - {patient_key(patient) for patient in healthy} | held
    recorded = set(map(patient_key, nights))

    def lot(key: str) -> tuple[bool, str]:
        return key not in recorded, hashlib.sha256(f"{seed}|{key}".encode("utf-8", "surrogatepass")).hexdigest()

    share = max(1, int(SHARE * len(ill) + 0.5))
    if len(ill) >= LEAST_PATIENTS:
        fresh = sorted(ill - past[Role.TRAIN] - past[Role.VALIDATE] - held, key=lot)
        if not (ill - held) & past[Role.VALIDATE] & recorded:
            fresh = _spared(fresh, recorded)
        held |= set(fresh[: max(0, share - len(held))])
    rest = ill - held
    # Who validated before does so again, and who trained before comes last: the base of a training may know them.
    in_turn = sorted(rest, key=lambda key: (_turn(key, past), lot(key)))
    validating = set(in_turn[: min(share, len(rest) - 1)]) if rest else set()
    return tuple(
        sorted(
            (patient, Role.HELD_OUT if key in held else Role.VALIDATE if key in validating else Role.TRAIN)
            for key, group in names.items()
            for patient in group
        )
    )


def _spared(fresh: list[str], recorded: Collection[str]) -> list[str]:
    """The last of those with a night is held out after all others: whoever is compared must be calibrated first."""
    last = [key for key in fresh if key in recorded][-1:]
    return [key for key in fresh if key not in last] + last


def carried_over(snapshots: Iterable[Snapshot], today: Iterable[tuple[str, str]]) -> Iterator[Roles]:
    """The roles of snapshots under the names of then and under those that the same recordings have today.

    A patient may so have two roles: of one person under two names, or of two names that became one.

    Args:
        snapshots: Whose roles.
        today: The identity of each recording that is known, and whose it is now.
    """
    names: dict[str, set[str]] = {}
    for identity, patient in today:
        names.setdefault(identity, set()).add(patient)
    for snapshot in snapshots:
        roles = dict(snapshot.roles)
        mine = [source for source in snapshot.sources if source.patient in roles]
        moved = {(name, roles[source.patient]) for source in mine for name in names.get(source.identity, ())}
        yield tuple(sorted({*snapshot.roles, *moved}))


def _turn(key: str, past: dict[Role, set[str]]) -> int:
    return 0 if key in past[Role.VALIDATE] else 2 if key in past[Role.TRAIN] else 1


def patient_key(patient: str) -> str:
    """What two spellings of one patient's id have in common."""
    return " ".join(patient.split()).casefold()
