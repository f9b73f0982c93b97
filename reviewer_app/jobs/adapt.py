"""From a rater's verdicts to scores adapted to one recording, in a second and without loading a network."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.adaptation import Adaptation
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.trace import Trace, frozen
from reviewer_app.domain.verdict import Verdict, middles_of, quiet_windows, verdicts_of
from reviewer_app.domain.window import Interval
from reviewer_app.errors import RequestError
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.learn_request import Adapted, AdaptRequest
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Figure, Message, Stage
from reviewer_app.learning.adapt import Floats, Scale, adapted_head, fit, sigmoid
from reviewer_app.learning.head import Head, read_head
from reviewer_app.learning.holdout import SURE, Estimate, Examination, Taught, examine, lacking
from reviewer_app.learning.teach import most_telling
from reviewer_app.store import adaptations, ledger, traces
from reviewer_app.store.library import Library

WHAT = "average precision on held-out verdicts"


@dataclass(frozen=True, slots=True)
class Matter:
    """All that one adaptation is made of."""

    trace_id: int
    trace: Trace
    embeddings: NDArray[np.float16]  # (windows, features)
    labels: Labels
    ledger_head: str
    head: Head


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of it, whether it is offered or not."""

    adaptation: Adaptation
    examination: Examination
    lacking: tuple[int, int]
    teach: tuple[float, ...]


def adapt(request: AdaptRequest) -> Generator[Message, None, Adapted]:
    """Fits, tests and scores; keeps the result where it beats the bundle's own head.

    Raises:
        RequestError: the recording was not scanned, or what the network saw of it is not kept.
        BundleError: the bundle that scanned it is not on this machine, or was altered.
        StoreError: the library cannot be used.
    """
    yield Stage("Reading verdicts and windows")
    with open_library(request.library) as library:
        matter = yield from beating("Reading verdicts and windows", partial(matter_of, library, request))
        outcome = yield from beating("Fitting to the verdicts", partial(outcome_of, matter, request))
        held = outcome.examination.held
        if held is not None and held.is_better:
            number = adaptations.put(library, matter.trace_id, outcome.adaptation)
        else:
            number = 0
            adaptations.discard(library, matter.trace_id, request.rater_id)
    return _told(number, outcome)


def matter_of(library: Library, request: AdaptRequest) -> Matter:
    """Reads what an adaptation of the recording's newest trace is made of.

    Raises:
        RequestError: the recording was not scanned, or what the network saw of it is not kept.
        BundleError: the bundle that scanned it is not on this machine, or was altered.
        StoreError: the library cannot be read.
    """
    summaries = traces.summaries(library, recording_id=request.recording)
    if not summaries:
        raise RequestError(f"Recording {request.recording} was not scanned yet, so there is nothing to adapt.")
    newest = summaries[-1]
    trace = traces.load(library, newest.trace_id)
    embeddings = traces.embeddings(library, newest.trace_id, range(newest.grid.count))
    if not np.isfinite(embeddings).all(axis=1).any():
        raise RequestError(
            "The library does not hold what the network saw in this recording (a backup leaves it out), so nothing can "
            "be adapted. Scan it again."
        )
    head = read_head(newest.identity.bundle, request.bundle_folders, name=newest.bundle_name)
    labels = Labels.of(ledger.load(library, request.recording))
    return Matter(newest.trace_id, trace, embeddings, labels, ledger.head(library, request.recording), head)


def outcome_of(matter: Matter, request: AdaptRequest) -> Outcome:
    """Fits a head to the verdicts, tests it on later ones, and scores the recording with it."""
    embeddings, trace = matter.embeddings, matter.trace
    scale = Scale.of(embeddings)
    features, offsets = scale.scaled(embeddings), matter.head.logits(embeddings)
    known = np.isfinite(offsets)
    verdicts = _known(verdicts_of(matter.labels, trace, request.rater_id), known)
    taught = _taught(matter, request, verdicts, features, offsets)
    examination = examine(taught, seed=request.seed)
    posterior = fit(taught.lesson(), strength=examination.strength)
    scores = sigmoid(offsets + posterior.correction(features))
    deviations = posterior.deviation(features)
    adaptation = Adaptation(
        head=frozen(adapted_head(matter.head, scale, posterior)),
        scores=frozen(scores.astype(np.float32)),
        deviations=frozen(deviations),
        rater_id=request.rater_id,
        verdicts=len(verdicts),
        sureness=examination.held.sureness if examination.held else 0.0,
        ledger_head=matter.ledger_head,
    )
    teach = most_telling(trace, scores, deviations, enter=request.enter, judged=_judged(matter.labels, request))
    return Outcome(adaptation, examination, lacking(taught.is_spasm), teach)


def _known(verdicts: Sequence[Verdict], known: NDArray[np.bool_]) -> tuple[Verdict, ...]:
    """Verdicts on windows of which the network's embedding is kept."""
    return tuple(each for each in verdicts if known[list(each.windows)].all())


def _taught(
    matter: Matter,
    request: AdaptRequest,
    verdicts: Sequence[Verdict],
    features: NDArray[np.float32],
    offsets: Floats,
) -> Taught:
    rows = [window for each in verdicts for window in each.windows]
    quiet = quiet_windows(matter.labels, matter.trace, request.rater_id)
    quiet = quiet[np.isfinite(offsets[quiet])]
    return Taught(
        verdicts,
        features[rows],
        offsets[rows],
        quiet=features[quiet],
        quiet_offsets=offsets[quiet],
        quiet_times=middles_of(matter.trace.grid)[quiet],
    )


def _judged(labels: Labels, request: AdaptRequest) -> list[Interval]:
    return [each.interval for each in labels.annotations if each.rater.rater_id == request.rater_id]


def _told(number: int, outcome: Outcome) -> Adapted:
    examination, held = outcome.examination, outcome.examination.held
    return Adapted(
        adaptation=number,
        verdicts=outcome.adaptation.verdicts,
        base=_figure("base: " + WHAT, held.base if held else None, held.verdicts if held else 0),
        adapted=_figure("adapted: " + WHAT, held.adapted if held else None, held.verdicts if held else 0),
        offered=number > 0,
        reason=_reason(outcome),
        gain_per_verdict=examination.gain_per_verdict,
        teach=outcome.teach,
        sureness=held.sureness if held else None,
        lacking=outcome.lacking,
        growth=tuple((each.verdicts, each.precision) for each in examination.growth),
        strength=examination.strength,
        strength_is_chosen=examination.is_chosen,
    )


def _figure(what: str, estimate: Estimate | None, count: int) -> Figure:
    if estimate is None:
        return Figure(what, None, None, None, 0, "verdicts")
    return Figure(what, estimate.value, estimate.low, estimate.high, count, "verdicts")


def _reason(outcome: Outcome) -> str:
    held, (spasms, others) = outcome.examination.held, outcome.lacking
    if spasms or others:
        parts = [f"{spasms} more of spasms" if spasms else "", f"{others} more of what is none" if others else ""]
        return f"Too few verdicts to test it: give at least {' and '.join(filter(None, parts))}."
    if held is None:
        return "Early and late in the recording, verdicts of both kinds are needed, so that later ones can test it."
    if held.adapted.value <= held.base.value:
        return "On later verdicts that it did not learn from it does no better than the bundle alone."
    if not held.is_better:
        return (
            "On later verdicts it does better than the bundle alone, but that may be chance "
            f"({held.sureness:.0%} sure; {SURE:.0%} are asked for). More verdicts can tell."
        )
    return ""
