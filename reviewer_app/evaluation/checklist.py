"""The check-lists TRIPOD+AI and STARD-AI, filled in from what the program knows; the rest is named as not known.

Most answers are the same for every study; those that follow from the study are functions of it.

TRIPOD+AI: Collins et al., BMJ 2024;385:e078378, items by their numbers there. STARD-AI extends STARD 2015 (Bossuyt et
al., BMJ 2015;351:h5527): items by their numbers there, those that STARD-AI adds by their topic.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reviewer_app.domain.phrases import counted
from reviewer_app.evaluation.background import Background
from reviewer_app.evaluation.results import StudyResults

UNKNOWN = "not known to the program; for the authors to state"

BLINDING = "not known to the program: it hides flags from raters only if they ask it to, and does not record that"
"""Whether raters saw what the model said."""


@dataclass(frozen=True, slots=True)
class Known:
    """A study, as far as answers follow from it."""

    results: StudyResults
    background: Background


@dataclass(frozen=True, slots=True)
class Item:
    """One item and the section of the report that answers it."""

    number: str
    topic: str
    answer: str | Callable[[Known], str] = UNKNOWN

    def answered(self, known: Known) -> str:
        """What is to be said of this study."""
        return self.answer if isinstance(self.answer, str) else self.answer(known)


def _in(section: str, words: str = "") -> str:
    return (
        f"section \N{LEFT DOUBLE QUOTATION MARK}{section}\N{RIGHT DOUBLE QUOTATION MARK}{': ' if words else ''}{words}"
    )


WHAT = "What was evaluated"
DATA = "Data"
WINDOWS = "Windows of 5 s"
SPASMS = "Spasms"
CLUSTERS = "Clusters"
FALSE = "False alarms"
CALIBRATION = "Calibration"
WORK = "Work and delay"
TECHNICAL = "Technical measures"
AGREEMENT = "Agreement"
GENERIC = "Generic seizure scores"
RULES = "Parameters"
LIMITS = "Limits"
PHASE = "Phase of the evaluation (ILAE)"


# Answers that follow from the study


def _dates(known: Known) -> str:
    return _in(
        DATA, f"recordings that began in {known.results.study.months}; of enrolment and follow-up for the authors"
    )


def _who_assessed(known: Known) -> str:
    raters = known.background.chosen_raters
    chosen = f", {counted(raters, 'raters')} chosen by hand" if raters else ""
    return _in(AGREEMENT, f"number of raters{chosen}; their qualification for the authors")


def _sample(known: Known) -> str:
    background = known.background
    qualify = f"that qualify{' by the words of chosen raters' if background.chosen_raters else ''}"
    if not background.chosen_recordings:
        return f"not planned: all recordings {qualify}"
    chosen = f"{background.chosen_recordings} of the library's {background.held_recordings} recordings"
    return f"{chosen} were chosen by hand, and those of them count {qualify}; why these is for the authors"


def _imbalance(known: Known) -> str:
    partial = known.results.study.rules.scoring.skip_partial
    left_out = "those that see only the rest of a spasm were left out" if partial else "none was left out for its kind"
    return _in(DATA, f"windows of each kind; {left_out}, none was weighted")


TRIPOD = (
    Item("1", "Title names the study and the outcome", "title of this report; setting and population for the authors"),
    Item("2", "Abstract"),
    Item("3a", "Health-care context and rationale"),
    Item("3b", "Target population and intended use", _in(LIMITS, "research use only; population for the authors")),
    Item("3c", "Known inequalities between groups"),
    Item("4", "Objectives"),
    Item("5a", "Sources of data", _in(DATA, "numbers; sources for the authors")),
    Item("5b", "Dates of data", _dates),
    Item("6a", "Setting and centres"),
    Item("6b", "Eligibility of participants", _in(DATA, "what was left out and why; eligibility for the authors")),
    Item("6c", "Treatments received"),
    Item("7", "Preparation of data", _in(WHAT, "what the network looks at")),
    Item("8a", "Outcome and how it was assessed", _in(RULES, "the reference")),
    Item("8b", "Who assessed the outcome", _who_assessed),
    Item("8c", "Blinding of those who assessed it", BLINDING),
    Item("9a", "Choice of predictors", "the picture alone"),
    Item("9b", "Definition of predictors", _in(WHAT)),
    Item("9c", "Who assessed subjective predictors", "does not apply: there are none"),
    Item("10", "Sample size", _sample),
    Item("11", "Missing data", _in(DATA, "time that was not scanned, not finalised, or not analysable")),
    Item("12a", "How data were used", "evaluation only"),
    Item("12b", "Handling of predictors", _in(WHAT)),
    Item("12c", "Type of model", _in(WHAT)),
    Item("12d", "Differences between clusters of data", _in(WINDOWS, "patient by patient, and by origin")),
    Item("12e", "Measures of performance", _in(RULES)),
    Item("12f", "Updating of the model", "none"),
    Item("12g", "How predictions were calculated", _in(WHAT)),
    Item("13", "Class imbalance", _imbalance),
    Item("14", "Fairness", "not assessed: age, sex, skin and centre are not in the library"),
    Item("15", "Output of the model and its threshold", _in(RULES)),
    Item("16", "Differences between training and evaluation data", _in(DATA, "by what patients were to the training")),
    Item("17", "Ethical approval"),
    Item("18a", "Funding"),
    Item("18b", "Conflicts of interest"),
    Item("18c", "Protocol"),
    Item("18d", "Registration"),
    Item("18e", "Sharing of data"),
    Item("18f", "Sharing of code", _in(WHAT, "program and bundle")),
    Item("19", "Involvement of patients and public"),
    Item("20a", "Flow of participants", _in(DATA)),
    Item("20b", "Characteristics of participants", _in(DATA, "hours and spasms; clinical ones for the authors")),
    Item("20c", "Comparison with the training data", _in(DATA, "as far as known")),
    Item("21", "Participants and outcomes in each analysis", _in(DATA)),
    Item("22", "Specification of the model", _in(WHAT, "identity of the bundle, which holds all of it")),
    Item("23a", "Performance with intervals", f"sections {WINDOWS}, {SPASMS}, {CLUSTERS}"),
    Item("23b", "Differences in performance", _in(TECHNICAL)),
    Item("24", "Results of updating", "does not apply"),
    Item("25", "Interpretation"),
    Item("26", "Limitations", _in(LIMITS)),
    Item("27a", "Poor or missing input", _in(TECHNICAL)),
    Item("27b", "Interaction and expertise that users need", "every flag is judged by a person"),
    Item("27c", "Next steps"),
)

STARD = (
    Item("1", "Title names a study of diagnostic accuracy and the index test", "title of this report"),
    Item("2", "Abstract"),
    Item("3", "Background, intended use and role of the test", _in(LIMITS, "research use only")),
    Item("4", "Objectives and hypotheses"),
    Item("5", "Prospective or retrospective", "the model scored recordings after they were made"),
    Item("6", "Eligibility"),
    Item("7", "How participants were found"),
    Item("8", "Where and when", _dates),
    Item("9", "Consecutive, random or convenience series"),
    Item("10a", "Index test in enough detail", _in(WHAT)),
    Item("10b", "Reference standard in enough detail", _in(RULES)),
    Item("11", "Reason for the reference standard", "video judged by raters; whether with EEG is for the authors"),
    Item("12a", "Thresholds of the index test, fixed before or not", _in(RULES)),
    Item("12b", "Thresholds of the reference standard", "does not apply: raters decide"),
    Item("13a", "Index test blinded to the reference", "yes: scores follow from the picture alone"),
    Item("13b", "Reference blinded to the index test", BLINDING),
    Item("14", "Methods for estimating accuracy", _in(RULES)),
    Item("15", "Indeterminate results", _in(RULES, "time on which raters were unsure or divided is left out")),
    Item("16", "Missing data", _in(DATA)),
    Item("17", "Analyses of variability", _in(TECHNICAL)),
    Item("18", "Sample size", _sample),
    Item("19", "Flow of participants", _in(DATA)),
    Item("20", "Characteristics of participants", _in(DATA)),
    Item(
        "21a",
        "Severity in those with the condition",
        _in(DATA, "spasms; the rest for the authors"),
    ),
    Item("21b", "Other diagnoses in those without"),
    Item("22", "Time and treatment between test and reference", "none: both judge the same seconds"),
    Item("23", "Cross tabulation", _in(WINDOWS, "counts")),
    Item("24", "Accuracy with intervals", f"sections {WINDOWS}, {SPASMS}, {CLUSTERS}"),
    Item("25", "Adverse events"),
    Item("26", "Limitations", _in(LIMITS)),
    Item("27", "Implications for practice"),
    Item("28", "Registration"),
    Item("29", "Protocol"),
    Item("30", "Funding"),
    Item("AI", "Version of the model and of the program", _in(WHAT)),
    Item("AI", "Training, validation and test data kept apart", _in(DATA, "by what patients were to the training")),
    Item("AI", "Preparation of inputs", _in(WHAT)),
    Item("AI", "Failures and unusable inputs", _in(DATA, "time that could not be scored")),
    Item("AI", "Fairness and bias", "not assessed: groups of patients are not in the library"),
    Item("AI", "Use of generated data", _in(WHAT, "training of the bundle")),
    Item("AI", "Availability of model, code and data", _in(WHAT, "model and code; data for the authors")),
)
