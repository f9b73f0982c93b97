"""What jobs are asked about learning - snapshots, adaptation, training, comparing, promoting - and what they answer."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from reviewer_app.domain.annotation import Rater
from reviewer_app.domain.recipe import PAPER, Recipe
from reviewer_app.domain.snapshot import Snapshot, SnapshotRules
from reviewer_app.errors import RequestError
from reviewer_app.jobs.message import BundleFacts, Figure, Measure
from reviewer_app.jobs.request import Asks, Compute, EventRules, LibraryPlace

# Snapshots


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """A snapshot as a list shows it."""

    identity: str  # hex sha256
    name: str
    made_at: str  # ISO 8601, UTC
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class MakeSnapshot(Asks[SnapshotFacts]):
    """Freeze what raters agreed on into a snapshot; the same words give the same one, which is then not kept twice."""

    library: LibraryPlace
    name: str = ""
    rules: SnapshotRules = field(default_factory=SnapshotRules)
    recordings: tuple[int, ...] = ()  # only these; empty means all that have finalised time
    clips: Path | None = None  # a folder of 5-s files in spasm/ and not_spasm/, with a table of patients
    healthy: tuple[str, ...] = ()  # patients of the library who have no epilepsy: always on the training side


@dataclass(frozen=True, slots=True)
class ListSnapshots(Asks[tuple[SnapshotFacts, ...]]):
    """Name a library's snapshots, newest first."""

    library: LibraryPlace


@dataclass(frozen=True, slots=True)
class ExportSnapshot(Asks[Path]):
    """Write a snapshot down as a file, without names and paths."""

    library: LibraryPlace
    identity: str  # or the beginning of it
    to: Path


@dataclass(frozen=True, slots=True)
class RemakeSnapshot(Asks[bool]):
    """Make a snapshot again from the ledgers as they were, and tell whether it is the same bit for bit."""

    library: LibraryPlace
    identity: str


@dataclass(frozen=True, slots=True)
class LabelsImported:
    """What an import brought into a recording's ledger; one undo of its rater takes all of it back."""

    rater: Rater
    statements: int
    spans: int
    known: int  # statements and spans that the rater had made before, which were not made twice
    passed_over: int  # rows that are no statement of a rater: events of a model, gaps


@dataclass(frozen=True, slots=True)
class ImportLabels(Asks[LabelsImported]):
    """Take the labels of a file - our own CSV or BIDS events - as the words of one rater."""

    library: LibraryPlace
    recording: int
    file: Path
    rater: str  # name; added where the library does not know it
    said_by: str = ""  # which of the file's raters, where it holds several
    all_reviewed: bool = False  # the file's author looked at the whole recording: no label means no spasm


# Adaptation


@dataclass(frozen=True, slots=True)
class Adapted:
    """A head fitted to one recording, and how sure it is.

    Attributes:
        verdicts: From how many verdicts it was fitted.
        base: Average precision of the base trace on verdicts held out in time.
        adapted: That of the adapted one, with its interval.
        offered: Whether it beat the base trace there; otherwise ``reason`` tells why it is not offered.
        sureness: Share of draws of the held-out verdicts in which it beats the base trace; None where not tested.
        lacking: How many more verdicts of spasms and of what is none a test needs at least.
        growth: Numbers of earlier verdicts, and average precision on the same later ones after them.
        strength: Prior deviation of a typical window's logit, chosen on held-out verdicts where there were enough.
    """

    adaptation: int  # its number in the library; 0 where it is not offered and not kept
    verdicts: int
    base: Figure
    adapted: Figure
    offered: bool
    reason: str
    gain_per_verdict: float
    teach: tuple[float, ...]  # recording seconds of the windows that would teach most, best first
    sureness: float | None = None
    lacking: tuple[int, int] = (0, 0)
    growth: tuple[tuple[int, float], ...] = ()
    strength: float = 0.0
    strength_is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class AdaptRequest(Asks[Adapted]):
    """Fit a head to one recording from a rater's verdicts, and score the recording with it again."""

    library: LibraryPlace
    recording: int
    rater_id: int
    bundle_folders: tuple[Path, ...]
    seed: int = 0
    enter: float = 0.5  # what a flag must reach now; verdicts near to it teach most


# Training


@dataclass(frozen=True, slots=True)
class Trained:
    """A bundle that came out of a training; it is a candidate until somebody promotes it."""

    bundle: BundleFacts
    validation: tuple[Figure, ...]
    epochs: int
    seconds: float


@dataclass(frozen=True, slots=True)
class FinetuneRequest(Asks[Trained]):
    """Train a network on a snapshot, calibrate it on the snapshot's validation patients, and pack it as a bundle."""

    library: LibraryPlace
    snapshot: str  # its identity, or the beginning of it
    name: str  # of the new bundle
    base: str  # bundle whose trunk it starts from; where nobody named it, the library's current one goes before it
    bundle_folders: tuple[Path, ...]
    to: Path  # folder of bundles
    recipe: Recipe = PAPER
    fresh_head: bool | None = None  # False goes on with the base's own head; None does where that tells spasms already
    device: str = "auto"
    devices: int = 1  # of this machine; each learns from a batch of its own in every step
    without_missing: bool = False  # whether windows of files that are not there are left out
    keep_clips: bool = False  # whether the pixels made for it stay on disk for the next training
    by_default: bool = False  # whether nobody named the base


@dataclass(frozen=True, slots=True)
class Prepared:
    """Where a training lies that is to run on the devices of several machines."""

    folder: Path
    clips: Path
    devices: int  # in all


@dataclass(frozen=True, slots=True)
class PrepareTraining(Asks[Prepared]):
    """Make the clips and the order of a training without training; asked for again as itself, it is packed."""

    training: FinetuneRequest


@dataclass(frozen=True, slots=True)
class BenchTrain(Asks[tuple[Measure, ...]]):
    """Measure how fast a bundle's network learns from clips on disk, against the bare step on clips in memory."""

    bundle: str
    bundle_folders: tuple[Path, ...]
    recipe: Recipe = PAPER
    device: str = "auto"
    clips: int = 64  # of noise, on disk
    seconds: float = 20.0  # spent on either

    def __post_init__(self) -> None:
        if self.clips < 1 or not 0 < self.seconds <= 3600:
            raise RequestError("A measurement of training needs at least one clip, and up to 3600 seconds.")


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """Figures of all folds together, by patient, and the table of every prediction."""

    figures: tuple[Figure, ...]
    predictions: Path
    folds: int


@dataclass(frozen=True, slots=True)
class CrossvalRequest(Asks[CrossValidation]):
    """Train on all patients but some, test on those, until everybody was tested once."""

    library: LibraryPlace
    snapshot: str
    base: str  # as in FinetuneRequest
    bundle_folders: tuple[Path, ...]
    to: Path  # folder for the predictions and what is needed to go on after a stop
    recipe: Recipe = PAPER
    folds: int = 5
    fresh_head: bool | None = None  # as in FinetuneRequest
    device: str = "auto"
    devices: int = 1  # as in FinetuneRequest
    without_missing: bool = False
    keep_clips: bool = False
    by_default: bool = False


class LeftoverKind(StrEnum):
    """What trainings leave behind."""

    TRAINING = "training"  # stopped; the same request goes on with it
    CROSSVAL = "cross-validation"  # likewise
    CLIPS = "clips"  # prepared pixels that somebody wanted kept, or that a training works with
    SCORES = "scores"  # of bundles on trial, so that a comparison need not scan again


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that lies in the library's folder because of a training."""

    name: str
    kind: LeftoverKind
    size: int  # bytes on disk, the clips of a training with it
    changed_at: str  # ISO 8601, UTC
    in_use: bool  # whether a training works there now


@dataclass(frozen=True, slots=True)
class ListLeftovers(Asks[tuple[Leftover, ...]]):
    """Say what trainings left in a library's folder; the library itself is not opened."""

    library: LibraryPlace


@dataclass(frozen=True, slots=True)
class RemoveLeftover(Asks[Leftover]):
    """Delete one of them; a stopped training is given up with that."""

    library: LibraryPlace
    name: str


# Comparing, promoting


@dataclass(frozen=True, slots=True)
class Paired:
    """One figure of two bundles on the same patients; the interval is that of the difference."""

    what: str
    current: float | None
    candidate: float | None
    difference: float | None
    low: float | None
    high: float | None
    patients: int
    higher_is_better: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a person sees before promoting."""

    current: BundleFacts
    candidate: BundleFacts
    figures: tuple[Paired, ...]
    recordings: int
    hours: float
    advice: str  # in words: better, worse, or not to be told apart
    may_be_promoted: bool  # False where a personal bundle lacks its time-ordered validation, say
    identity: str  # names the comparison; a promotion names it
    patient: str = ""  # whose bundle the candidate is, where it was trained on one patient alone
    heads: tuple[tuple[int, str], ...] = ()  # number and ledger's digest of each recording, as they were compared


@dataclass(frozen=True, slots=True)
class CompareRequest(Asks[Comparison]):
    """Compare a candidate with the current bundle on held-out patients that neither was trained on."""

    library: LibraryPlace
    candidate: str  # name of a bundle
    current: str = ""  # empty: the library's current one
    bundle_folders: tuple[Path, ...] = ()
    default: str = "starter"  # name of the bundle that is current where none was ever promoted
    rules: EventRules = field(default_factory=EventRules)
    compute: Compute = field(default_factory=Compute)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Promoted:
    """Which bundle is current now."""

    current: str  # name
    identity: str
    replaced: str  # name
    made_at: str
    decision: str = ""  # promote, keep or rollback
    advice: str = ""  # of the comparison


@dataclass(frozen=True, slots=True)
class PromoteRequest(Asks[Promoted]):
    """Make a candidate current after a comparison, or note that it was looked at and not taken."""

    library: LibraryPlace
    comparison: Comparison
    keep_current: bool = False
    rater: Rater | None = None


@dataclass(frozen=True, slots=True)
class RollbackRequest(Asks[Promoted]):
    """Make the bundle current again that was current before."""

    library: LibraryPlace
    bundle_folders: tuple[Path, ...]
    rater: Rater | None = None


@dataclass(frozen=True, slots=True)
class ListPromotions(Asks[tuple[Promoted, ...]]):
    """Name what was promoted, kept and rolled back in a library, newest first."""

    library: LibraryPlace


# Evaluation


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Where an evaluation's report, figures and tables lie, and the figures that a door prints."""

    folder: Path
    report: Path  # HTML
    pdf: Path
    figures: tuple[Figure, ...]
    rules: str


@dataclass(frozen=True, slots=True)
class EvaluateRequest(Asks[Evaluated]):
    """Score a bundle's traces against what raters agreed on, at three levels, by patient, and write the report."""

    library: LibraryPlace
    bundle: str
    bundle_folders: tuple[Path, ...]
    to: Path
    recordings: tuple[int, ...] = ()  # only these; empty means all that have finalised time and a trace of the bundle
    raters: tuple[int, ...] = ()  # whose words are the reference; empty means all, by majority
    rules: EventRules = field(default_factory=EventRules)
    by_default: bool = False  # nobody named the bundle: the library's current one goes before it
    with_names: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """What follows from the counts that one study printed for one set of patients."""

    name: str  # of the set; empty where the file holds one
    words: str  # all of it in a sentence or two, with what does not follow
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class PublishedRequest(Asks[tuple[Published, ...]]):
    """Compute false-alarm rates from a table of counts that a paper printed."""

    counts: Path  # CSV: patient, windows, false, and perhaps set
