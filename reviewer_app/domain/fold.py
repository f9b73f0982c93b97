"""Cross-validation by patient: who is learned from and who is tested, each time."""

from dataclasses import dataclass

import numpy as np

from reviewer_app.domain.snapshot import Role, Snapshot


@dataclass(frozen=True, slots=True)
class Fold:
    """One of the trainings of a cross-validation: no patient is on both sides."""

    train: tuple[str, ...]  # patients, in order of their names
    test: tuple[str, ...]


def patient_folds(snapshot: Snapshot, *, count: int, seed: int) -> tuple[Fold, ...]:
    """Parts a snapshot's patients into folds, so that each patient with epilepsy is tested exactly once.

    Patients with spasms are dealt out first and those without after them, so that folds are alike in both and differ by
    one patient at most. Healthy infants stay on the training side, as in Miron et al. (2024). Held-out patients take no
    part: a recipe that was chosen by their scores would have been chosen to please them.

    Args:
        snapshot: Whose patients to part.
        count: Folds, 2 or more.
        seed: Of the dealing; equal seeds give equal folds.

    Raises:
        ValueError: There are fewer patients to test than folds.
    """
    mine = {patient for patient, role in snapshot.roles if role is not Role.HELD_OUT}
    sick = {source.patient for source in snapshot.sources if not source.healthy} & mine
    spasms = {snapshot.sources[each.source].patient for each in snapshot.windows if each.target > 0.5} & sick
    if not 2 <= count <= len(sick):
        raise ValueError(f"{len(sick)} patients to test cannot be parted into {count} folds")
    chance = np.random.default_rng(seed)
    order = [*_shuffled(spasms, chance), *_shuffled(sick - spasms, chance)]
    return tuple(
        Fold(train=tuple(sorted(mine - set(order[first::count]))), test=tuple(sorted(order[first::count])))
        for first in range(count)
    )


def _shuffled(patients: set[str], chance: np.random.Generator) -> list[str]:
    return [str(patient) for patient in chance.permutation(sorted(patients))]
