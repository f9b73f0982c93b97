"""How fast a scan is on this machine, as ratios against limits taken in the same run."""

import tempfile
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import TraceIdentity
from reviewer_app.domain.window import FRAME_STEP, FRAMES_PER_WINDOW, WindowGrid
from reviewer_app.jobs.beat import beating, watched
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.loading import load_predictor
from reviewer_app.jobs.message import Measure, Message, Stage
from reviewer_app.jobs.request import BenchRequest
from reviewer_app.jobs.sweep import LARGEST_BATCH, Shape, Sweep, begin_trace
from reviewer_app.learning.bundle import Bundle, find_bundle, load_bundle
from reviewer_app.learning.manifest import clip_digest
from reviewer_app.learning.predictor import Predictor
from reviewer_app.media.open import open_recording
from reviewer_app.media.speed import decode_only
from reviewer_app.media.video import RecordingFrames
from reviewer_app.store import recordings
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library

LIMIT = 3600.0
"""Seconds that one measurement may take."""

NETWORK_SECONDS = 8.0
"""How long the network alone is measured."""


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a measurement took."""

    wall: float  # s
    processor: float  # s, summed over cores


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is measured with."""

    recording: Recording
    bundle: Bundle
    grid: WindowGrid
    seconds: float  # of video
    threads: int

    def source(self) -> RecordingFrames:
        return RecordingFrames(self.recording, self.bundle.description.clip, crop=WHOLE_PICTURE, threads=self.threads)


def bench_scan(request: BenchRequest, control: Control) -> Generator[Message, None, tuple[Measure, ...]]:
    """Decoding alone, the front end, the network alone and the whole scan of the same seconds of video.

    Raises:
        MediaError: the file cannot be used.
        BundleError: the bundle cannot be used.
    """
    bundle = load_bundle(find_bundle(request.bundle, request.bundle_folders))
    recording = yield from watched("Opening", lambda tell: open_recording((request.path,), tell=tell))
    seconds = min(request.seconds, recording.seconds)
    grid = WindowGrid.over(seconds)
    subject = _Subject(recording, bundle, grid, seconds, request.compute.threads)
    predictor = yield from load_predictor(bundle, request.compute)
    decode = yield from _measured("Decoding alone", partial(_decode, subject))
    front = yield from _measured("Decoding and preparing", partial(_front_end, subject))
    windows, network = yield from _network(predictor, bundle)
    network = _Cost(network.wall / windows * grid.count, network.processor / windows * grid.count)
    began, processor = time.perf_counter(), time.process_time()
    yield from _scan(subject, predictor, control)
    whole = _Cost(time.perf_counter() - began, time.process_time() - processor)
    return _measures(subject, decode=decode, front=front, network=network, whole=whole)


def _measures(subject: _Subject, *, decode: _Cost, front: _Cost, network: _Cost, whole: _Cost) -> tuple[Measure, ...]:
    seconds, longer = subject.seconds, max(decode.wall, network.wall)
    # Two stages that each keep every core busy cannot overlap: then the work itself is the limit.
    cores = max(1.0, decode.processor / decode.wall, network.processor / network.wall)
    limit = max(longer, (decode.processor + network.processor) / cores)
    picture = subject.recording.segments[0].picture
    return (
        Measure(f"video measured, {picture.width} x {picture.height} {picture.codec}", seconds, "s"),
        Measure("decoding alone", seconds / decode.wall, "x real time"),
        Measure("front end (decode, sample, resize, quality)", seconds / front.wall, "x real time"),
        Measure("front end / decoding alone, speed", decode.wall / front.wall, "ratio"),
        Measure("network alone, per window", network.wall / subject.grid.count * 1000, "ms"),
        Measure("network alone", seconds / network.wall, "x real time"),
        Measure("whole scan", seconds / whole.wall, "x real time"),
        Measure("whole scan / longer of decoding and network, time", whole.wall / longer, "ratio"),
        Measure("whole scan / least possible on these cores, time", whole.wall / limit, "ratio"),
    )


def _measured(name: str, call: "partial[None]") -> Generator[Message, None, _Cost]:
    began, processor = time.perf_counter(), time.process_time()
    yield from beating(name, call, limit=LIMIT)
    return _Cost(time.perf_counter() - began, time.process_time() - processor)


def _decode(subject: _Subject) -> None:
    decode_only(subject.recording, seconds=subject.seconds, threads=subject.threads)


def _front_end(subject: _Subject) -> None:
    for _ in subject.source().frames(0, int(subject.seconds / FRAME_STEP)):
        pass


def _network(predictor: Predictor, bundle: Bundle) -> Generator[Message, None, tuple[int, _Cost]]:
    """Scores noise for a while: the arithmetic does not depend on the pixels."""
    yield Stage("The network alone")
    size = bundle.description.clip.size
    noise = np.random.default_rng(0).integers(0, 256, (LARGEST_BATCH, FRAMES_PER_WINDOW, size, size, 3), np.uint8)
    windows, began, processor = 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - began < NETWORK_SECONDS:
        predictor.score(noise[:4])
        windows += 4
        yield Stage("The network alone")
    return windows, _Cost(time.perf_counter() - began, time.process_time() - processor)


def _scan(subject: _Subject, predictor: Predictor, control: Control) -> Generator[Message]:
    """The scan's own sweep into a library that is thrown away."""
    bundle, recording = subject.bundle, subject.recording
    with tempfile.TemporaryDirectory() as folder:
        keys = KeyFile(Path(folder) / "key")
        with Library.open(Path(folder) / "library", keys=keys) as library:
            number = recordings.add(library, recording)
            shape = Shape(subject.grid, predictor.bins, predictor.features)
            digest = clip_digest(bundle.description.clip)
            identity = TraceIdentity(recording.identity, bundle.identity, digest, subject.grid.stride, WHOLE_PICTURE)
            stored = begin_trace(library, number, identity, shape, bundle_name=bundle.name)
            sweep = Sweep(stored, subject.source(), predictor, control, 0)
            with closing(sweep.messages()) as messages:
                yield from messages
