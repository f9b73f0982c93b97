"""All recordings of a library looked at: are their files there, what was found, what is left to review."""

from collections.abc import Generator
from dataclasses import replace
from functools import partial
from pathlib import Path

from reviewer_app.domain.annotation import Rater
from reviewer_app.domain.coverage import coverage_of
from reviewer_app.domain.event import Cluster, choose_operating_point, event_curve, find_clusters, pick_events
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.triage import candidates_of, workload
from reviewer_app.domain.window import total_seconds
from reviewer_app.errors import MediaError, StoreError
from reviewer_app.jobs.beat import alive
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.library_request import ForgetRecordings, Surveyed, SurveyRequest
from reviewer_app.jobs.message import Message, Stage, StepsDone
from reviewer_app.jobs.trainings import TRAININGS, forget_clips
from reviewer_app.jobs.trial_trace import forget_trials
from reviewer_app.media.identity import fingerprint
from reviewer_app.store import ledger, recordings, traces
from reviewer_app.store.forget import forget
from reviewer_app.store.library import Library
from reviewer_app.store.overview import RecordingOverview, missing_files, overview


def survey(request: SurveyRequest) -> Generator[Message, None, tuple[Surveyed, ...]]:
    """Looks at one recording after the other; one that is damaged hinders no other.

    Raises:
        StoreError: the library cannot be opened.
    """
    yield Stage("Looking at the recordings")
    surveyed = []
    with open_library(request.library, hold=False) as library:
        known = [
            each for each in overview(library) if not request.recordings or each.recording_id in request.recordings
        ]
        for each in known:
            # A disk that is away may take long to say so.
            surveyed.append((yield from alive("Looking at a recording", partial(_look, library, each, request))))
            yield StepsDone(len(surveyed), len(known), "Looking at the recordings")
    return tuple(surveyed)


def _look(library: Library, known: RecordingOverview, request: SurveyRequest) -> Surveyed:
    missing = missing_files((*known.paths, *known.eeg_paths))
    try:
        recording = recordings.load(library, known.recording_id)
        first = recording.segments[0]
        plain = Surveyed(
            known.recording_id,
            missing,
            picture=first.picture,
            clock=first.clock_source,
            replaced=_replaced(recording),
        )
        scan = known.newest_scan
        if scan is None:
            return plain
        trace = traces.load(library, scan.trace_id)
        holes = tuple(span for span, _ in traces.skips(library, scan.trace_id))
        plain = replace(plain, unread=total_seconds(coverage_of(recording, trace, holes).undecodable))
        clusters = _clusters(trace, scan.identity.bundle, request)
        if clusters is None:
            return plain
        labels = Labels.of(ledger.load(library, known.recording_id))
    except StoreError as error:
        return Surveyed(known.recording_id, missing, problem=str(error))
    work = workload(candidates_of(clusters, labels.annotations, rater_id=request.rater_id), pre_roll=0)
    return replace(plain, flags=work.flags, clusters=len(clusters), left=work.left)


def _replaced(recording: Recording) -> tuple[Path, ...]:
    """Files that lie where the recording's were and are not they; one that cannot be read is none of them."""
    found = []
    for segment in recording.segments:
        try:
            if segment.path.exists() and fingerprint(segment.path) != segment.fingerprint:
                found.append(segment.path)
        except MediaError:
            continue
    return tuple(found)


def _clusters(trace: Trace, bundle: str, request: SurveyRequest) -> tuple[Cluster, ...] | None:
    points = request.points.get(bundle)
    if not points:
        return None
    point = choose_operating_point(points, request.rules.false_alarms_per_hour)
    return find_clusters(pick_events(event_curve(trace), point), gap=request.rules.cluster_gap)


def forget_recordings(request: ForgetRecordings) -> Generator[Message, None, int]:
    """Deletes recordings from the library, each after a verified backup; the media files are never touched.

    Raises:
        StoreError: a recording is not there, or could not be backed up or deleted; those before it are deleted.
    """
    yield Stage("Deleting from the library")
    with open_library(request.library) as library:
        for number in request.recordings:
            yield from alive("Deleting from the library", partial(_forget, library, number, rater=request.rater))
    return len(request.recordings)


def _forget(library: Library, number: int, *, rater: Rater | None) -> None:
    """Deletes a recording with what trainings and trials keep of it beside the database."""
    identity = recordings.load(library, number).identity
    forget(library, number, rater=rater)
    forget_trials(library.folder / TRAININGS, identity)
    forget_clips(library.folder)
