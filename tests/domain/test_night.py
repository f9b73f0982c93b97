"""What a report tells of a night follows from the ledger and the scan, and reaches as far as was looked."""

from dataclasses import replace

import pytest

from reviewer_app.domain.annotation import Action, Alteration, Form, Label, Matter, Rater, Semiology, Span, Statement
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.night import night_report, spacing
from reviewer_app.domain.window import Interval
from tests.evaluation.nights import recording, timeline

ANNA, BERT = Rater(1, "Anna"), Rater(2, "Bert")


def said(
    start: float, stop: float, label: Label, *, rater: Rater = ANNA, note: str = "", form: Form | None = None
) -> Action:
    statement = Statement(Interval(start, stop), label, Semiology(form=form), note)
    key = f"{rater.rater_id} {start} {label}"
    return Action(key, rater, (Alteration(Matter.ANNOTATION, key, None, statement),), "2026-11-14T22:00:00Z")


def looked(start: float, stop: float, *, rater: Rater = ANNA) -> Action:
    key = f"{rater.rater_id} looked {start}"
    span = Span(Interval(start, stop))
    return Action(key, rater, (Alteration(Matter.REVIEWED, key, None, span),), "2026-11-14T22:00:00Z")


def test_spasms_are_the_raters_own_at_the_peaks_of_the_flags_they_judge() -> None:
    scan = timeline(peaks=(100, 107, 400))
    labels = Labels.of(
        [
            said(99, 101, Label.SPASM, form=Form.FLEXOR),
            said(106, 108.5, Label.SPASM, note="arms up"),
            said(399, 401, Label.ARTEFACT),
            said(500, 504, Label.SPASM),
            said(600, 602, Label.SPASM, rater=BERT),
        ]
    )
    night = night_report(1, scan.recording, labels, ANNA, scan=scan)
    assert [each.peak for each in night.spasms] == [100, 107, 502]
    assert [len(each.events) for each in night.clusters] == [2, 1]
    assert [each.form for each in night.semiologies] == [Form.FLEXOR, None, None]
    assert [each.statement.note for each in night.notes] == ["arms up"]
    assert night.others == (BERT,)
    assert night.open_flags == 0
    assert len(night.judged(Label.ARTEFACT)) == 1


def test_the_spacing_of_a_cluster_is_from_spasm_to_spasm() -> None:
    labels = Labels.of([said(start, start + 2, Label.SPASM) for start in (10, 17, 37)])
    night = night_report(1, recording((0, 720)), labels, ANNA)
    found = spacing(night.clusters[0])
    assert found is not None
    assert (found.median, found.least, found.most) == (13.5, 7, 20)
    lone = night_report(1, recording((0, 720)), Labels.of([said(1, 2, Label.SPASM)]), ANNA)
    assert spacing(lone.clusters[0]) is None


def test_the_cluster_gap_decides_what_is_one_cluster() -> None:
    labels = Labels.of([said(10, 12, Label.SPASM), said(60, 62, Label.SPASM)])
    night = night_report(1, recording((0, 720)), labels, ANNA, cluster_gap=30)
    assert len(night.clusters) == 2
    assert len(replace(night, cluster_gap=60).clusters) == 1


def test_analysable_time_has_video_that_can_be_read_and_judged() -> None:
    labels = Labels.of([said(300, 360, Label.NOT_ANALYSABLE)])
    night = night_report(1, recording((0, 200), (260, 720)), labels, ANNA)
    assert night.analysable == (Interval(0, 200), Interval(260, 300), Interval(360, 720))
    scan = timeline()
    holed = replace(scan, coverage=replace(scan.coverage, undecodable=(Interval(0, 20),)))
    assert night_report(1, scan.recording, labels, ANNA, scan=holed).analysable[0] == Interval(20, 300)


def test_findings_reach_as_far_as_the_rater_looked_and_no_other_rater_counts() -> None:
    labels = Labels.of([looked(150, 320), looked(400, 500, rater=BERT), said(300, 360, Label.NOT_ANALYSABLE)])
    night = night_report(1, recording((0, 200), (260, 720)), labels, ANNA)
    assert night.looked_at == (Interval(150, 200), Interval(260, 300))


@pytest.mark.parametrize("judged", [0, 1, 2])
def test_flags_without_a_verdict_are_counted(judged: int) -> None:
    scan = timeline(peaks=(100, 200))
    labels = Labels.of([said(peak - 1, peak + 1, Label.UNSURE) for peak in (100, 200)[:judged]])
    assert night_report(1, scan.recording, labels, ANNA, scan=scan).open_flags == 2 - judged
