"""How the screen tells of a scan: its state, its speed, the time that is left."""

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer_app.gui.shortcuts import QT_TRANSLATE_NOOP
from reviewer_app.gui.work.job import Job, JobState

STAGES = (
    QT_TRANSLATE_NOOP("Jobs", "Checking the bundle"),
    QT_TRANSLATE_NOOP("Jobs", "Opening the recording"),
    QT_TRANSLATE_NOOP("Jobs", "Looking for the infant"),
    QT_TRANSLATE_NOOP("Jobs", "Looking for where movement is"),
    QT_TRANSLATE_NOOP("Jobs", "Loading the network"),
    QT_TRANSLATE_NOOP("Jobs", "Loading the person detector"),
)
"""What a scan does before it counts windows, in the job's own words; lupdate reads them here."""


def state_text(job: Job) -> str:
    """Where a scan is, in a few words; a sentence where it failed."""
    words = {
        JobState.WAITING: QCoreApplication.translate("Jobs", "Waits for its turn"),
        JobState.HELD: QCoreApplication.translate("Jobs", "Held; does not start by itself"),
        JobState.RUNNING: QCoreApplication.translate("Jobs", "Starting"),
        JobState.PAUSED: QCoreApplication.translate("Jobs", "Paused"),
        JobState.STOPPING: QCoreApplication.translate("Jobs", "Stopping"),
        JobState.DONE: QCoreApplication.translate("Jobs", "Done"),
        JobState.FAILED: job.problem,
    }
    if job.state is JobState.RUNNING and job.progress.away:
        return QCoreApplication.translate("Jobs", "Waits for files that cannot be reached")
    if job.state is JobState.RUNNING and job.progress.stage:
        return QCoreApplication.translate("Jobs", job.progress.stage)
    if job.state is JobState.RUNNING and job.progress.total:
        return QCoreApplication.translate("Jobs", "Scanning on {device}").format(device=job.progress.device)
    return words[job.state]


def share_text(job: Job) -> str:
    """Per cent, never 100 before all is done; empty before anything is known."""
    if not job.progress.total:
        return ""
    share = 100 if job.state is JobState.DONE else min(99, int(job.progress.share * 100))
    return QCoreApplication.translate("Jobs", "{share} %").format(share=share)


def speed_text(speed: float | None) -> str:
    """Such as 42× real time; empty where it is not known."""
    if speed is None:
        return ""
    return QCoreApplication.translate("Jobs", "{speed}×").format(
        speed=QLocale().toString(speed, "f", 1 if speed < 10 else 0)
    )


def duration_text(seconds: float | None) -> str:
    """Hours and minutes, rounded up; empty where it is not known."""
    if seconds is None:
        return ""
    minutes = -int(-seconds // 60)
    if minutes <= 1:
        return QCoreApplication.translate("Jobs", "under 1 min") if seconds < 60 else minute_text(1)
    if minutes < 60:
        return minute_text(minutes)
    return QCoreApplication.translate("Jobs", "{hours} h {minutes} min").format(
        hours=minutes // 60, minutes=minutes % 60
    )


def minute_text(minutes: int) -> str:
    """So many minutes."""
    return QCoreApplication.translate("Jobs", "{minutes} min").format(minutes=minutes)


def job_line(job: Job | None) -> str:
    """A scan in one line, for the status bar; empty where none runs."""
    if job is None:
        return ""
    if not job.progress.total or job.state is not JobState.RUNNING or job.progress.away:
        return QCoreApplication.translate("Jobs", "{title}: {state}").format(
            title=job.order.title, state=state_text(job)
        )
    if job.progress.seconds_left is None:
        return QCoreApplication.translate("Jobs", "{title}: {share} scanned").format(
            title=job.order.title, share=share_text(job)
        )
    return QCoreApplication.translate("Jobs", "{title}: {share} scanned, {left} left").format(
        title=job.order.title, share=share_text(job), left=duration_text(job.progress.seconds_left)
    )


def ended_line(job: Job, *, complete: bool) -> str:
    """What is said when a scan has ended."""
    if complete:
        return QCoreApplication.translate("Jobs", "{title}: scanned.").format(title=job.order.title)
    return QCoreApplication.translate(
        "Jobs", "{title}: scanned as far as its files can be read; the timeline shows what is missing."
    ).format(title=job.order.title)
