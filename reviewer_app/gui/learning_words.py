"""What the rooms below say about learning, in English, where the window shows it; ``media_words`` knows it by its form.

Measures are named in the window in the person's language; reports, which go to others, stay in English.
"""

from PySide6.QtCore import QCoreApplication

from reviewer_app.domain.phrases import counted
from reviewer_app.gui.shortcuts import QT_TRANSLATE_NOOP

ADVICE = (
    QT_TRANSLATE_NOOP("Media", "The finalised time of {patients} holds no spasm, so which bundle finds more is open."),
    QT_TRANSLATE_NOOP(
        "Media",
        "The two cannot be told apart with {patients}: at least {least} are needed before a difference is more than "
        "chance.",
    ),
    QT_TRANSLATE_NOOP("Media", "The two cannot be told apart with {patients}."),
    QT_TRANSLATE_NOOP("Media", "On these {patients} the candidate is better ({measure})."),
    QT_TRANSLATE_NOOP("Media", "On these {patients} the candidate is worse ({measure})."),
    QT_TRANSLATE_NOOP("Media", "It does worse in: {measures}."),
    QT_TRANSLATE_NOOP("Media", "It does better in: {measures}."),
    QT_TRANSLATE_NOOP("Media", "How it does on other patients and cameras remains unknown."),
    QT_TRANSLATE_NOOP(
        "Media",
        "It was trained on one patient alone and tested on what was recorded after that, by which its thresholds may "
        "have been chosen; it will scan recordings of that patient only.",
    ),
    QT_TRANSLATE_NOOP("Media", "{name} has no operating point, so nothing would be flagged: it cannot be promoted."),
    QT_TRANSLATE_NOOP(
        "Media",
        "{name} does not lie in a folder of bundles, where scans would find it: move it there to promote it.",
    ),
    QT_TRANSLATE_NOOP(
        "Media",
        "{name} was trained on one patient, whom this library does not know: it cannot be promoted here.",
    ),
    QT_TRANSLATE_NOOP("Media", "The current bundle is {current}: compare {name} with that one to promote it."),
    QT_TRANSLATE_NOOP(
        "Media", "No spasm was recorded after those that {name} learned from: it cannot be promoted yet."
    ),
    QT_TRANSLATE_NOOP(
        "Media",
        "{name} was trained on one patient alone. It can be promoted only after a test on what was recorded later: "
        "finalise later time of this patient.",
    ),
    QT_TRANSLATE_NOOP(
        "Media",
        "There is nobody to compare on: {name} cannot be promoted before at least one held-out patient, whom neither "
        "bundle has learned from, has finalised time. A snapshot of three or more patients holds some out.",
    ),
    QT_TRANSLATE_NOOP("Media", "{name} is the current bundle already; there is nothing to compare."),
    QT_TRANSLATE_NOOP(
        "Media",
        "{name} was trained on a snapshot of another library: whether the patients of this comparison were among them "
        "cannot be told. If they were, its figures flatter it.",
    ),
)
"""What a comparison of two bundles says."""

MEASURES = (
    QT_TRANSLATE_NOOP("Media", "spasms found, both at {rate}"),
    QT_TRANSLATE_NOOP("Media", "1 false alarm an hour"),
    QT_TRANSLATE_NOOP("Media", "{rate} false alarms an hour"),
    QT_TRANSLATE_NOOP("Media", "spasms found, each at its own operating point"),
    QT_TRANSLATE_NOOP("Media", "false alarms an hour, each at its own operating point"),
    QT_TRANSLATE_NOOP("Media", "clusters found, each at its own operating point"),
    QT_TRANSLATE_NOOP("Media", "error of spasms counted, per cluster of {least} or more"),
    QT_TRANSLATE_NOOP("Media", "window AUC, mean over patients"),
    QT_TRANSLATE_NOOP("Media", "Brier score of windows, mean over patients"),
    QT_TRANSLATE_NOOP("Media", "calibration error of windows, mean over patients"),
    QT_TRANSLATE_NOOP("Media", "{measure}, mean of patients"),
    QT_TRANSLATE_NOOP("Media", "{measure}, pooled"),
    QT_TRANSLATE_NOOP("Media", "spasms found at {rate} false alarms an hour"),
    QT_TRANSLATE_NOOP("Media", "window AUC"),
    QT_TRANSLATE_NOOP("Media", "window PR-AUC"),
    QT_TRANSLATE_NOOP("Media", "window sensitivity {threshold}"),
    QT_TRANSLATE_NOOP("Media", "window specificity {threshold}"),
    QT_TRANSLATE_NOOP("Media", "window accuracy {threshold}"),
    QT_TRANSLATE_NOOP("Media", "false alarms per window {threshold}"),
    QT_TRANSLATE_NOOP("Media", "false windows per hour {threshold}"),
    QT_TRANSLATE_NOOP("Media", "at {value}"),
    QT_TRANSLATE_NOOP("Media", "Brier score of windows"),
    QT_TRANSLATE_NOOP("Media", "spasms found"),
    QT_TRANSLATE_NOOP("Media", "events that are spasms"),
    QT_TRANSLATE_NOOP("Media", "false alarms per hour"),
    QT_TRANSLATE_NOOP("Media", "events less spasms, as a share of spasms"),
    QT_TRANSLATE_NOOP("Media", "clusters found"),
    QT_TRANSLATE_NOOP("Media", "false clusters per hour"),
)
"""Names of figures in the tables of a comparison, an evaluation and a training."""

RULES = (
    QT_TRANSLATE_NOOP(
        "Media",
        "Windows are positive when a spasm's onset lies in them; those that see only its rest are {partial}. Spasms "
        "and events are matched one to one, onset to peak, within {tolerance} s. A cluster joins spasms up to {gap} s "
        "apart and is found when any event overlaps it.",
    ),
    QT_TRANSLATE_NOOP("Media", "left out"),
    QT_TRANSLATE_NOOP("Media", "negative"),
    QT_TRANSLATE_NOOP(
        "Media",
        "{rules} Windows are called at a score of {value} or more, where the network's own output is {output}, as "
        "published. Reviewing an event takes {seconds} s before its peak and a little after it. Intervals are of 95 %; "
        "for figures of all patients together these are resampled {draws} times with seed {seed}.",
    ),
)
"""What counts as right in an evaluation."""

PROGRESS = (
    QT_TRANSLATE_NOOP("Media", "Reading what was said"),
    QT_TRANSLATE_NOOP("Media", "Looking at the clips"),
    QT_TRANSLATE_NOOP("Media", "Writing the snapshot"),
    QT_TRANSLATE_NOOP("Media", "Making the snapshot again"),
    QT_TRANSLATE_NOOP("Media", "Checking the bundle"),
    QT_TRANSLATE_NOOP("Media", "Checking the candidate"),
    QT_TRANSLATE_NOOP("Media", "Checking the current bundle"),
    QT_TRANSLATE_NOOP("Media", "Scanning held-out recordings with {name}"),
    QT_TRANSLATE_NOOP("Media", "scanning with {name}"),
    QT_TRANSLATE_NOOP("Media", "Checking the files"),
    QT_TRANSLATE_NOOP("Media", "Comparing"),
    QT_TRANSLATE_NOOP("Media", "making clips"),
    QT_TRANSLATE_NOOP("Media", "Packing a draft"),
    QT_TRANSLATE_NOOP("Media", "Reading the library"),
    QT_TRANSLATE_NOOP("Media", "Scoring"),
    QT_TRANSLATE_NOOP("Media", "Drawing"),
    QT_TRANSLATE_NOOP("Media", "Writing the report"),
)
"""What a job of the learning page is doing."""

REMARKS = (
    QT_TRANSLATE_NOOP("Media", "The training starts from {name}, which is the current bundle."),
    QT_TRANSLATE_NOOP(
        "Media",
        "No patient is kept for validation: the later part of the labelled time judges what the earlier part has "
        "taught. That says nothing about other patients.",
    ),
    QT_TRANSLATE_NOOP("Media", "Nothing was gained any more: the training ends after epoch {epoch}."),
    QT_TRANSLATE_NOOP(
        "Media", "{left} of {windows} windows lie where nothing can be decoded, or in gaps, and are left out."
    ),
    QT_TRANSLATE_NOOP(
        "Media",
        "There is too little finalised time of validation recordings to choose operating points by: the bundle "
        "scores, but picks no events.",
    ),
    QT_TRANSLATE_NOOP(
        "Media",
        "No whole night of a validation recording tells how often spasms are: scores are calibrated on the snapshot's "
        "windows alone, which hold more spasms than a night does, so on whole nights they run high.",
    ),
    QT_TRANSLATE_NOOP("Media", "This snapshot is there already ({name}, made at {when})."),
    QT_TRANSLATE_NOOP("Media", "Recording {number} is left out, as it is not said whose it is: name its patient."),
    QT_TRANSLATE_NOOP("Media", "There is no recording here of {patients} called healthy."),
    QT_TRANSLATE_NOOP("Media", "{changed} changed since then, among them {file}."),
    QT_TRANSLATE_NOOP("Media", "{table} names {missing} not in the folder, among them {file}."),
    QT_TRANSLATE_NOOP("Media", "{file} is the same clip as another one, and was taken once."),
    QT_TRANSLATE_NOOP("Media", "Left out: {error}"),
    QT_TRANSLATE_NOOP("Media", "{file} lasts {seconds} s and was left out: clips are of 5 s."),
    QT_TRANSLATE_NOOP(
        "Media",
        "The file does not say which time was looked at for training: nothing of it trains until its rater finalises "
        "time.",
    ),
    QT_TRANSLATE_NOOP("Media", "Recording {number} is left out: no rater has finalised any of its time."),
    QT_TRANSLATE_NOOP("Media", "Recording {number} is left out: it was not scanned with the bundle {name}."),
    QT_TRANSLATE_NOOP("Media", "Recording {number} is left out: nothing of its finalised time was scored."),
)
"""What a job of the learning page says in passing."""

REFUSALS = (
    QT_TRANSLATE_NOOP(
        "Media", "There is nothing to learn from yet: mark time as finalised in the window, or name a folder of clips."
    ),
    QT_TRANSLATE_NOOP("Media", "{folder} holds no clips: put them into {spasms} and {others}."),
    QT_TRANSLATE_NOOP("Media", "{table} does not say whose clip {file} is: a clip needs a patient."),
    QT_TRANSLATE_NOOP("Media", "{file} shows a spasm, but {table} calls its patient healthy."),
    QT_TRANSLATE_NOOP(
        "Media",
        "{table} cannot be read ({error}): a table with the columns file, patient and healthy tells whose clips these "
        "are.",
    ),
    QT_TRANSLATE_NOOP("Media", "{table} is no table: save it as CSV in UTF-8."),
    QT_TRANSLATE_NOOP("Media", "Row {row} of {table} needs a file, its patient, and yes or no under healthy."),
    QT_TRANSLATE_NOOP("Media", "Row {row} of {table} says of {file} what another row says otherwise."),
    QT_TRANSLATE_NOOP(
        "Media",
        "{one} and {other} are the same clip, but of two patients or with two labels: correct {table} or the folders.",
    ),
    QT_TRANSLATE_NOOP(
        "Media",
        "{file} holds no labels: it needs the columns of our own table (start_s, stop_s, label) or of BIDS events "
        "(onset, duration, trial_type).",
    ),
    QT_TRANSLATE_NOOP("Media", "Row {row} of {file} cannot be understood ({error}); nothing was taken."),
    QT_TRANSLATE_NOOP("Media", "{start} s to {stop} s is not within the recording's {end} s"),
    QT_TRANSLATE_NOOP("Media", "{file} is no text in UTF-8; save it as such."),
    QT_TRANSLATE_NOOP("Media", "{file} holds the words of {raters}: say whose are wanted."),
    QT_TRANSLATE_NOOP("Media", "{file} holds no words of {rater}; it has those of {raters}."),
    QT_TRANSLATE_NOOP("Media", "{file} cannot be read: {error}."),
    QT_TRANSLATE_NOOP("Media", "{error} Bring it back, or train without what is missing (--without-missing)."),
    QT_TRANSLATE_NOOP("Media", "{file} is not the file that was labelled."),
    QT_TRANSLATE_NOOP(
        "Media", "The snapshot cannot be made again: one of its recordings was deleted from the library."
    ),
    QT_TRANSLATE_NOOP("Media", "The comparison is not as it was made; compare again."),
    QT_TRANSLATE_NOOP("Media", "{current} is the current bundle by now, and not {name}; compare with that one."),
    QT_TRANSLATE_NOOP("Media", "The bundle {name} has no operating point to evaluate; calibrate it first."),
    QT_TRANSLATE_NOOP(
        "Media",
        "There is nothing to evaluate: a recording needs time that a rater finalised and a scan with the bundle "
        "{name}. {reasons}",
    ),
    QT_TRANSLATE_NOOP(
        "Media", "A bundle cannot be called {name}: use small letters, digits, dots and dashes, at most 80."
    ),
    QT_TRANSLATE_NOOP("Media", "There is already something called {name} in {folder}; name another."),
    QT_TRANSLATE_NOOP("Media", "There is nothing to learn: the training patients' clips are all of one kind."),
    QT_TRANSLATE_NOOP(
        "Media",
        "The snapshot keeps no patient for validation, and clip files do not tell the order of time: add patients and "
        "make a new snapshot.",
    ),
)
"""Why a job of the learning page, or an import of labels, did not do what was wanted."""

LEARNING = (*ADVICE, *MEASURES, *RULES, *PROGRESS, *REMARKS, *REFUSALS)


def counted_in_words(count: int, things: str) -> str:
    """A number with its noun in the person's language: of patients, windows and what else is counted below."""
    known = {
        "patients": QCoreApplication.translate("Media", "%n patients", "", count),
        "recordings": QCoreApplication.translate("Media", "%n recordings", "", count),
        "windows": QCoreApplication.translate("Media", "%n windows", "", count),
        "spasms": QCoreApplication.translate("Media", "%n spasms", "", count),
        "files": QCoreApplication.translate("Media", "%n files", "", count),
        "clip files": QCoreApplication.translate("Media", "%n clip files", "", count),
    }
    return known.get(things) or counted(count, things)
