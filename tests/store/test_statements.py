from pathlib import Path

from hypothesis import HealthCheck, given, settings

from reviewer_app.domain.ledger import EMPTY_LABELS
from reviewer_app.domain.said import Said
from reviewer_app.store.statements import write_annotations_csv
from tests.store import sayings
from tests.store.examples import night
from tests.store.reading_back import annotation_rows, read_annotations_csv


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(said=sayings.SAID)
def test_every_statement_can_be_read_back_word_for_word_and_digit_for_digit(said: Said, tmp_path: Path) -> None:
    path = tmp_path / "annotations.csv"
    write_annotations_csv(path, said)
    assert read_annotations_csv(path) == sayings.as_told(said)


def test_reviewed_finalised_and_refused_time_stands_behind_the_statements(tmp_path: Path) -> None:
    said = sayings.said_of_all_kinds(with_names=True)
    write_annotations_csv(tmp_path / "annotations.csv", said)
    rows = [row for row in annotation_rows(tmp_path / "annotations.csv") if row["kind"] != "annotation"]
    told = [(row["rater"], row["kind"], float(row["start_s"]), float(row["stop_s"])) for row in rows]
    assert told == [(rater.name, matter.value, span.start, span.stop) for rater, matter, span in said.spans()]
    assert {row["kind"] for row in rows} == {"reviewed", "finalised", "refused"}


def test_a_statement_is_placed_on_the_clock_and_in_its_file(tmp_path: Path) -> None:
    said = sayings.said_of_all_kinds()
    write_annotations_csv(tmp_path / "annotations.csv", said)
    row = next(row for row in annotation_rows(tmp_path / "annotations.csv") if row["start_s"] == "100.0")
    assert row["clock_at_start"] == "2026-03-28T22:01:40.250+01:00"
    assert (row["file"], row["file_time_at_start_s"]) == ("2", "30.500")


def test_the_head_of_the_ledger_says_of_which_state_this_is_all(tmp_path: Path) -> None:
    path = tmp_path / "annotations.csv"
    write_annotations_csv(path, sayings.said_of_all_kinds())
    assert f"# Head of the ledger: {'d' * 64}\n" in path.read_text("utf-8")
    write_annotations_csv(path, Said(night(), EMPTY_LABELS, (), ""))
    assert "# Head of the ledger: nothing was said\n" in path.read_text("utf-8")
    assert annotation_rows(path) == []


def test_names_and_notes_stay_at_home_unless_a_person_lets_them_out(tmp_path: Path) -> None:
    path = tmp_path / "annotations.csv"
    write_annotations_csv(path, sayings.said_of_all_kinds(note="Erika Mustermann, born 2025"))
    text = path.read_text("utf-8")
    assert all(secret not in text for secret in ("Muster", "Anna", "/nights"))
    assert "# Free notes are left out.\n" in text
    assert {row["rater"] for row in annotation_rows(path)} == {"rater 1", "rater 2"}
    write_annotations_csv(path, sayings.said_of_all_kinds(note="=cmd()", with_names=True, with_notes=True))
    assert {row["rater"] for row in annotation_rows(path)} == {"Anna", "Ben"}
    assert {row["note"] for row in annotation_rows(path)} == {"", "'=cmd()"}
    assert "left out" not in path.read_text("utf-8")
