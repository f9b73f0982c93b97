"""What an audit of unflagged time says, in words that claim no more than was looked at."""

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer_app.domain.audit import AuditResult
from reviewer_app.domain.coverage import Coverage
from reviewer_app.domain.window import total_seconds
from reviewer_app.gui.triage.words import duration_text

ENOUGH = 30
"""Stretches after which the estimate begins to say something: five minutes of video."""


def audit_text(result: AuditResult, *, unflagged_seconds: float) -> str:
    """The running estimate of what was missed."""
    if result.stretches == 0:
        return QCoreApplication.translate(
            "Audit",
            "Stretches drawn by lot from what was not flagged. After about {count} of them what you name in them tells "
            "how much may have been missed.",
        ).format(count=ENOUGH)
    hours = unflagged_seconds / 3600
    numbers = {
        "level": "95\u00a0%",
        "stretches": result.stretches,
        "duration": duration_text(result.seconds),
        "spasms": result.spasms,
        "rate": _number(result.per_hour),
        "low": _number(result.low),
        "high": _number(result.high),
        "hours": duration_text(unflagged_seconds),
        "all": _number(result.per_hour * hours),
        "all_low": _number(result.low * hours),
        "all_high": _number(result.high * hours),
    }
    if result.spasms == 0:
        return _nothing_named().format(**numbers)
    return QCoreApplication.translate(
        "Audit",
        "Sampled stretches looked at: {stretches} ({duration}). Spasms that you named in them: {spasms}. That is about "
        "{rate} ({low}–{high}) an hour of unflagged time, or {all} ({all_low}–{all_high}) in the {hours} that were not "
        "flagged. {level} interval, as if spasms came one by one; where they come in clusters it is wider.",
    ).format(**numbers)


def _nothing_named() -> str:
    return QCoreApplication.translate(
        "Audit",
        "Sampled stretches looked at: {stretches} ({duration}). Spasms that you named in them: 0. Up to {high} an hour "
        "of unflagged time, or {all_high} in the {hours} that were not flagged, can still not be ruled out. {level} "
        "interval, as if spasms came one by one; where they come in clusters it is wider.",
    )


def left_out_text(coverage: Coverage | None) -> str:
    """Which time is not in the numbers because the network never saw it; empty where there is none."""
    if coverage is None:
        return ""
    unseen = total_seconds((*coverage.unscanned, *coverage.undecodable, *coverage.too_short))
    if unseen < 1:
        return ""
    return QCoreApplication.translate(
        "Audit", "{duration} of video were not scanned or cannot be read; nothing is known of them."
    ).format(duration=duration_text(unseen))


def _number(value: float) -> str:
    """With two significant digits: more would promise too much."""
    if value >= 100:
        return QLocale().toString(float(f"{value:.2g}"), "f", 0)
    return QLocale().toString(value, "g", 2)
