"""One recording as the library's page shows it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer_app.gui.triage.words import duration_text
from reviewer_app.gui.work.job import Job, JobState
from reviewer_app.gui.work.job_words import share_text, state_text
from reviewer_app.jobs.library_request import Surveyed
from reviewer_app.store.overview import RecordingOverview


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """What is known of a recording, or of files that could not be opened as one."""

    title: str
    paths: tuple[Path, ...]
    number: int | None = None  # in the library; None while it is being opened, and where that failed
    patient: str = ""
    start: datetime | None = None
    seconds: float = 0.0
    bundle_name: str = ""  # of the newest scan
    scanned: float = 0.0  # share of its windows
    annotations: int = 0  # of all raters
    survey: Surveyed | None = None  # None before the files were looked at
    problem: str = ""  # why it cannot be used
    job: Job | None = None  # its scan, where one runs or waits

    @property
    def is_broken(self) -> bool:
        """Whether it cannot be used as it is."""
        survey = self.survey
        return bool(self.problem or (survey and (survey.problem or survey.missing or survey.replaced)))

    @property
    def is_opening(self) -> bool:
        """Whether a job is opening it right now."""
        return self.number is None and not self.problem

    @property
    def status(self) -> str:
        """What is the matter with it, or how far its scan is."""
        if self.problem:
            return self.problem
        if self.is_opening:
            return QCoreApplication.translate("Recordings", "Opening…")
        if self.survey and self.survey.problem:
            return self.survey.problem
        if self.survey and self.survey.missing:
            return QCoreApplication.translate("Recordings", "Missing files: %n", "", len(self.survey.missing))
        if self.survey and self.survey.replaced:
            return QCoreApplication.translate(
                "Recordings",
                "{name} is not the file that belongs to this recording: what the player shows is not what was scanned "
                "and labelled. Put the old file back, or open the new one as a recording of its own.",
            ).format(name=self.survey.replaced[0].name)
        if self.job is not None:
            return self._scan_status(self.job)
        if not self.bundle_name:
            return QCoreApplication.translate("Recordings", "Not scanned")
        if self.scanned < 1:
            share = QLocale().toString(int(self.scanned * 100))
            return QCoreApplication.translate("Recordings", "Scanned in part: {share} %").format(share=share)
        if self.survey and self.survey.unread:
            return QCoreApplication.translate("Recordings", "Scanned, but {duration} cannot be read").format(
                duration=duration_text(self.survey.unread)
            )
        return QCoreApplication.translate("Recordings", "Scanned")

    @staticmethod
    def _scan_status(job: Job) -> str:
        if not job.is_active:
            return QCoreApplication.translate("Recordings", "Waits for its scan")
        if job.progress.total and job.state is JobState.RUNNING and not job.progress.away:
            return QCoreApplication.translate("Recordings", "Being scanned: {share}").format(share=share_text(job))
        return state_text(job)

    @property
    def length(self) -> str:
        """Hours and minutes."""
        minutes = round(self.seconds / 60)
        return f"{minutes // 60}:{minutes % 60:02}"

    @property
    def left(self) -> str:
        """Flags without a verdict, of all flags; empty where that is not known."""
        if self.survey is None or self.survey.left is None:
            return ""
        return QCoreApplication.translate("Recordings", "{left} of {flags}").format(
            left=self.survey.left, flags=self.survey.flags
        )


def row_of(known: RecordingOverview, survey: Surveyed | None = None) -> RecordingRow:
    """The row of a recording in the library."""
    scan = known.newest_scan
    return RecordingRow(
        title=title_of(known.paths),
        paths=known.paths,
        number=known.recording_id,
        patient=known.patient,
        start=known.start,
        seconds=known.seconds,
        bundle_name=scan.bundle_name if scan else "",
        scanned=scan.stored / scan.grid.count if scan else 0.0,
        annotations=sum(count for _, count in known.annotations),
        survey=survey,
    )


def title_of(paths: tuple[Path, ...]) -> str:
    """The first file's name, and how many there are besides."""
    if len(paths) == 1:
        return paths[0].name
    return QCoreApplication.translate("Recordings", "{name} and {count} more").format(
        name=paths[0].name, count=len(paths) - 1
    )
