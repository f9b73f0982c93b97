"""Who trains, who validates, who is held out: decided by patient, so that nobody is ever on two sides."""

import hashlib
from collections.abc import Collection, Iterable

from reviewer_app.domain.snapshot import Role

SHARE = 0.2
"""Of the patients with epilepsy, for validation and for holding out each."""

LEAST_PATIENTS = 3
"""With fewer, nobody is held out: somebody must train, and somebody validate."""

Roles = tuple[tuple[str, Role], ...]
"""Each patient with their role, by patient."""


def assign_roles(patients: Iterable[str], *, healthy: Collection[str], earlier: Iterable[Roles], seed: int) -> Roles:
    """Gives each patient one role, the same each time for the same patients, seed and earlier roles.

    Ids that differ in case or in spaces alone count as one patient, so that a slip of the pen sets nobody on two sides.
    A patient who was ever held out stays so, even one who is called healthy now. Others are held out only if they never
    trained or validated before: a model that saw them would look better than it is. Healthy patients always train, as
    in the published recipe.

    Args:
        patients: Ids of those who have windows.
        healthy: Ids of those without epilepsy.
        earlier: The roles of all earlier snapshots.
        seed: Decides among those who could be taken.
    """
    names: dict[str, list[str]] = {}
    for patient in sorted(set(patients)):
        names.setdefault(patient_key(patient), []).append(patient)
    past = {
        role: {patient_key(patient) for roles in earlier for patient, each in roles if each is role} for role in Role
    }
    held = set(names) & past[Role.HELD_OUT]
    ill = set(names) - {patient_key(patient) for patient in healthy} | held

    def lot(key: str) -> str:
        return hashlib.sha256(f"{seed}|{key}".encode("utf-8", "surrogatepass")).hexdigest()

    share = max(1, int(SHARE * len(ill) + 0.5))
    if len(ill) >= LEAST_PATIENTS:
        fresh = ill - past[Role.TRAIN] - past[Role.VALIDATE] - held
        held |= set(sorted(fresh, key=lot)[: max(0, share - len(held))])
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


def _turn(key: str, past: dict[Role, set[str]]) -> int:
    return 0 if key in past[Role.VALIDATE] else 2 if key in past[Role.TRAIN] else 1


def patient_key(patient: str) -> str:
    """What two spellings of one patient's id have in common."""
    return " ".join(patient.split()).casefold()
