"""The report for the file: what one rater saw in a recording, how far that reaches, and with what help it was found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from reviewer_app.domain.annotation import Annotation, Arousal, Form, Label, Semiology, Side
from reviewer_app.domain.event import Cluster
from reviewer_app.domain.night import NightReport
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.window import total_seconds
from reviewer_app.evaluation.clock_plot import clock_plot_png
from reviewer_app.evaluation.figures import compose_timeline
from reviewer_app.evaluation.page import SPACING_HEAD, clock, embedded, length, spacing_words, spans, table, write_page

_FORMS = {Form.FLEXOR: "flexor", Form.EXTENSOR: "extensor", Form.MIXED: "mixed", Form.SUBTLE: "subtle"}
_SIDES = {Side.SYMMETRIC: "symmetric", Side.LEFT: "more on the infant's left", Side.RIGHT: "more on the infant's right"}
_AROUSALS = {Arousal.AWAKE: "awake", Arousal.ASLEEP: "asleep", Arousal.ON_WAKING: "on waking"}
_CRIES = {True: "cry afterwards", False: "no cry afterwards"}
_LABELS = {
    Label.SPASM: "spasm",
    Label.NOT_SPASM: "not a spasm",
    Label.UNSURE: "unsure",
    Label.OTHER_SEIZURE: "other seizure",
    Label.ARTEFACT: "artefact",
    Label.NOT_ANALYSABLE: "not analysable",
}

Word = TypeVar("Word")


def write_night_report(path: Path, night: NightReport, *, with_names: bool = False, with_notes: bool = False) -> None:
    """Writes the report as one HTML page that holds its own pictures.

    Args:
        path: the file.
        night: what to tell.
        with_names: whether raters' and the patient's pseudonym stand in it.
        with_notes: whether what the rater wrote freely stands in it.

    Raises:
        RequestError: the page cannot be written.
    """
    parts = [
        "<h2>What was recorded and looked at</h2>",
        table(("", ""), _reach(night, with_names=with_names)),
        *_spasms(night),
        *_semiology(night.semiologies),
        "<h2>Verdicts</h2>",
        table(("label", "given"), [(words, str(len(night.judged(label)))) for label, words in _LABELS.items()]),
        *(_notes(night) if with_notes else ()),
        "<h2>The model's part</h2>",
        *(_scan(night.scan, night.open_flags) if night.scan else _NO_SCAN),
        "<h2>What this cannot tell</h2>",
        *_limits(night),
    ]
    write_page(path, "Report of a review", parts, notice=night.scan.notice if night.scan else "")


_NO_SCAN = ("<p>No model has looked at this recording.</p>",)


def _reach(night: NightReport, *, with_names: bool) -> list[tuple[str, str]]:
    recording = night.recording
    unread = night.scan.coverage.undecodable if night.scan else recording.undecodable
    others = [each.name if with_names else f"rater {i}" for i, each in enumerate(night.others, start=2)]
    facts = [
        ("Recording", f"number {night.number} of the library, {len(recording.segments)} file(s)"),
        ("Starts", f"{recording.start:%Y-%m-%d %H:%M:%S %Z}"),
        ("Recorded", f"{length(recording.video_seconds)} of video within {length(recording.seconds)}"),
        ("Analysable", length(total_seconds(night.analysable))),
        ("Looked at by the rater", f"{length(total_seconds(night.looked_at))} of the analysable time"),
        ("Without video", spans(recording, recording.gaps)),
        ("Undecodable", spans(recording, unread)),
        ("Not analysable, as the rater says", spans(recording, night.not_analysable)),
        ("Rater", night.rater.name if with_names else "rater 1"),
        ("Others who labelled this recording", ", ".join(others) or "none"),
    ]
    if with_names and recording.patient:
        facts.insert(0, ("Patient", recording.patient))
    return facts


def _spasms(night: NightReport) -> list[str]:
    found = night.spasms
    if not found:
        return [
            "<h2>Spasms</h2>",
            "<p>The rater has called nothing a spasm so far. That does not tell whether there were spasms.</p>",
        ]
    groups = [each for each in night.clusters if len(each.events) > 1]
    lone = len(night.clusters) - len(groups)
    rows = [_cluster_row(night, number, each) for number, each in enumerate(groups, start=1)]
    head = ("cluster", "from", "to", "lasts", "spasms", SPACING_HEAD)
    return [
        f"<h2>Spasms: {len(found)}</h2>",
        f"<p>Clusters of two or more: {len(groups)}. Lone spasms: {lone}. Spasms that follow each other within "
        f"{night.cluster_gap:g} s are one cluster.</p>",
        *([table(head, rows)] if rows else []),
        embedded(clock_plot_png(night), "Dial of 24 hours with the spasms of each hour"),
    ]


def _cluster_row(night: NightReport, number: int, cluster: Cluster) -> tuple[str, ...]:
    reach = cluster.interval
    return (
        str(number),
        clock(night.recording, reach.start),
        clock(night.recording, reach.stop),
        length(reach.seconds),
        str(len(cluster.events)),
        spacing_words(cluster, alone=""),
    )


def _semiology(said: Sequence[Semiology]) -> list[str]:
    if not said:
        return []
    rows = [
        ("form", *_count((each.form for each in said), _FORMS)),
        ("side", *_count((each.side for each in said), _SIDES)),
        ("arousal", *_count((each.arousal for each in said), _AROUSALS)),
        ("cry", *_count((each.cry for each in said), _CRIES)),
    ]
    return ["<h2>What the spasms looked like</h2>", table(("", "spasms", "not said"), rows)]


def _count(values: Iterable[Word | None], words: dict[Word, str]) -> tuple[str, str]:
    counts = Counter(values)
    said = [f"{text}: {counts[word]}" for word, text in words.items() if counts[word]]
    return "; ".join(said) or "–", str(counts[None])


def _notes(night: NightReport) -> list[str]:
    def row(each: Annotation) -> tuple[str, str, str]:
        return clock(night.recording, each.interval.start), _LABELS[each.label], each.statement.note

    rows = [row(each) for each in night.notes]
    return ["<h2>Notes</h2>", table(("clock", "label", "note"), rows)] if rows else []


def _scan(scan: TraceReport, open_flags: int) -> list[str]:
    recording, coverage, point = scan.recording, scan.coverage, scan.findings.point
    facts = [
        ("Bundle", f"{scan.bundle_name} ({scan.identity.bundle[:12]})"),
        ("Crop, stride", f"{scan.identity.crop}; {scan.identity.stride} grid frames"),
        ("Scored", length(total_seconds(coverage.scored))),
        ("Not scanned yet", spans(recording, coverage.unscanned)),
        ("Too short for a window", spans(recording, coverage.too_short)),
    ]
    if point is None:
        facts.append(("Operating point", "the bundle has none that is calibrated, so nothing was flagged"))
    else:
        facts += [
            ("Operating point", f"enter {point.enter:.3f}, leave {point.leave:.3f}"),
            ("Predicted false alarms", f"{point.false_alarms_per_hour:.2g} an hour"),
            ("Flags", f"{len(scan.findings.events)}, of which {open_flags} without a verdict of the rater"),
        ]
    written = BytesIO()
    compose_timeline(scan).savefig(written, format="png", metadata={"Description": RESEARCH_NOTICE})
    return [
        table(("", ""), facts),
        embedded(written.getvalue(), "Timeline of the recording with the model's trace and flags", wide=True),
    ]


def _limits(night: NightReport) -> list[str]:
    left = total_seconds(night.analysable) - total_seconds(night.looked_at)
    unscanned = night.scan is not None and not night.scan.coverage.complete
    sentences = [
        f"{length(left)} of the analysable time was not looked at by the rater; whether there were spasms in it is "
        "unknown." if left >= 1 else "",
        f"{night.open_flags} flags have no verdict yet." if night.open_flags else "",
        "Not all video was scored by the model." if unscanned else "",
        "Subtle spasms, spasms out of the picture and spasms in time without usable video are missed. A video shows no "
        "EEG: whether a movement is an epileptic spasm is not decided by it alone.",
        "Flags are suggestions of a model. The predicted rate of false alarms was measured on other recordings.",
    ]  # fmt: skip
    return [f"<p>{escape(each)}</p>" for each in sentences if each]
