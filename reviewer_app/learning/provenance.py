"""Where a fine-tuned bundle comes from, as structured facts of its manifest: numbers and hashes, never names.

::

    training["data"]        snapshot's identity, numbers of patients, recordings, windows and hours
    training["recipe"]      every number of the recipe
    training["base"]        the bundle whose weights it started from: name, identity, licence, snapshot
    training["ancestors"]   the base, the base's base, and so on
    training["validation"]  figures on patients that no weight was fitted to
    training["limits"]      sentences
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from reviewer_app import __version__
from reviewer_app.domain.phrases import counted
from reviewer_app.domain.recipe import Recipe
from reviewer_app.learning.bundle import Bundle
from reviewer_app.learning.manifest import Json, Licence

FEW_PATIENTS = 20
"""Fewer than this are told among the limits: the published model saw 141 infants with spasms and 127 without."""


@dataclass(frozen=True, slots=True)
class TrainingData:
    """How much a training saw."""

    snapshot: str  # identity
    patients: int  # weights were fitted to
    validation_patients: int  # epochs, temperature and operating points were chosen on
    recordings: int  # of both
    windows: int  # weights were fitted to
    windows_with_spasms: int
    hours: float  # finalised time that the windows were drawn from, or their own where it is not known

    @property
    def is_personal(self) -> bool:
        """Whether all of it is of one patient, so that nothing is known of any other."""
        return self.patients + self.validation_patients <= 1


def training_facts(
    data: TrainingData,
    *,
    base: Bundle,
    recipe: Recipe,
    validation: Mapping[str, float | None],
    epochs: int,
    date: str,
) -> dict[str, Json]:
    """What the manifest of a fine-tuned bundle says of its training.

    Args:
        data: How much it saw.
        base: The bundle whose weights it started from.
        recipe: How it was trained.
        validation: Figures on the validation patients, by name; None where the data do not allow one.
        epochs: That it went through; fewer than the recipe's where it stopped early.
        date: ISO 8601, of the day on which it ended.
    """
    known = base.description.training.get("data")
    parent: dict[str, Json] = {
        "name": base.name,
        "identity": base.identity,
        "licence": base.description.licence.spdx,
        # Whoever the base learned from, its children have learned from, too.
        "snapshot": known.get("snapshot") if isinstance(known, Mapping) else None,
    }
    return {
        "data": {**asdict(data), "hours": round(data.hours, 2), "personal": data.is_personal},
        "recipe": {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(recipe).items()},
        "base": parent,
        "ancestors": [parent, *ancestors(base)],
        "validation": {name: None if value is None else round(value, 4) for name, value in validation.items()},
        "limits": list(_limits(data)),
        "epochs": epochs,
        "code": __version__,
        "date": date,
    }


def inherited_licence(base: Bundle) -> Licence:
    """The licence of a bundle made from another: the base's own, unless an ancestor forbids commercial use.

    Weights that were fitted to others derive from them. A base that calls itself free while its manifest names an
    ancestor under a non-commercial licence is not believed.
    """
    told = base.description.licence
    bound = next((each for each in ancestors(base) if "-NC-" in str(each.get("licence"))), None)
    if bound is None or "-NC-" in told.spdx:
        return Licence(told.spdx, f"Inherited from {base.name}. {told.notes}".strip())
    return Licence(str(bound["licence"]), f"Inherited from {bound['name']}, from which {base.name} was made.")


def ancestors(bundle: Bundle) -> tuple[dict[str, Json], ...]:
    """The bundles and checkpoints that a bundle's weights come from, the nearest first."""
    known = bundle.description.training.get("ancestors")
    if isinstance(known, list):
        return tuple(each for each in known if isinstance(each, dict))
    parent = bundle.description.training.get("parent")  # an imported checkpoint names the published one
    return ({**parent, "licence": bundle.description.licence.spdx},) if isinstance(parent, dict) else ()


def _limits(data: TrainingData) -> tuple[str, ...]:
    told = [
        "How it does on infants, cameras and rooms unlike those it was trained on is unknown.",
        "Its operating points were counted on the validation patients; elsewhere there may be more false alarms.",
    ]
    if data.is_personal:
        told.insert(0, "It was trained on one patient alone and is for recordings of that patient.")
    elif data.patients < FEW_PATIENTS:
        told.insert(0, f"It was trained on {counted(data.patients, 'patients')}, which is few.")
    return tuple(told)
