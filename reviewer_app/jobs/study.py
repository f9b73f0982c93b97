"""From a library to a study: traces of one bundle beside what raters agreed on, and what had to be left out and why."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reviewer_app import __version__
from reviewer_app.domain.annotation import Label, Rater
from reviewer_app.domain.coverage import coverage_of
from reviewer_app.domain.event import choose_operating_point
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.reference import OPEN, Reference, reference_of
from reviewer_app.domain.roles import carried_over, patient_key
from reviewer_app.domain.snapshot import Role
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import Interval, subtract
from reviewer_app.errors import BundleError, RequestError, StoreError
from reviewer_app.evaluation.background import Background, Origin
from reviewer_app.evaluation.scoring import ScoringRules
from reviewer_app.evaluation.study import RaterWords, Study, StudyRecording, StudyRules, study_recording
from reviewer_app.jobs.findings import find_events
from reviewer_app.jobs.learn_request import EvaluateRequest
from reviewer_app.jobs.lineage import lineage_of
from reviewer_app.learning.bundle import Bundle
from reviewer_app.learning.manifest import Calibration
from reviewer_app.store import ledger, raters, recordings, traces
from reviewer_app.store.library import Library

_ORIGINS = {
    Role.TRAIN: Origin.TRAINED,
    Role.VALIDATE: Origin.VALIDATED,
    Role.HELD_OUT: Origin.HELD_OUT,
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """One recording of the library with all that is scored of it."""

    number: int
    recording: Recording
    trace: Trace
    reference: Reference
    scored: tuple[Interval, ...]
    analysable: tuple[Interval, ...]  # scored, finalised, and known
    words: tuple[tuple[Rater, RaterWords], ...]  # under the rater's number

    @property
    def patient(self) -> str:
        """Whose it is, however it is spelled; a recording that names nobody counts as a patient of its own."""
        return _whose(self.recording.patient, self.number)


def _whose(patient: str, number: int) -> str:
    return patient_key(patient) or f"recording {number}"


def wanted(library: Library, request: EvaluateRequest) -> tuple[int, ...]:
    """The recordings that a request is about.

    Raises:
        RequestError: one of them, or one of the raters, is not in the library.
    """
    known = tuple(each.recording_id for each in recordings.summaries(library))
    if missing := sorted(set(request.recordings) - set(known)):
        raise RequestError(f"The library holds no recording {missing[0]}; 'spasm-reviewer events' lists all.")
    people = {each.rater_id for each in raters.all_raters(library)}
    if strangers := sorted(set(request.raters) - people):
        raise RequestError(f"The library knows no rater {strangers[0]}.")
    return tuple(dict.fromkeys(request.recordings)) or known


def gather(library: Library, request: EvaluateRequest, bundle: Bundle, number: int) -> Gathered | str:
    """One recording of a study, or a sentence why it is left out.

    Raises:
        StoreError: the recording, its trace or its ledger is damaged.
    """
    recording = recordings.load(library, number)
    labels = Labels.of(ledger.load(library, number))
    people = [each for each in raters.all_raters(library) if not request.raters or each.rater_id in request.raters]
    words = tuple(_words(labels, people))
    if not words:
        return f"Recording {number} is left out: no rater has finalised any of its time."
    mine = [
        each
        for each in traces.summaries(library, recording_id=number)
        if each.identity.bundle == bundle.identity and each.stored
    ]
    if not mine:
        return f"Recording {number} is left out: it was not scanned with the bundle {bundle.name}."
    newest = max(mine, key=lambda each: (each.stored == each.grid.count, each.trace_id))
    trace = traces.load(library, newest.trace_id)
    holes = [span for span, _ in traces.skips(library, newest.trace_id)]
    reference = reference_of(labels, [rater.rater_id for rater, _ in words])
    scored = coverage_of(recording, trace, holes).scored
    analysable = subtract(reference.analysable, subtract(reference.analysable, scored))
    if not analysable:
        return f"Recording {number} is left out: nothing of its finalised time was scored."
    return Gathered(number, recording, trace, reference, scored, analysable, words)


def _words(labels: Labels, people: Iterable[Rater]) -> Iterator[tuple[Rater, RaterWords]]:
    for rater in people:
        finalised = labels.finalised_by(rater.rater_id)
        if finalised:
            own = [each for each in labels.annotations if each.rater.rater_id == rater.rater_id]
            yield (
                rater,
                RaterWords(
                    str(rater.rater_id),  # a name, if wanted, only in the study
                    spasms=tuple(each.interval for each in own if each.label is Label.SPASM),
                    finalised=finalised,
                    undecided=tuple(each.interval for each in own if each.label in OPEN),
                ),
            )


def study_of(
    found: Sequence[Gathered], request: EvaluateRequest, bundle: Bundle, left_out: Sequence[str] = ()
) -> Study:
    """Scores what was gathered; without names unless they are wanted.

    Raises:
        RequestError: nothing is left to evaluate.
        BundleError: the bundle has no operating point.
    """
    if not bundle.is_calibrated:
        raise BundleError(f"The bundle {bundle.name} has no operating point to evaluate; calibrate it first.")
    if not found:
        reasons = " ".join(left_out)
        raise RequestError(
            "There is nothing to evaluate: a recording needs time that a rater finalised and a scan with the bundle "
            f"{bundle.name}. {reasons}".strip()
        )
    rules = StudyRules(
        ScoringRules(cluster_gap=request.rules.cluster_gap, skip_partial=True),
        threshold=published_threshold(bundle.description.calibration),
        seed=request.seed,
    )
    patients, people = pseudonyms(found, request), _raters(found, request)
    scored = tuple(_scored(each, request, bundle, rules, patients[each.patient], people) for each in found)
    point = choose_operating_point(bundle.description.operating_points, request.rules.false_alarms_per_hour)
    return Study(bundle.name, bundle.identity, point, rules, scored, tuple(left_out))


def published_threshold(calibration: Calibration) -> float:
    """The score where the network's own output is 0.5, at which Miron et al. 2025 call a window; to three digits.

    A network that learned from a mix of clips, as theirs, has its 0.5 half-way between them. Once scores are chances on
    whole nights, that is a low score.
    """
    return float(f"{1 / (1 + math.exp(-calibration.bias)):.3g}")


def pseudonyms(found: Sequence[Gathered], request: EvaluateRequest) -> dict[str, str]:
    """What each patient is called: numbered, in an order that gives the same intervals with and without names."""
    patients = sorted({each.patient for each in found})
    if request.with_names:
        spelled = {each.patient: each.recording.patient.strip() or each.patient for each in reversed(found)}
        return {patient: spelled[patient] for patient in patients}
    digits = len(str(len(patients)))
    return {patient: f"P{number:0{digits}}" for number, patient in enumerate(patients, start=1)}


def _raters(found: Sequence[Gathered], request: EvaluateRequest) -> dict[int, str]:
    people = {rater.rater_id: rater for each in found for rater, _ in each.words}
    return {
        key: people[key].name if request.with_names else f"rater {number}"
        for number, key in enumerate(sorted(people), start=1)
    }


def _scored(
    each: Gathered,
    request: EvaluateRequest,
    bundle: Bundle,
    rules: StudyRules,
    patient: str,
    people: Mapping[int, str],
) -> StudyRecording:
    return study_recording(
        each.number,
        replace(each.recording, patient=patient),
        each.trace,
        find_events(each.trace, bundle, request.rules).events,
        spasms=each.reference.spasms,
        analysable=each.analysable,
        rules=rules,
        raters=[replace(words, rater=people[rater.rater_id]) for rater, words in each.words],
        scored=each.scored,
    )


def background_of(library: Library, found: Sequence[Gathered], request: EvaluateRequest, bundle: Bundle) -> Background:
    """What the report tells beside the figures."""
    told = bundle.description
    data = told.training.get("data")
    snapshot = str(data.get("snapshot", "")) if isinstance(data, dict) else ""
    roles = _roles(library, bundle)
    names = pseudonyms(found, request)
    origins = {
        names[each.patient]: _ORIGINS[roles[each.patient]] if each.patient in roles else Origin.OUTSIDE
        for each in found
    }
    point = choose_operating_point(told.operating_points, request.rules.false_alarms_per_hour)
    return Background(
        program=f"Spasm Reviewer {__version__}",
        notice=told.notice,
        licence=told.licence.spdx,
        network=told.network.architecture,
        clip=f"{told.clip.frames} frames over {told.clip.seconds:g} s, {told.clip.size} x {told.clip.size} pixels",
        snapshot=snapshot,
        training=tuple((key, _plain(value)) for key, value in told.training.items()),
        origins=origins if roles else {},
        divided=sum(each.reference.divided for each in found),
        without_patient=sum(not each.recording.patient.strip() for each in found),
        held_recordings=len(recordings.summaries(library)),
        chosen_recordings=len(set(request.recordings)),
        chosen_raters=len(set(request.raters)),
        wanted_rate=request.rules.false_alarms_per_hour,
        predicted_sensitivity=point.sensitivity,
    )


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _roles(library: Library, bundle: Bundle) -> dict[str, Role]:
    """What each patient was to the bundle's training or an ancestor's, the worst of all; empty where not all is known.

    A bundle goes on with what its base has learned, so nobody whom the base has seen is new to it. A recording brings
    its role to the patient whose it is today, and with it to all that patient's recordings.
    """
    try:
        lineage = lineage_of(bundle, library)
    except StoreError:
        return {}  # a damaged snapshot tells nothing
    if lineage.unknown:
        return {}  # some of it was trained elsewhere; who its patients were is not known here
    today = [(each.identity, _whose(each.patient, each.recording_id)) for each in recordings.summaries(library)]
    told = [(patient_key(each), role) for past in carried_over(lineage.snapshots, today) for each, role in past]
    # Later ones count: held out only where it never was anything else.
    return dict(sorted(told, key=lambda each: (Role.HELD_OUT, Role.VALIDATE, Role.TRAIN).index(each[1])))
