"""The gate before promotion: a candidate and the current bundle on patients that neither has learned from.

Both scan the recordings of held-out patients that have finalised time, at one crop and stride, and are compared by
patient. A bundle that was trained on one patient alone cannot be: it is compared on that patient's later time.
"""

import hashlib
import json
import math
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial

from reviewer_app.domain.event import choose_operating_point, event_curve, pick_events
from reviewer_app.domain.phrases import counted
from reviewer_app.domain.roles import patient_key
from reviewer_app.domain.snapshot import Role
from reviewer_app.domain.window import Interval, total_seconds
from reviewer_app.errors import RequestError
from reviewer_app.evaluation.graded import Graded, grade
from reviewer_app.evaluation.paired import LEAST_PATIENTS, RULES, Difference, differences, patients_of
from reviewer_app.evaluation.study import StudyRecording, StudyRules, study_recording
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.bundles import facts_of
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.current import current_bundle
from reviewer_app.jobs.learn_request import CompareRequest, Comparison, Paired
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.lineage import Lineage, lineage_of, patients_with
from reviewer_app.jobs.message import Message, Remark, Stage
from reviewer_app.jobs.nights import FLOOR, Night, Trial, common
from reviewer_app.jobs.request import EventRules
from reviewer_app.jobs.trial_scan import TrialScanner
from reviewer_app.learning.bundle import Bundle, find_bundle, list_bundles, load_bundle, verify_bundle
from reviewer_app.store import ledger, recordings, snapshots
from reviewer_app.store.library import Library

Pair = tuple[StudyRecording, Graded]


@dataclass(frozen=True, slots=True)
class _Duel:
    """Two verified bundles, what they learned from, and on whom they meet."""

    request: CompareRequest
    library: Library
    current: Bundle
    candidate: Bundle
    lineages: tuple[Lineage, Lineage]  # the current one's, the candidate's

    @property
    def personal(self) -> str:
        """The patient, where the candidate was trained on one alone."""
        return self.lineages[1].personal

    def numbers(self) -> tuple[int, ...]:
        """Recordings of patients that may be looked at: held out once and for all, and learned from by neither.

        Whoever was renamed since is known by their recordings, and shows nothing if learned from under either name.
        """
        if self.personal:
            wanted = {patient_key(self.personal)}
        else:
            every = [each.snapshot for each in snapshots.all_snapshots(self.library)]
            wanted = set(patients_with((Role.HELD_OUT,), every, self.library))
            wanted -= self.lineages[0].patients(self.library) | self.lineages[1].patients(self.library)
        return tuple(
            each.recording_id for each in recordings.summaries(self.library) if patient_key(each.patient) in wanted
        )

    def fair(self, night: Night) -> Night:
        """The night, of a personal bundle's patient only what was recorded after all that either has learned from."""
        if not self.personal:
            return night
        moments = [each.learned_until(self.library, self.personal) for each in self.lineages]
        until = max((moment for moment in moments if moment is not None), default=None)
        passed = 0.0 if until is None else (until - night.recording.start).total_seconds()
        return night.since(max(0.0, passed))


def compare(request: CompareRequest, control: Control) -> Generator[Message, None, Comparison]:
    """Compares a candidate with the current bundle; see ``CompareRequest``.

    Raises:
        RequestError: both are the same bundle.
        BundleError: one of them is not there or cannot be trusted; nothing was scored then.
        StoreError: the library cannot be read.
    """
    find = partial(find_bundle, folders=request.bundle_folders)
    candidate = yield from beating("Checking the candidate", lambda: verify_bundle(find(request.candidate)))
    with open_library(request.library, hold=False) as library:
        lineage = lineage_of(candidate, library)
        folder = find(request.current) if request.current else _usual(library, request, lineage.personal).folder
        current = yield from beating("Checking the current bundle", lambda: load_bundle(folder))
        if current.identity == candidate.identity:
            raise RequestError(f"{candidate.name} is the current bundle already; there is nothing to compare.")
        duel = _Duel(request, library, current, candidate, (lineage_of(current, library), lineage))
        for bundle, each in ((current, duel.lineages[0]), (candidate, lineage)):
            if each.unknown:
                yield Remark(
                    f"{bundle.name} was trained on a snapshot of another library: whether the patients of this "
                    "comparison were among them cannot be told. If they were, its figures flatter it."
                )
        return (yield from _fought(duel, control))


def _usual(library: Library, request: CompareRequest, patient: str) -> Bundle:
    return current_bundle(library, request.bundle_folders, default=request.default, patient=patient)


def _fought(duel: _Duel, control: Control) -> Generator[Message, None, Comparison]:
    numbers = duel.numbers()
    scanned: list[tuple[Night, ...]] = []
    for bundle in (duel.current, duel.candidate):
        yield Stage(f"Scanning held-out recordings with {bundle.name}")
        trial = Trial(TrialScanner(bundle, duel.request.compute, control), duel.library)
        nights = yield from trial.nights(numbers)
        scanned.append(tuple(fair for night in nights if (fair := duel.fair(night)).analysable))
    shared = {night.number for night in scanned[0]} & {night.number for night in scanned[1]}
    mine, theirs = ([night for night in nights if night.number in shared] for nights in scanned)
    if not mine:
        return _sealed(_nothing(duel))
    # What either could not read is left out for both, so that they meet on the same seconds.
    analysable = {a.number: common(a.analysable, b.analysable) for a, b in zip(mine, theirs, strict=True)}
    rate = duel.request.rules.false_alarms_per_hour
    pairs = [
        [_scored(night, analysable[night.number], bundle, duel.request.rules) for night in nights]
        for bundle, nights in ((duel.current, mine), (duel.candidate, theirs))
    ]
    one = patients_of(pairs[0], is_calibrated=duel.current.is_calibrated)
    other = patients_of(pairs[1], is_calibrated=duel.candidate.is_calibrated)
    found = yield from beating(
        "Comparing", partial(differences, one, other, rate=rate, seed=duel.request.seed), limit=3600
    )
    refusal = _refusal(duel, spasms=sum(each.reference for each in one))
    return _sealed(
        Comparison(
            facts_of(duel.current),
            facts_of(duel.candidate),
            tuple(map(_paired, found)),
            recordings=len(mine),
            hours=sum(map(total_seconds, analysable.values())) / 3600,
            advice=" ".join(filter(None, (advice(found), _about_personal(duel), refusal))),
            may_be_promoted=not refusal,
            identity="",
            patient=duel.personal,
            heads=tuple((night.number, ledger.head(duel.library, night.number)) for night in mine),
        )
    )


def _scored(night: Night, analysable: tuple[Interval, ...], bundle: Bundle, rules: EventRules) -> Pair:
    points, curve = bundle.description.operating_points, event_curve(night.trace)
    events = pick_events(curve, choose_operating_point(points, rules.false_alarms_per_hour)) if points else ()
    study = study_recording(
        night.number,
        replace(night.recording, patient=patient_key(night.recording.patient)),  # however it is spelled, one patient
        night.trace,
        events,
        spasms=night.reference.spasms,
        analysable=analysable,
        rules=StudyRules(replace(RULES, cluster_gap=rules.cluster_gap)),
    )
    return study, grade(night.reference.spasms, pick_events(curve, FLOOR), analysable=analysable)


def advice(found: Sequence[Difference]) -> str:
    """What the figures say, in words that say no more than they do.

    Args:
        found: The differences, the one that decides first.
    """
    first = found[0]
    patients = counted(first.patients, "patients")
    if math.isnan(first.value):
        return f"The finalised time of {patients} holds no spasm, so which bundle finds more is open."
    if first.patients < LEAST_PATIENTS:
        return (
            f"The two cannot be told apart with {patients}: at least {LEAST_PATIENTS} are needed before a difference "
            "is more than chance."
        )
    if not first.verdict:
        return f"The two cannot be told apart with {patients}."
    against = "; ".join(each.what for each in found[1:] if each.verdict == -first.verdict)
    if first.verdict > 0:
        said = f"On these {patients} the candidate is better ({first.what})."
        but = f"It does worse in: {against}."
    else:
        said = f"On these {patients} the candidate is worse ({first.what})."
        but = f"It does better in: {against}."
    unknown = "How it does on other patients and cameras remains unknown."
    return " ".join((said, but, unknown) if against else (said, unknown))


def _about_personal(duel: _Duel) -> str:
    if not duel.personal:
        return ""
    return (
        "It was trained on one patient alone and tested on what was recorded after that, by which its thresholds may "
        "have been chosen; it will scan recordings of that patient only."
    )


def _refusal(duel: _Duel, *, spasms: int) -> str:
    """Why the candidate may not be promoted, whatever it can; empty where it may."""
    name, folders = duel.candidate.name, duel.request.bundle_folders
    if not duel.candidate.is_calibrated:
        return f"{name} has no operating point, so nothing would be flagged: it cannot be promoted."
    if not any(isinstance(each, Bundle) and each.identity == duel.candidate.identity for each in list_bundles(folders)):
        return f"{name} does not lie in a folder of bundles, where scans would find it: move it there to promote it."
    data = duel.candidate.description.training.get("data")
    if isinstance(data, Mapping) and data.get("personal") and not duel.personal:
        return f"{name} was trained on one patient, whom this library does not know: it cannot be promoted here."
    usual = _usual(duel.library, duel.request, duel.personal)
    if usual.identity != duel.current.identity:
        return f"The current bundle is {usual.name}: compare {name} with that one to promote it."
    if duel.personal and not spasms:
        return f"No spasm was recorded after those that {name} learned from: it cannot be promoted yet."
    return ""


def _nothing(duel: _Duel) -> Comparison:
    name = duel.candidate.name
    why = (
        f"{name} was trained on one patient alone. It can be promoted only after a test on what was recorded later: "
        "finalise later time of this patient."
        if duel.personal
        else f"There is nobody to compare on: {name} cannot be promoted before at least one held-out patient, whom "
        "neither bundle has learned from, has finalised time. A snapshot of three or more patients holds some out."
    )
    facts = facts_of(duel.current), facts_of(duel.candidate)
    return Comparison(*facts, (), 0, 0.0, why, may_be_promoted=False, identity="", patient=duel.personal)


def _paired(each: Difference) -> Paired:
    return Paired(
        each.what,
        _known(each.one),
        _known(each.other),
        _known(each.value),
        _known(each.low),
        _known(each.high),
        each.patients,
        each.higher_is_better,
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _sealed(comparison: Comparison) -> Comparison:
    return replace(comparison, identity=identity_of(comparison))


def told(comparison: Comparison) -> dict[str, object]:
    """A comparison as facts that can be kept: figures and hashes, no folders, and no patient but a personal one."""
    return {
        "current": {"name": comparison.current.name, "identity": comparison.current.identity},
        "candidate": {"name": comparison.candidate.name, "identity": comparison.candidate.identity},
        "figures": [asdict(each) for each in comparison.figures],
        "recordings": comparison.recordings,
        "hours": comparison.hours,
        "advice": comparison.advice,
        "may_be_promoted": comparison.may_be_promoted,
        "patient": comparison.patient,
        "heads": [list(each) for each in comparison.heads],
    }


def identity_of(comparison: Comparison) -> str:
    """The hex sha256 over what a comparison says, without which nothing is promoted."""
    return hashlib.sha256(json.dumps(told(comparison), sort_keys=True).encode()).hexdigest()
