"""Which pictures mislead: technical measures of false positive windows against those of true negative ones.

As in Miron et al. 2025: medians and the Mann-Whitney test, here with the effect size, which does not grow with the
number of windows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu

from reviewer_app.domain.quality import MEASURES, is_night
from reviewer_app.domain.recording import Picture
from reviewer_app.domain.window import FRAMES_PER_WINDOW, WINDOW_SECONDS
from reviewer_app.evaluation.scoring import NAN, POSITIVE, all_within
from reviewer_app.evaluation.study import Study, StudyRecording

CAVEAT = (
    "One of each set of overlapping windows is compared. The test takes windows as independent, which those of one "
    "patient are not, and p is not corrected for the number of measures: read the effect first. It is the chance that "
    "a false positive window has the higher value, ties counting half; 0.5 means no difference."
)


VISIBILITY = "visibility"

UNSEEN = (
    "Visibility is unknown: no person detector was named in the settings when these recordings were scanned. One can "
    "be named there, as an ONNX file, and the recordings scanned anew."
)
"""Why there may be no figures of it."""


@dataclass(frozen=True, slots=True)
class TechnicalComparison:
    """One technical measure of windows without a spasm: those called a spasm against the others.

    The middles are medians; of night they are shares.
    """

    key: str
    what: str  # with its unit
    false_positives: int  # windows for which the measure is known
    true_negatives: int
    false_positive_middle: float
    true_negative_middle: float
    u: float  # Mann-Whitney, of the false positives
    p: float  # two-sided
    effect: float  # chance that a false positive has the higher value


def compare_technical(study: Study) -> tuple[TechnicalComparison, ...]:
    """All measures, over all recordings; NaN where one of the two kinds of windows lacks the measure."""
    chosen = [_negatives(each) for each in study.recordings]
    called = np.concatenate(
        [
            each.window_scores[windows] >= study.rules.threshold
            for each, windows in zip(study.recordings, chosen, strict=True)
        ]
    )
    found = []
    for key, what, read in _MEASURED:
        values = [read(each)[windows] for each, windows in zip(study.recordings, chosen, strict=True)]
        found.append(_compared(key, what, np.concatenate(values).astype(np.float64), called))
    return tuple(found)


def _negatives(each: StudyRecording) -> NDArray[np.intp]:
    """Windows that count and hold no onset, none of which overlaps another."""
    step = -(-FRAMES_PER_WINDOW // each.trace.grid.stride)
    side_by_side = np.arange(each.trace.grid.count) % step == 0
    return np.flatnonzero(side_by_side & ~np.isnan(each.window_scores) & (each.labels != POSITIVE))


def _compared(key: str, what: str, values: NDArray[np.float64], called: NDArray[np.bool_]) -> TechnicalComparison:
    known = ~np.isnan(values)
    false, true = values[known & called], values[known & ~called]
    middle = np.mean if key == NIGHT else np.median
    u = p = effect = NAN
    if len(false) and len(true):
        u, p = (float(each) for each in mannwhitneyu(false, true, alternative="two-sided"))
        effect = u / (len(false) * len(true))
    middles = [float(middle(each)) if len(each) else NAN for each in (false, true)]
    return TechnicalComparison(key, what, len(false), len(true), middles[0], middles[1], u, p, effect)


# Where each measure comes from

NIGHT = "night"
Read = Callable[[StudyRecording], NDArray[np.floating]]


def _quality(name: str) -> Read:
    column = MEASURES.index(name)
    return lambda each: each.trace.quality[:, column]


def _night(each: StudyRecording) -> NDArray[np.floating]:
    measured = ~np.isnan(each.trace.quality[:, MEASURES.index("colour_variance")])
    return np.where(measured, is_night(each.trace.quality), NAN)


def _picture(value: Callable[[Picture], float]) -> Read:
    """A measure of the file that is shown in a window's middle; NaN in gaps, and where the file does not tell."""

    def read(each: StudyRecording) -> NDArray[np.floating]:
        middles = np.arange(each.trace.grid.count) * each.trace.grid.stride_seconds + WINDOW_SECONDS / 2
        values = np.full(len(middles), NAN)
        for segment in reversed(each.recording.segments):  # where two overlap, the earlier one is shown
            values[all_within(middles, [segment.interval])] = value(segment.picture) or NAN
        return values

    return read


_MEASURED: Sequence[tuple[str, str, Read]] = (
    ("brightness", "brightness (0-255)", _quality("brightness")),
    (NIGHT, "night (share of windows)", _night),
    ("sharpness", "sharpness (variance of the Laplacian)", _quality("sharpness")),
    ("motion", "motion (mean difference of frames, 0-255)", _quality("motion")),
    ("bit_rate", "bit rate (kbit/s)", _picture(lambda picture: picture.bit_rate / 1000)),
    ("resolution", "resolution (thousand pixels)", _picture(lambda picture: picture.width * picture.height / 1000)),
    (VISIBILITY, "visibility of the infant (detector's confidence, 0-1)", _quality("visibility")),
)
