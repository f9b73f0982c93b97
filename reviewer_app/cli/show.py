"""What a person sees: tables, sentences and progress, on paper-wide and narrow terminals alike."""

from collections.abc import Generator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from statistics import median
from typing import TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.phrases import counted
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.window import Interval, total_seconds
from reviewer_app.jobs.message import Heartbeat, Learning, Message, Remark, ScanProgress, ScanStarted, Stage, StepsDone

OUT = Console(highlight=False)
"""Results; may be piped."""

ERR = Console(stderr=True, highlight=False)
"""Progress, remarks and refusals."""

STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""

Value = TypeVar("Value")


class Watch:
    """Shows a job's messages as one line of progress, with remarks printed above it."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[speed]}"),
            TimeRemainingColumn(compact=True),
            console=ERR,
            transient=True,
        )
        self._task: TaskID | None = None
        self._what = ""
        self._began = 0.0
        self._position = 0.0

    def drive(self, job: Generator[Message, None, Value]) -> Value:
        """Runs a job to its end and gives its result.

        Raises:
            typer.Exit: the person pressed Ctrl-C; the job was closed, which ends it cleanly.
        """
        try:
            with closing(job), self._progress:
                return self._answer(job)
        except KeyboardInterrupt:
            ERR.print("Stopped. What was done is kept; the same command goes on from there.")
            raise typer.Exit(STOPPED) from None

    def _answer(self, job: Generator[Message, None, Value]) -> Value:
        while True:
            try:
                self._show(next(job))
            except StopIteration as stop:
                value: Value = stop.value
                return value

    def _show(self, message: Message) -> None:
        match message:
            case Stage(name):
                self._start(name, None)
            case Remark(text):
                ERR.print(f"[yellow]Note:[/] {plain(text)}")
            case ScanStarted(recording=recording, windows=windows, stored=stored, device=device, bundle_name=bundle):
                ERR.print(
                    f"Scanning {duration(recording.video_seconds)} of video with bundle {plain(bundle)} on "
                    + plain(device)
                    + (f", going on after {stored / windows:.0%}." if stored else ".")
                )
                self._start("Scanning", windows)
                self._began, self._position = self._progress.get_time(), -1.0
            case ScanProgress(done, total, position):
                self._scanned(done, total, position)
            case StepsDone(done, total, what):
                if self._what != what:
                    self._start(what, total)
                self._update(done, total, "")
            case Learning():
                self._learned(message)
            case Heartbeat(paused=True):
                self._update(None, None, "waiting")
            case _:
                pass

    def _learned(self, progress: Learning) -> None:
        what = f"Epoch {progress.epoch} of {progress.epochs}"
        if self._what != what:
            self._start(what, progress.steps)
        left = "" if progress.seconds_left is None else f", {duration(progress.seconds_left)} left"
        speed = f"loss {progress.loss:.3f}, {progress.clips_per_second:.1f} clips/s{left}"
        self._update(progress.step, progress.steps, speed)
        if progress.validation:
            told = ", ".join(f"{name} {value:.3f}" for name, value in progress.validation)
            ERR.print(f"After epoch {progress.epoch}, on validation patients: {told}.")

    def _start(self, name: str, total: float | None) -> None:
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task, self._what = self._progress.add_task(plain(name), total=total, speed=""), name

    def _scanned(self, done: int, total: int, position: float) -> None:
        now = self._progress.get_time()
        if self._position < 0:
            self._began, self._position = now, position
        elapsed = now - self._began
        speed = (position - self._position) / elapsed if elapsed > 1 else 0.0
        self._update(done, total, f"{speed:.1f} x real time" if speed > 0 else "")

    def _update(self, done: float | None, total: float | None, speed: str) -> None:
        if self._task is not None:
            self._progress.update(self._task, completed=done, total=total, speed=speed)


def plain(text: str) -> str:
    """Text from outside without power over the terminal: no control characters, no markup."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text).replace("[", r"\[")


def duration(seconds: float) -> str:
    """A length of time as h:mm:ss."""
    return str(timedelta(seconds=round(seconds)))


def clock(moment: datetime) -> str:
    """A wall-clock time, to the second."""
    return moment.strftime("%d %b %H:%M:%S")


def show_report(report: TraceReport) -> None:
    """The outcome of a scan: what was covered, clusters, events, and what must be said with them."""
    coverage, recording = report.coverage, report.recording
    OUT.print(f"\n[bold]Recording {report.recording_number}[/] {plain(recording.patient)}".rstrip())
    OUT.print(
        f"starts {recording.start:%Y-%m-%d %H:%M:%S %Z}, {counted(len(recording.segments), 'files')}, "
        f"{duration(recording.seconds)} on the clock, {duration(recording.video_seconds)} of video"
    )
    for eeg in recording.eeg:
        OUT.print(
            f"EEG: {counted(len(eeg.channels), 'channels')}, {duration(eeg.seconds)}, "
            f"starts at {eeg.start:.1f} s of the recording"
        )
    OUT.print(f"scored {duration(total_seconds(coverage.scored))}" + _rest(report))
    OUT.print(f"crop {report.identity.crop}, stride {report.identity.stride}, bundle {plain(report.bundle_name)}")
    point = report.findings.point
    if point is None:
        OUT.print("The bundle has no calibrated operating point: the trace is stored, but no events are picked.")
    else:
        OUT.print(
            f"operating point: enter {point.enter:.3f}, leave {point.leave:.3f}, predicted false alarms "
            f"{point.false_alarms_per_hour:.2g} an hour"
        )
        _show_clusters(report)
    if report.notice:
        OUT.print(plain(report.notice))
    OUT.print(RESEARCH_NOTICE)


def _rest(report: TraceReport) -> str:
    coverage = report.coverage
    parts = [
        f"{_lengths(spans)} {words}"
        for spans, words in (
            (coverage.gaps, "without video"),
            (coverage.undecodable, "undecodable"),
            (coverage.too_short, "too short for a window"),
            (coverage.unscanned, "not scanned yet"),
            ([each.interval for each in report.not_analysable], "perhaps not analysable"),
        )
        if spans
    ]
    return "".join(f"; {part}" for part in parts)


def _lengths(spans: Sequence[Interval]) -> str:
    return f"{total_seconds(spans):.1f} s ({counted(len(spans), 'stretches', one='stretch')})"


def _show_clusters(report: TraceReport) -> None:
    recording, findings = report.recording, report.findings
    if not findings.events:
        OUT.print(
            "The trace does not reach the operating point anywhere. That says nothing about whether there were spasms."
        )
        return
    clusters = Table("cluster", "from", "to", "at", "events", "median spacing", title="Clusters", title_justify="left")
    for number, cluster in enumerate(findings.clusters, start=1):
        span = cluster.interval
        spacing = f"{median(cluster.spacings):.1f} s" if cluster.spacings else ""
        times = clock(recording.clock(span.start)), clock(recording.clock(span.stop))
        clusters.add_row(str(number), *times, duration(span.start), str(len(cluster.events)), spacing)
    OUT.print(clusters)
    events = Table("event", "cluster", "clock", "at", "lasts", "file", "score", title="Events", title_justify="left")
    count = 0
    for number, cluster in enumerate(findings.clusters, start=1):
        for event in cluster.events:
            count += 1
            segment = recording.segment_at(event.peak)
            file = (
                ""
                if segment is None
                else f"{recording.segments.index(segment) + 1} at {segment.media_time(event.peak):.1f} s"
            )
            when = clock(recording.clock(event.peak)), duration(event.peak)
            events.add_row(
                str(count), str(number), *when, f"{event.interval.seconds:.1f} s", file, f"{event.score:.3f}"
            )
    OUT.print(events)
