"""What a report on a study tells beside the figures: where the bundle comes from, and whom its training saw."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Origin(StrEnum):
    """What a patient was to the training of the bundle."""

    TRAINED = "patients whose windows its weights were fitted to (figures are too good)"
    VALIDATED = "patients on whom its threshold and its end of training were chosen (figures are too good)"
    HELD_OUT = "patients held out of its training"
    OUTSIDE = "patients that its training did not know (external)"


@dataclass(frozen=True, slots=True)
class Background:
    """Facts on the bundle and the reference, as words.

    Attributes:
        program: Name and version.
        notice: What the bundle says of itself.
        licence: Of its weights.
        network: Its family.
        clip: What it looks at.
        snapshot: Identity of the snapshot that it was trained on; empty where none is known.
        training: What its manifest says of its training, as names and values.
        origins: What each patient was to its training; empty where that is not known.
        divided: Onsets on which the raters were divided.
        without_patient: Recordings that name no patient and count as patients of their own.
        held_recordings: All that the library holds.
        chosen_recordings: How many of them a person named to be evaluated; 0 where nobody chose.
        chosen_raters: How many raters a person named, whose words alone count; 0 where nobody chose.
        wanted_rate: False alarms an hour for which the operating point was chosen.
        predicted_sensitivity: Share of spasms found that the bundle predicts there; NaN where it tells none.
    """

    program: str
    notice: str = ""
    licence: str = ""
    network: str = ""
    clip: str = ""
    snapshot: str = ""
    training: tuple[tuple[str, str], ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    divided: int = 0
    without_patient: int = 0
    held_recordings: int = 0
    chosen_recordings: int = 0
    chosen_raters: int = 0
    wanted_rate: float = 1.0
    predicted_sensitivity: float = float("nan")
