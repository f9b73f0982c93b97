"""From ledgers to a snapshot, and from a snapshot back to the ledgers as they were then."""

import itertools
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reviewer_app.domain.annotation import Action
from reviewer_app.domain.clip import Crop
from reviewer_app.domain.consensus import Agreed, agree
from reviewer_app.domain.coverage import coverage_of
from reviewer_app.domain.doubts import doubts_about
from reviewer_app.domain.draw import draw
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.phrases import counted
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.roles import Roles, assign_roles, carried_over, patient_key
from reviewer_app.domain.snapshot import Consensus, LabelledWindow, Snapshot, SnapshotRules, SnapshotSource
from reviewer_app.domain.suggestion import suggest_not_analysable
from reviewer_app.domain.window import Interval, subtract, union
from reviewer_app.errors import RequestError, StoreError
from reviewer_app.jobs.beat import alive
from reviewer_app.jobs.clip_folder import camera_of, read_clips, target_of
from reviewer_app.jobs.learn_request import ExportSnapshot, ListSnapshots, MakeSnapshot, RemakeSnapshot, SnapshotFacts
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Message, Remark, Stage, StepsDone
from reviewer_app.media.identity import fingerprint
from reviewer_app.store import ledger, raters, recordings, snapshots, traces
from reviewer_app.store.library import Library
from reviewer_app.store.recordings import RecordingSummary
from reviewer_app.store.snapshots import KeptSnapshot


@dataclass(frozen=True, slots=True)
class _Part:
    """What one source gives to a snapshot: of a clip file, its only window and nothing to draw from."""

    source: SnapshotSource
    agreed: Agreed


def make_snapshot(request: MakeSnapshot) -> Generator[Message, None, SnapshotFacts]:
    """Freezes what raters agreed on; the snapshot is kept as a whole at the end, or not at all.

    Raises:
        RequestError: there is nothing to learn from, or the request contradicts itself.
        MediaError: a clip cannot be read.
        StoreError: the library cannot be used, or a ledger was changed by other means.
    """
    yield Stage("Reading what was said")
    with open_library(request.library) as library:
        rules = _heeded(library, request)
        parts = yield from _recordings(library, request, rules)
        if request.clips is not None:
            clips = yield from read_clips(request.clips)
            parts += [_clip(source, len(parts) + i) for i, source in enumerate(clips)]
        earlier = snapshots.all_snapshots(library)
        past = _past(library, parts, earlier)
        snapshot = yield from alive("Choosing the windows", partial(_frozen, parts, rules, past=past))
        if not snapshot.windows:
            raise RequestError(
                "There is nothing to learn from yet: mark time as finalised in the window, or name a folder of clips."
            )
        kept = snapshots.put(library, snapshot, name=request.name.strip())
    if any(each.identity == kept.identity for each in earlier):
        yield Remark(f"This snapshot is there already ({kept.name or kept.identity[:12]}, made at {kept.made_at}).")
    return _facts(kept)


def list_snapshots(request: ListSnapshots) -> Generator[Message, None, tuple[SnapshotFacts, ...]]:
    """All snapshots of a library, newest first.

    Raises:
        StoreError: the library cannot be used, or a snapshot is damaged.
    """
    yield Stage("Reading the snapshots")
    with open_library(request.library, hold=False) as library:
        kept = yield from alive("Reading the snapshots", partial(snapshots.all_snapshots, library))
    return tuple(_facts(each) for each in kept)


def export_snapshot(request: ExportSnapshot) -> Generator[Message, None, Path]:
    """Writes a snapshot as JSON; into a folder, under its identity.

    Raises:
        StoreError: there is no such snapshot, or the file cannot be written.
    """
    yield Stage("Writing the snapshot")
    with open_library(request.library, hold=False) as library:
        kept = snapshots.find(library, request.identity)
    to = request.to / f"snapshot-{kept.identity[:12]}.json" if request.to.is_dir() else request.to
    snapshots.write_snapshot(to, kept)
    return to


def remake_snapshot(request: RemakeSnapshot) -> Generator[Message, None, bool]:
    """Makes a snapshot again from the ledgers as they were, and compares every byte.

    Whose recordings they are and what these patients are for, where the picture was cropped and where there was no
    usable video is taken from the snapshot, as somebody may have been renamed since and later scans may see otherwise;
    clip files are compared with what they were.

    Raises:
        StoreError: there is no such snapshot, or a recording was deleted since, or the end of its ledger is missing.
        MediaError: a clip file is not there any more.
    """
    yield Stage("Making the snapshot again")
    with open_library(request.library, hold=False) as library:
        kept = snapshots.find(library, request.identity)
        rules, parts = kept.snapshot.rules, []
        for place, source in enumerate(kept.snapshot.sources):
            parts.append((yield from alive("Reading what was said", partial(_again, library, source, place, rules))))
            yield StepsDone(place + 1, len(kept.snapshot.sources), "Making the snapshot again")
    again = yield from alive("Choosing the windows", partial(_frozen, parts, rules, roles=kept.snapshot.roles))
    changed = [part.source.file for part in parts if part.source not in kept.snapshot.sources]
    if changed:
        yield Remark(f"{counted(len(changed), 'clip files')} changed since then, among them {changed[0]}.")
    # Warnings follow from all the rest; another version of the program may only word them otherwise.
    return snapshots.canonical(replace(again, warnings=())) == snapshots.canonical(replace(kept.snapshot, warnings=()))


def _facts(kept: KeptSnapshot) -> SnapshotFacts:
    return SnapshotFacts(kept.identity, kept.name, kept.made_at, kept.snapshot)


def _heeded(library: Library, request: MakeSnapshot) -> SnapshotRules:
    """The rules without what they do not heed, so that it makes no other snapshot of the same words."""
    known = {each.recording_id for each in recordings.summaries(library)}
    if missing := sorted(set(request.recordings) - known):
        raise RequestError(f"The library holds no recording {missing[0]}.")
    adjudicator = request.rules.adjudicator
    if request.rules.consensus is not Consensus.ADJUDICATED:
        return replace(request.rules, adjudicator=None)
    if adjudicator not in {each.rater_id for each in raters.all_raters(library)}:
        raise RequestError(f"The library knows no rater {adjudicator} who could be the adjudicator.")
    return request.rules


def _recordings(library: Library, request: MakeSnapshot, rules: SnapshotRules) -> Generator[Message, None, list[_Part]]:
    """What the library's recordings give, in the order in which they were added."""
    healthy = {patient_key(patient) for patient in request.healthy}
    chosen = [
        each
        for each in recordings.summaries(library)
        if not request.recordings or each.recording_id in request.recordings
    ]
    parts: list[_Part] = []
    for done, each in enumerate(chosen, start=1):
        job = partial(_read, library, each, len(parts), rules, healthy=patient_key(each.patient) in healthy)
        part = yield from alive("Reading what was said", job)
        if part is None and request.recordings:
            yield Remark(f"Nobody finalised any time of recording {each.recording_id}; it is left out.")
        elif part is not None and not part.source.patient.strip():
            yield Remark(f"Recording {each.recording_id} is left out, as it is not said whose it is: name its patient.")
        elif part is not None:
            parts.append(part)
        yield StepsDone(done, len(chosen), "Reading what was said")
    if absent := healthy - {patient_key(each.patient) for each in chosen}:
        yield Remark(f"There is no recording here of {counted(len(absent), 'patients')} called healthy.")
    return parts


def _read(
    library: Library, known: RecordingSummary, place: int, rules: SnapshotRules, *, healthy: bool
) -> _Part | None:
    """What a recording gives now; None where nobody finalised any of its time."""
    actions = ledger.load(library, known.recording_id)
    labels = Labels.of(actions)
    if not labels.finalisers:
        return None
    recording = recordings.load(library, known.recording_id)
    crop, left_out = _seen(library, known.recording_id, recording, labels)
    source = SnapshotSource(
        patient=recording.patient,
        identity=recording.identity,
        head=actions[-1].digest,
        crop=crop,
        healthy=healthy,
        left_out=left_out,
        camera=" and ".join(sorted({camera_of(each) for each in recording.segments})),
    )
    return _Part(source, _agreed(recording, labels, source, place, rules))


def _seen(
    library: Library, recording_id: int, recording: Recording, labels: Labels
) -> tuple[Crop | None, tuple[Interval, ...]]:
    """Where the newest scan looked, and time that shows nothing, unless a rater saw something there."""
    summaries = traces.summaries(library, recording_id=recording_id)
    if not summaries:
        return None, union((*recording.gaps, *recording.undecodable))
    newest = summaries[-1]
    trace = traces.load(library, newest.trace_id)
    coverage = coverage_of(recording, trace, [span for span, _ in traces.skips(library, newest.trace_id)])
    refused = (time for rater in labels.finalisers for time in labels.refused_by(rater))
    suggested = subtract((each.interval for each in suggest_not_analysable(trace)), refused)
    unusable = (*coverage.gaps, *coverage.undecodable, *coverage.too_short, *suggested)
    return newest.identity.crop, union(unusable)


def _agreed(recording: Recording, labels: Labels, source: SnapshotSource, place: int, rules: SnapshotRules) -> Agreed:
    video = subtract((Interval(0, recording.seconds),), source.left_out)
    return agree(labels, video, rules=rules, source=place)


def _again(library: Library, source: SnapshotSource, place: int, rules: SnapshotRules) -> _Part:
    if source.file is not None:
        return _clip(replace(source, identity=str(fingerprint(source.file))), place)
    number = recordings.find(library, source.identity)
    if number is None:
        raise StoreError("The snapshot cannot be made again: one of its recordings was deleted from the library.")
    labels = Labels.of(_until(ledger.load(library, number), source.head, number))
    return _Part(source, _agreed(recordings.load(library, number), labels, source, place, rules))


def _until(actions: Sequence[Action], head: str, recording_id: int) -> Sequence[Action]:
    """The actions of a ledger up to one of its heads."""
    for count, action in enumerate(actions, start=1):
        if action.digest == head:
            return actions[:count]
    raise StoreError(
        f"The snapshot cannot be made again: the end of recording {recording_id}'s ledger is missing, perhaps since an "
        "older backup was restored."
    )


def _clip(source: SnapshotSource, place: int) -> _Part:
    assert source.file is not None
    window = LabelledWindow(place, 0.0, target_of(source.file))
    return _Part(source, Agreed((window,), (), 0))


def _one_name_each(sources: Iterable[SnapshotSource]) -> tuple[SnapshotSource, ...]:
    """The sources, each patient under the first spelling of their id: two would count, and be parted, as two people."""
    told = tuple(sources)
    names = {patient_key(source.patient): source.patient for source in reversed(told)}
    return tuple(replace(source, patient=names[patient_key(source.patient)]) for source in told)


def _past(library: Library, parts: Iterable[_Part], earlier: Iterable[KeptSnapshot]) -> tuple[Roles, ...]:
    """What everybody was for before; a recording that was given another patient takes its role along."""
    today = [(each.identity, each.patient) for each in recordings.summaries(library)]
    today += [(part.source.identity, part.source.patient) for part in parts]
    return tuple(carried_over((each.snapshot for each in earlier), today))


def _frozen(
    parts: Sequence[_Part], rules: SnapshotRules, *, past: Iterable[Roles] = (), roles: Roles | None = None
) -> Snapshot:
    """The snapshot of these parts; its patients are given their roles now, unless they have them."""
    sources = _one_name_each(part.source for part in parts)
    # A folder of clips is somebody's choice already, and counts for nothing in the draw among a night's windows.
    nights = itertools.takewhile(lambda part: part.source.file is None, parts)
    drawn = draw([part.agreed for part in nights], sources, rules)
    clips = (window for part in parts if part.source.file is not None for window in part.agreed.spasms)
    windows = (*drawn, *clips)
    if roles is None:
        roles = assign_roles(
            {sources[window.source].patient for window in windows},
            healthy={source.patient for source in sources if source.healthy},
            earlier=past,
            seed=rules.seed,
            nights={source.patient for source in sources if source.file is None},
        )
    snapshot = Snapshot(rules, sources, windows, roles)
    return replace(snapshot, warnings=doubts_about(snapshot, divided=sum(part.agreed.divided for part in parts)))
