import dataclasses
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from reviewer_app.domain.annotation import Arousal, Form, Label, Matter, Rater, Semiology, Side, Statement
from reviewer_app.domain.coverage import Coverage
from reviewer_app.domain.ledger import EMPTY_LABELS, Labels, reversal
from reviewer_app.domain.quality import Hindrance, NotAnalysable
from reviewer_app.domain.said import Said
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.store import ledger, raters
from reviewer_app.store.bids import write_bids_events
from reviewer_app.store.imported import Imported, action_for, read_labels, whole
from reviewer_app.store.library import Library
from reviewer_app.store.statements import write_annotations_csv
from tests.store import examples, sayings

NIGHT = examples.night()
NOTHING = Coverage((), (Interval(60, 70),), (), (Interval(0, 60),))
SUGGESTION = NotAnalysable(Interval(3, 20), Hindrance.DARK)
HEADER = "onset\tduration\ttrial_type\n"


def write(path: Path, said: Said) -> Path:
    """Our own export of what people said, as the suffix says."""
    if path.suffix == ".csv":
        write_annotations_csv(path, said)
    else:
        write_bids_events(path, said.recording, (), NOTHING, (SUGGESTION,), provenance={}, said=said)
    return path


def file(folder: Path, text: str, *, suffix: str = "tsv", encoding: str = "utf-8") -> Path:
    path = folder / f"labels.{suffix}"
    path.write_text(text, encoding=encoding, newline="")
    return path


@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_our_own_exports_come_back_with_each_raters_words_and_time(tmp_path: Path, suffix: str) -> None:
    note = "=1+1\t\\n\r\n# not a remark\n'n/a'"
    path = write(tmp_path / f"labels.{suffix}", sayings.said_of_all_kinds(note=note, with_notes=True))
    anna = read_labels(path, NIGHT, said_by="rater 1")
    assert [each.label for each in anna.statements] == list(Label)
    assert {each.note for each in anna.statements} == {note}
    assert set(anna.spans) == {
        (Matter.REVIEWED, Interval(0, 60)),
        (Matter.REVIEWED, Interval(80, 120)),
        (Matter.FINALISED, Interval(0, 50)),
    }
    ben = read_labels(path, NIGHT, said_by="rater 2")
    assert ben.statements == (
        Statement(Interval(100, 102), Label.SPASM, Semiology(Form.FLEXOR, Side.LEFT, Arousal.ASLEEP, cry=False)),
    )
    assert (Matter.REFUSED, Interval(70, 75)) in ben.spans
    assert ben.passed_over == (0 if suffix == "csv" else 3)  # the gap, what was not scanned, and the suggestion


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=sayings.SAID)
def test_whatever_a_rater_said_comes_back_as_it_was(tmp_path: Path, said: Said) -> None:
    for name, digits in (("labels.csv", None), ("labels.tsv", 3)):
        told = [statement for _, statement, _ in sayings.as_told(said, digits=digits)]
        read = read_labels(write(tmp_path / name, said), NIGHT)
        inside = [dataclasses.replace(each, interval=within(each.interval)) for each in told]
        assert sorted(map(repr, read.statements)) == sorted(map(repr, inside))


def within(interval: Interval) -> Interval:
    return Interval(min(interval.start, NIGHT.seconds), min(interval.stop, NIGHT.seconds))


def test_events_of_other_programs_count_where_they_bear_one_of_our_labels(tmp_path: Path) -> None:
    rows = "10.5\t1.5\tspasm\r\n20\tn/a\tspasm\r\n30\t2\teye_blink\r\n40\t2\tnot_analysable\r\n"
    found = read_labels(file(tmp_path, HEADER.replace("\n", "\r\n") + rows), NIGHT)
    assert [(each.label, each.interval) for each in found.statements] == [
        (Label.SPASM, Interval(10.5, 12)),
        (Label.SPASM, Interval(20, 20)),
        (Label.NOT_ANALYSABLE, Interval(40, 42)),
    ]
    assert (found.spans, found.passed_over) == ((), 1)


def test_a_plain_table_from_a_spreadsheet_is_understood(tmp_path: Path) -> None:
    text = "start_s;stop_s;label;side\n1.5;3;spasm;left\n"
    found = read_labels(file(tmp_path, text, suffix="csv", encoding="utf-8-sig"), NIGHT)
    assert found.statements == (Statement(Interval(1.5, 3), Label.SPASM, Semiology(side=Side.LEFT)),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "holds no labels"),
        ("a,b\n1,2\n", "holds no labels"),
        ("start_s,stop_s,label\n1,2,twitch\n", "Row 1 .*'twitch'"),
        ("start_s,stop_s,label\n1,2,spasm\n1,x,spasm\n", "Row 2"),
        ("start_s,stop_s,label,cry\n1,2,spasm,perhaps\n", "Row 1"),
        ("start_s,stop_s\n1,2\n", "Row 1 .*'label'"),
        ("start_s,stop_s,label\n5,2,spasm\n", "not within"),
        ("start_s,stop_s,label\nnan,2,spasm\n", "not within"),
        (HEADER + "129\t3\tspasm\n", "129 s to 132 s is not within the recording's 130.0 s"),
        (HEADER + "-1\t3\tspasm\n", "not within"),
        ("onset\tduration\n1\t1\n", "trial_type"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_with_its_row(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(StoreError, match=sentence):
        read_labels(file(tmp_path, text), NIGHT)


def test_a_label_that_ends_a_moment_behind_the_recording_ends_with_it(tmp_path: Path) -> None:
    (said,) = read_labels(file(tmp_path, HEADER + "128\t2.4\tspasm\n"), NIGHT).statements
    assert said.interval == Interval(128, 130)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read: No such file"):
        read_labels(tmp_path / "none.csv", NIGHT)
    with pytest.raises(StoreError, match="UTF-8"):
        read_labels(file(tmp_path, HEADER + "ä", encoding="latin-1"), NIGHT)


def test_the_words_of_several_are_not_mixed(tmp_path: Path) -> None:
    path = write(tmp_path / "labels.csv", sayings.said_of_all_kinds())
    with pytest.raises(StoreError, match="the words of rater 1, rater 2: say whose"):
        read_labels(path, NIGHT)
    with pytest.raises(StoreError, match="no words of Caro; it has those of rater 1, rater 2"):
        read_labels(path, NIGHT, said_by="Caro")
    with pytest.raises(StoreError, match="those of nobody"):
        read_labels(file(tmp_path, HEADER), NIGHT, said_by="Caro")


def test_an_import_is_one_ordinary_action_that_can_be_undone_and_made_again(library: Library) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    imported = Imported((sayings.statement(10), sayings.statement(20), sayings.statement(10)), tuple(whole(NIGHT)), 0)
    first = action_for(imported, EMPTY_LABELS, anna)
    assert first is not None
    ledger.append(library, number, first)
    labels = Labels.of(ledger.load(library, number))
    assert [each.interval.start for each in labels.annotations] == [10, 20]
    assert labels.reviewed_by(anna.rater_id) == labels.finalised_by(anna.rater_id) == (Interval(0, NIGHT.seconds),)
    assert action_for(imported, labels, anna) is None  # nothing is said twice
    ledger.append(library, number, reversal(first, made_at=sayings.WHEN))
    labels = Labels.of(ledger.load(library, number))
    assert (labels.annotations, labels.finalisers) == ((), ())
    again = action_for(imported, labels, anna)
    assert again is not None
    ledger.append(library, number, again)


def test_an_import_leaves_alone_what_stands_and_what_others_said(library: Library) -> None:
    number, (anna, ben) = sayings.begun(library, "Anna", "Ben")
    sayings.told(library, number, anna, sayings.made(sayings.statement(10)), sayings.covered(0, 40))
    sayings.told(library, number, ben, sayings.made(sayings.statement(20)))
    labels = Labels.of(ledger.load(library, number))
    spans = ((Matter.REVIEWED, Interval(5, 30)), (Matter.REVIEWED, Interval(30, 50)))
    found = action_for(Imported((sayings.statement(10), sayings.statement(20)), spans, 0), labels, anna)
    assert found is not None
    told = [each.new for each in found.alterations]
    assert [each.interval for each in told if each is not None] == [Interval(20, 22), Interval(30, 50)]
    assert found.rater == Rater(anna.rater_id, "Anna") == raters.all_raters(library)[0]
