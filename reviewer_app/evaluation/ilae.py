"""Which phase of the ILAE's standards a study can be called, and why it is never more than the second here.

Beniczky and Ryvlin, "Standards for testing and clinical validation of seizure detection devices", Epilepsia 2018;
59 Suppl 1: 9-13. Phase 2 asks for at least 10 patients with seizures and 15 seizures, judged on video or video-EEG;
phases 3 and 4 ask for detection in real time with everything fixed beforehand, blinded.
"""

from dataclasses import dataclass

from reviewer_app.evaluation.background import Background, Origin
from reviewer_app.evaluation.results import StudyResults

LEAST_PATIENTS, LEAST_SPASMS = 10, 15
"""With seizures, in a study of phase 2."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase with its reasons, as sentences."""

    number: int
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"At most phase {self.number} of 4."


def phase_of(results: StudyResults, background: Background) -> Phase:
    """The highest phase that the study could be called; a reader who knows more may lower it."""
    recordings = results.study.recordings
    spasms = sum(each.scores.spasms.reference for each in recordings)
    patients = len({each.patient for each in recordings if each.scores.spasms.reference})
    reasons = [
        "Recordings were scored after the fact, not in real time; phases 3 and 4 need detection in real time, with the "
        "algorithm and its thresholds fixed beforehand, and blinded. This program cannot provide that."
    ]
    number = 2
    if patients < LEAST_PATIENTS or spasms < LEAST_SPASMS:
        number = 1
        reasons.append(
            f"Phase 2 needs at least {LEAST_PATIENTS} patients with spasms and {LEAST_SPASMS} spasms; here there are "
            f"{patients} and {spasms}."
        )
    if any(origin in (Origin.TRAINED, Origin.VALIDATED) for origin in background.origins.values()):
        reasons.append("Some of the patients were known to the training, which makes the figures too good.")
    reasons.append(
        "Whether the recordings were consecutive, of how many centres, and made with the camera that is meant to be "
        "used, is not known to the program; phase 2 needs the last."
    )
    return Phase(number, tuple(reasons))
