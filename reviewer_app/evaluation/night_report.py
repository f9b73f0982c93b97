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
from reviewer_app.domain.phrases import ENGLISH, Phrases
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
Facts = list[tuple[str, str]]


def write_night_report(
    path: Path,
    night: NightReport,
    *,
    with_names: bool = False,
    with_notes: bool = False,
    say: Phrases = ENGLISH,
) -> None:
    """Writes the report as one HTML page that holds its own pictures.

    Args:
        path: the file.
        night: what to tell.
        with_names: whether raters and the patient's pseudonym stand in it.
        with_notes: whether what the rater wrote freely stands in it.
        say: the reader's language.

    Raises:
        RequestError: the page cannot be written.
    """
    verdicts = [(say(words), str(len(night.judged(label)))) for label, words in _LABELS.items()]
    parts = [
        _heading(say("What was recorded and looked at")),
        table(("", ""), _reach(night, say, with_names=with_names)),
        *_spasms(night, say),
        *_semiology(night.semiologies, say),
        _heading(say("Verdicts")),
        table((say("label"), say("given")), verdicts),
        *(_notes(night, say) if with_notes else ()),
        _heading(say("The model's part")),
        *_scan(night, say),
        _heading(say("What this cannot tell")),
        *_limits(night, say),
    ]
    notice = say(night.scan.notice) if night.scan else ""
    write_page(path, say("Report of a review"), parts, notice=notice, say=say)


def _reach(night: NightReport, say: Phrases, *, with_names: bool) -> Facts:
    recording = night.recording
    unread = night.scan.coverage.undecodable if night.scan else recording.undecodable
    others = [each.name if with_names else say("rater {number}", number=i) for i, each in enumerate(night.others, 2)]
    files = say("number {number} of the library, files: {files}", number=night.number, files=len(recording.segments))
    video = say(
        "{video} of video within {whole}", video=length(recording.video_seconds), whole=length(recording.seconds)
    )
    looked = say("{time} of the analysable time", time=length(total_seconds(night.looked_at)))
    facts = [
        (say("Recording"), files),
        (say("Starts"), f"{recording.start:%Y-%m-%d %H:%M:%S %Z}"),
        (say("Recorded"), video),
        (say("Analysable"), length(total_seconds(night.analysable))),
        (say("Looked at by the rater"), looked),
        (say("Without video"), spans(recording, recording.gaps, say=say)),
        (say("Undecodable"), spans(recording, unread, say=say)),
        (say("Not analysable, as the rater says"), spans(recording, night.not_analysable, say=say)),
        (say("Rater"), night.rater.name if with_names else say("rater {number}", number=1)),
        (say("Others who labelled this recording"), ", ".join(others) or say("none")),
    ]
    if with_names and recording.patient:
        facts.insert(0, (say("Patient"), recording.patient))
    return facts


def _spasms(night: NightReport, say: Phrases) -> list[str]:
    found = night.spasms
    if not found:
        sentence = say("The rater has called nothing a spasm so far. That does not tell whether there were spasms.")
        return [_heading(say("Spasms")), _paragraph(sentence)]
    groups = [each for each in night.clusters if len(each.events) > 1]
    counts = say(
        "Clusters of two or more: {clusters}. Lone spasms: {lone}. Spasms that follow each other within {gap} s are "
        "one cluster.",
        clusters=len(groups),
        lone=len(night.clusters) - len(groups),
        gap=f"{night.cluster_gap:g}",
    )
    rows = [_cluster_row(night, number, each, say) for number, each in enumerate(groups, start=1)]
    head = [say(each) for each in ("cluster", "from", "to", "lasts", "spasms", SPACING_HEAD)]
    return [
        _heading(say("Spasms: {count}", count=len(found))),
        _paragraph(counts),
        *([table(head, rows)] if rows else []),
        embedded(clock_plot_png(night, say=say), say("Dial of 24 hours with the spasms of each hour")),
    ]


def _cluster_row(night: NightReport, number: int, cluster: Cluster, say: Phrases) -> tuple[str, ...]:
    reach = cluster.interval
    return (
        str(number),
        clock(night.recording, reach.start, say=say),
        clock(night.recording, reach.stop, say=say),
        length(reach.seconds),
        str(len(cluster.events)),
        spacing_words(cluster, alone=""),
    )


def _semiology(said: Sequence[Semiology], say: Phrases) -> list[str]:
    if not said:
        return []
    rows = [
        (say("form"), *_count((each.form for each in said), _FORMS, say)),
        (say("side"), *_count((each.side for each in said), _SIDES, say)),
        (say("arousal"), *_count((each.arousal for each in said), _AROUSALS, say)),
        (say("cry"), *_count((each.cry for each in said), _CRIES, say)),
    ]
    head = ("", say("spasms"), say("not said"))
    return [_heading(say("What the spasms looked like")), table(head, rows)]


def _count(values: Iterable[Word | None], words: dict[Word, str], say: Phrases) -> tuple[str, str]:
    counts = Counter(values)
    said = [f"{say(text)}: {counts[word]}" for word, text in words.items() if counts[word]]
    return "; ".join(said) or "–", str(counts[None])


def _notes(night: NightReport, say: Phrases) -> list[str]:
    def row(each: Annotation) -> tuple[str, str, str]:
        return clock(night.recording, each.interval.start, say=say), say(_LABELS[each.label]), each.statement.note

    rows = [row(each) for each in night.notes]
    head = (say("clock"), say("label"), say("note"))
    return [_heading(say("Notes")), table(head, rows)] if rows else []


def _scan(night: NightReport, say: Phrases) -> list[str]:
    if (scan := night.scan) is None:
        return [_paragraph(say("No model has looked at this recording."))]
    written = BytesIO()
    compose_timeline(scan, say=say).savefig(written, format="png", metadata={"Description": RESEARCH_NOTICE})
    picture = say("Timeline of the recording with the model's trace and flags")
    return [table(("", ""), _scan_facts(night, scan, say)), embedded(written.getvalue(), picture, wide=True)]


def _scan_facts(night: NightReport, scan: TraceReport, say: Phrases) -> Facts:
    recording, coverage, point = scan.recording, scan.coverage, scan.findings.point
    stride = say("{crop}; {stride} grid frames", crop=scan.identity.crop, stride=scan.identity.stride)
    facts = [
        (say("Bundle"), f"{scan.bundle_name} ({scan.identity.bundle[:12]})"),
        (say("Crop, stride"), stride),
        (say("Scored"), length(total_seconds(coverage.scored))),
        (say("Not scanned yet"), spans(recording, coverage.unscanned, say=say)),
        (say("Too short for a window"), spans(recording, coverage.too_short, say=say)),
    ]
    if point is None:
        none = say("the bundle has no calibrated operating point, so nothing was flagged")
        return [*facts, (say("Operating point"), none)]
    values = say("enter {enter}, leave {leave}", enter=f"{point.enter:.3f}", leave=f"{point.leave:.3f}")
    flags = say(
        "{flags}, of which without a verdict of the rater: {left}",
        flags=len(scan.findings.events),
        left=night.open_flags,
    )
    return [
        *facts,
        (say("Operating point"), values),
        (say("Predicted false alarms"), say("{rate} an hour", rate=f"{point.false_alarms_per_hour:.2g}")),
        (say("Flags"), flags),
    ]


def _limits(night: NightReport, say: Phrases) -> list[str]:
    sentences = []
    left = total_seconds(night.analysable) - total_seconds(night.looked_at)
    if left >= 1:
        unknown = (
            "{time} of the analysable time was not looked at by the rater; whether there were spasms in it is unknown."
        )
        sentences.append(say(unknown, time=length(left)))
    if night.open_flags:
        sentences.append(say("Flags without a verdict: {count}.", count=night.open_flags))
    if night.scan and not night.scan.coverage.complete:
        sentences.append(say("Not all video was scored by the model."))
    sentences += [
        say(
            "Subtle spasms, spasms out of the picture and spasms in time without usable video are missed. A video "
            "shows no EEG: whether a movement is an epileptic spasm is not decided by it alone."
        ),
        say("Flags are suggestions of a model. The predicted rate of false alarms was measured on other recordings."),
    ]
    return [_paragraph(each) for each in sentences]


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
