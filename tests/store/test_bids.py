import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from reviewer_app.domain.annotation import Label, Matter
from reviewer_app.domain.coverage import Coverage, coverage_of
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.quality import Hindrance, NotAnalysable
from reviewer_app.domain.said import Said
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.store.bids import write_bids_events
from tests.store import sayings
from tests.store.examples import night
from tests.store.reading_back import bids_rows, read_bids_annotations
from tests.store.test_exchange import CLUSTERS, scanned

NOTHING_KNOWN = Coverage((), (), (), ())


def test_bids_events_hold_the_events_and_all_time_that_none_can_lie_in(tmp_path: Path) -> None:
    recording = night()
    coverage = coverage_of(recording, scanned(), [Interval(30, 31)])
    covered = (NotAnalysable(Interval(40, 50), Hindrance.COVERED),)
    path = tmp_path / "events.tsv"
    write_bids_events(path, recording, CLUSTERS, coverage, covered, provenance={"Name": "spasm-reviewer"})
    told = bids_rows(path)
    onsets = [float(row["onset"]) for row in told]
    assert onsets == sorted(onsets)
    kinds = [row["trial_type"] for row in told]
    assert kinds.count("event") == 3
    assert {"gap", "undecodable", "not_scanned", "not_analysable"} < set(kinds)
    assert next(row for row in told if row["trial_type"] == "not_analysable")["reason"] == "covered"
    about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert about["Notice"] == RESEARCH_NOTICE
    assert set(told[0]) <= set(about)
    assert set(kinds) <= set(about["trial_type"]["Levels"])


def test_what_people_said_stands_between_what_the_model_found(tmp_path: Path) -> None:
    path = tmp_path / "events.tsv"
    said = sayings.said_of_all_kinds(with_names=True, with_notes=True)
    write_bids_events(path, said.recording, CLUSTERS, NOTHING_KNOWN, (), provenance={}, said=said)
    told = bids_rows(path)
    assert [float(row["onset"]) for row in told] == sorted(float(row["onset"]) for row in told)
    kinds = [row["trial_type"] for row in told]
    assert kinds.count("event") == 3
    assert kinds.count("annotation") == len(said.labels.annotations)
    assert {row["label"] for row in told} == {*Label, "n/a"}
    spans = [(row["trial_type"], row["rater"], float(row["onset"])) for row in told if row["trial_type"] in SPANS]
    words = {matter: word for word, matter in SPANS.items()}
    assert sorted(spans) == sorted((words[matter], rater.name, span.start) for rater, matter, span in said.spans())
    about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert (about["LedgerHead"], about["FreeNotes"]) == (said.head, "included")
    for column in ("trial_type", "label", "form", "side", "arousal", "cry"):
        assert {row[column] for row in told} - {"n/a"} <= set(about[column]["Levels"])
    assert set(told[0]) <= set(about)


SPANS = {"reviewed": Matter.REVIEWED, "finalised": Matter.FINALISED, "suggestion_refused": Matter.REFUSED}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(said=sayings.SAID)
def test_every_statement_can_be_read_back_word_for_word(said: Said, tmp_path: Path) -> None:
    path = tmp_path / "events.tsv"
    write_bids_events(path, said.recording, (), NOTHING_KNOWN, (), provenance={}, said=said)
    assert read_bids_annotations(path) == sayings.as_told(said, digits=3)


def test_names_and_notes_stay_at_home_unless_a_person_lets_them_out(tmp_path: Path) -> None:
    path = tmp_path / "events.tsv"
    said = sayings.said_of_all_kinds(note="Erika Mustermann, born 2025")
    write_bids_events(path, said.recording, (), NOTHING_KNOWN, (), provenance={}, said=said)
    for text in (path.read_text("utf-8"), path.with_suffix(".json").read_text("utf-8")):
        assert "Muster" not in text
        assert "Anna" not in text
        assert "/nights" not in text
    assert {row["rater"] for row in bids_rows(path)} == {"rater 1", "rater 2"}
    assert json.loads(path.with_suffix(".json").read_text("utf-8"))["FreeNotes"] == "left out"


def test_a_folder_that_is_gone_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_bids_events(tmp_path / "gone" / "events.tsv", night(), CLUSTERS, NOTHING_KNOWN, (), provenance={})
