import dataclasses
import itertools
import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.domain.annotation import Alteration, Label, Matter, Rater
from reviewer_app.domain.clip import Crop
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.snapshot import Consensus, Role, Snapshot, SnapshotRules
from reviewer_app.domain.window import FRAME_STEP, WINDOW_SECONDS, Interval, WindowGrid
from reviewer_app.errors import RequestError, StoreError
from reviewer_app.jobs.learn_request import (
    ExportSnapshot,
    ImportLabels,
    ListSnapshots,
    MakeSnapshot,
    RemakeSnapshot,
    SnapshotFacts,
)
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.store import ledger, raters, recordings, traces
from reviewer_app.store.forget import forget
from reviewer_app.store.library import Library
from reviewer_app.store.statements import write_annotations_csv
from tests.jobs.labelled_nights import FEW_EACH, anna, answer, drive, filled, night, onsets, remarks
from tests.jobs.test_clip_folder import clip
from tests.store import examples, sayings


@pytest.fixture
def place(tmp_path: Path) -> LibraryPlace:
    return LibraryPlace(tmp_path / "library", tmp_path / "keys")


def test_a_snapshot_holds_what_was_agreed_on_with_its_ledgers_heads(place: LibraryPlace) -> None:
    filled(place)
    made = answer(MakeSnapshot(place, "first", FEW_EACH))
    snapshot = made.snapshot
    assert made.name == "first"
    assert answer(ListSnapshots(place)) == (made,)
    with open_library(place) as library:
        assert [each.head for each in snapshot.sources] == [ledger.head(library, number) for number in range(1, 6)]
    for number, source in enumerate(snapshot.sources):
        windows = [each for each in snapshot.windows if each.source == number]
        assert source.patient == f"P{'abcde'[number]}"
        assert source.camera == "640x480 h264"
        assert source.left_out == (Interval(59, 70), Interval(129, 130))  # the gap, and what cannot be decoded
        assert [sum(each.target == target for each in windows) for target in (0, 1)] == [12, 6]
        assert onsets(snapshot, number) == {20, 90}
    assert sorted(role for _, role in snapshot.roles) == sorted([Role.HELD_OUT, Role.VALIDATE, *[Role.TRAIN] * 3])
    assert [each.split(" (")[0] for each in snapshot.warnings] == ["All pictures are of one kind"]


def test_the_same_words_make_the_same_snapshot_which_is_kept_once(place: LibraryPlace) -> None:
    filled(place, "abc")
    first = answer(MakeSnapshot(place, "first", FEW_EACH))
    again, messages = drive(MakeSnapshot(place, "again", replace(FEW_EACH, adjudicator=7)))  # who is of no account
    assert again == first
    assert "there already (first" in remarks(messages)
    with open_library(place) as library:
        sayings.told(library, 1, anna(library), sayings.made(sayings.statement(40)))
    other = answer(MakeSnapshot(place, "later", FEW_EACH))
    assert other.identity != first.identity
    assert answer(ListSnapshots(place)) == (other, first)


def test_a_snapshot_can_be_made_again_bit_for_bit_whatever_came_after(place: LibraryPlace) -> None:
    filled(place, "abcd")
    first = answer(MakeSnapshot(place, rules=FEW_EACH, healthy=("pd",)))
    with open_library(place) as library:
        night(library, "e")
        for number in range(1, 4):
            sayings.told(library, number, anna(library), sayings.made(sayings.statement(40)))
        recordings.set_patient(library, 1, "somebody else")
        trace = examples.begin(library, windows=20, recording=examples.night(mark="a"))
        traces.append(library, trace, examples.chunk(0, 20))
    second = answer(MakeSnapshot(place, rules=replace(FEW_EACH, seed=3)))
    assert answer(RemakeSnapshot(place, first.identity))
    assert answer(RemakeSnapshot(place, second.identity[:9]))
    held = {patient for patient, role in first.snapshot.roles if role is Role.HELD_OUT}
    assert held <= {patient for patient, role in second.snapshot.roles if role is Role.HELD_OUT} | {"Pa"}
    assert dict(first.snapshot.roles)["Pd"] is Role.TRAIN
    assert [each.healthy for each in first.snapshot.sources] == [False, False, False, True]


def test_a_snapshot_whose_recording_or_ledger_is_gone_cannot_be_made_again(place: LibraryPlace) -> None:
    filled(place, "abc")
    made = answer(MakeSnapshot(place))
    with open_library(place) as library:
        forget(library, 2, rater=None)
    with pytest.raises(StoreError, match="deleted"):
        answer(RemakeSnapshot(place, made.identity))


def test_warnings_that_are_worded_otherwise_by_now_do_not_make_it_another_snapshot(
    place: LibraryPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(place, "abc")
    made = answer(MakeSnapshot(place))
    monkeypatch.setattr("reviewer_app.jobs.snapshot.doubts_about", lambda *_, **__: ("Said in other words.",))
    assert made.snapshot.warnings
    assert answer(RemakeSnapshot(place, made.identity))


def test_a_ledger_without_its_end_is_no_base_to_make_a_snapshot_again(
    place: LibraryPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(place, "a")
    made = answer(MakeSnapshot(place))
    monkeypatch.setattr(ledger, "load", lambda library, number: ())
    with pytest.raises(StoreError, match="the end of recording 1's ledger is missing"):
        answer(RemakeSnapshot(place, made.identity))


def test_what_cannot_train_is_told_and_left_out(place: LibraryPlace) -> None:
    with pytest.raises(RequestError, match="nothing to learn from"):
        answer(MakeSnapshot(place))
    with open_library(place) as library:
        night(library, "a")
        unknown = night(library, "b", patient=" ")
        quiet = recordings.add(library, examples.night(mark="c"))
    made, messages = drive(MakeSnapshot(place, recordings=(1, unknown, quiet), healthy=("Pa", "Zoe")))
    assert [each.patient for each in made.snapshot.sources] == ["Pa"]
    told = remarks(messages)
    assert f"Nobody finalised any time of recording {quiet}" in told
    assert f"Recording {unknown} is left out, as it is not said whose it is" in told
    assert "There is no recording here of 1 patient called healthy." in told
    assert "Zoe" not in told


def test_two_spellings_of_a_patient_are_one_person_in_a_snapshot(place: LibraryPlace) -> None:
    with open_library(place) as library:
        for mark, patient in zip("abcd", ("P1", "P2", " p1", "P3"), strict=True):
            night(library, mark, patient=patient)
    made = answer(MakeSnapshot(place, rules=FEW_EACH))
    assert [each.patient for each in made.snapshot.sources] == ["P1", "P2", "P1", "P3"]
    assert [patient for patient, _ in made.snapshot.roles] == ["P1", "P2", "P3"]
    assert answer(RemakeSnapshot(place, made.identity))


def test_those_with_a_night_judge_and_clips_alone_raise_doubts(place: LibraryPlace, tmp_path: Path) -> None:
    clips, patients = tmp_path / "clips", ("P1", "P2", "P3", "P4")
    table = ["file,patient,healthy"]
    for number, patient in enumerate(patients):
        clip(clips, f"spasm/{number}.mp4", number=100 * number)
        table.append(f"spasm/{number}.mp4,{patient},no")
    (clips / "patients.csv").write_text("\n".join(table))
    by_clips = answer(MakeSnapshot(LibraryPlace(tmp_path / "other", tmp_path / "keys"), clips=clips)).snapshot
    assert [each for each in by_clips.warnings if "has a night" in each] == [
        "Nobody who is held out has a night: there is nothing to compare a new bundle with the current one on.",
        "Nobody who validates has a night: a new bundle would have no operating points and flag nothing.",
    ]
    filled(place, "ab")
    both = answer(MakeSnapshot(place, clips=clips)).snapshot
    assert {patient for patient, role in both.roles if role is not Role.TRAIN} == {"Pa", "Pb"}
    assert not any("has a night" in each for each in both.warnings)


def test_only_the_recordings_that_were_asked_for_are_taken(place: LibraryPlace) -> None:
    filled(place, "abc")
    made = answer(MakeSnapshot(place, recordings=(3, 1)))
    assert [each.patient for each in made.snapshot.sources] == ["Pa", "Pc"]
    with pytest.raises(RequestError, match="no recording 9"):
        answer(MakeSnapshot(place, recordings=(1, 9)))


def test_an_adjudicator_is_somebody_whom_the_library_knows(place: LibraryPlace) -> None:
    filled(place, "a")
    with pytest.raises(RequestError, match="no rater 9"):
        answer(MakeSnapshot(place, rules=SnapshotRules(Consensus.ADJUDICATED, adjudicator=9)))
    made = answer(MakeSnapshot(place, rules=SnapshotRules(Consensus.ADJUDICATED, adjudicator=1)))
    assert made.snapshot.rules.adjudicator == 1


def test_dark_time_is_left_out_unless_a_rater_sees_something_there(place: LibraryPlace) -> None:
    crop = Crop(0.1, 0.1, 0.9, 0.9)
    with open_library(place) as library:
        number = night(library, "a")
        scanned = examples.night(mark="a")
        grid = WindowGrid.over(130)
        named = examples.identity(scanned, crop=crop)
        trace = traces.begin(library, number, named, grid, bins=8, features=6, bundle_name="starter")
        traces.append(library, trace, darkened(grid.count, grid))
    snapshot = answer(MakeSnapshot(place)).snapshot
    assert snapshot.sources[0].crop == crop
    assert any(each.overlap(Interval(85, 100)) == 15 for each in snapshot.sources[0].left_out)
    assert onsets(snapshot) == {20}
    with open_library(place) as library:
        sayings.told(library, number, anna(library), sayings.covered(70, 129, matter=Matter.REFUSED))
    assert onsets(answer(MakeSnapshot(place)).snapshot) == {20, 90}


def darkened(count: int, grid: WindowGrid) -> Any:
    """A chunk whose windows from 80 s to 105 s are black."""
    chunk = examples.chunk(0, count)
    quality = chunk.quality.copy() * 0 + 100
    dark = [80 <= grid.interval(window).start <= 105 for window in range(count)]
    quality[dark, MEASURES.index("brightness")] = 1
    return replace(chunk, quality=quality)


def test_an_export_is_written_to_a_file_or_into_a_folder(place: LibraryPlace, tmp_path: Path) -> None:
    filled(place, "abc")
    made = answer(MakeSnapshot(place))
    inside = answer(ExportSnapshot(place, made.identity[:8], tmp_path))
    assert inside == tmp_path / f"snapshot-{made.identity[:12]}.json"
    assert answer(ExportSnapshot(place, made.identity, tmp_path / "mine.json")) == tmp_path / "mine.json"
    told = json.loads(inside.read_text())
    assert told["identity"] == made.identity
    assert len(told["windows"]) == len(made.snapshot.windows)
    assert not {"Pa", "Pb", "Pc"} & {each["patient"] for each in told["sources"]}


def test_labels_come_in_as_one_raters_words_and_train_where_the_file_says_so(
    place: LibraryPlace, tmp_path: Path
) -> None:
    with open_library(place) as library:
        number = recordings.add(library, examples.night())
    file = tmp_path / "labels.csv"
    write_annotations_csv(file, sayings.said_of_all_kinds())
    request = ImportLabels(place, number, file, "Dora", said_by="rater 1")
    first = answer(request)
    assert (first.statements, first.spans, first.known, first.passed_over) == (6, 3, 0, 0)
    again = answer(replace(request, rater=" dora "))
    assert again == replace(first, statements=0, spans=0, known=9)
    _, messages = drive(ImportLabels(place, number, file, "Emil", said_by="rater 2"))
    assert "nothing of it trains until" in remarks(messages)
    with open_library(place) as library:
        assert [each.name for each in raters.all_raters(library)] == ["Dora", "Emil"]
        assert len(ledger.load(library, number)) == 2
        assert list((place.folder / "backups").iterdir())


def test_events_of_a_file_whose_author_saw_everything_train_at_once(place: LibraryPlace, tmp_path: Path) -> None:
    with open_library(place) as library:
        number = recordings.add(library, examples.night())
    file = tmp_path / "events.tsv"
    file.write_text("onset\tduration\ttrial_type\n20\t2\tspasm\n40\t1\tblink\n")
    found = answer(ImportLabels(place, number, file, "Dora", all_reviewed=True))
    assert (found.statements, found.spans, found.passed_over) == (1, 2, 1)
    assert onsets(answer(MakeSnapshot(place)).snapshot) == {20}


SECONDS = st.integers(0, 120).map(float)
LABELS = st.lists(st.tuples(st.integers(0, 1), SECONDS, st.sampled_from(Label)), max_size=8)
NIGHTS = st.lists(
    st.tuples(
        st.sampled_from(["P1", "P2", "p1", "P3", "P4"]), LABELS, st.lists(st.tuples(SECONDS, SECONDS), max_size=3)
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=4)  # each is a library on disk; the words themselves vary in the tests of the domain
@given(
    nights=NIGHTS,
    later=NIGHTS,
    seeds=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    renamed=st.dictionaries(st.integers(1, 4), st.sampled_from(["P-1", "P2", "P-3"]), max_size=2),
)
def test_no_patient_has_two_roles_no_window_lies_outside_finalised_time_and_all_can_be_made_again(
    nights: list[Any], later: list[Any], seeds: tuple[int, int], renamed: dict[int, str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = LibraryPlace(Path(folder) / "library", Path(folder) / "keys")
        with open_library(place) as library:
            both = [raters.add(library, name) for name in ("Anna", "Ben")]
        made: list[SnapshotFacts] = []
        marks = iter("abcdefghijklmno")
        for part, seed in zip((nights, later), seeds, strict=True):
            with open_library(place) as library:
                for (patient, labels, spans), mark in zip(part, marks, strict=False):
                    number = recordings.add(library, examples.night(mark=mark, patient=patient))
                    say(library, number, both, labels, spans)
            made += frozen(place, seed)
            with open_library(place) as library:
                for number in set(renamed) & {each.recording_id for each in recordings.summaries(library)}:
                    recordings.set_patient(library, number, renamed[number])
        with open_library(place) as library:
            for facts in made:
                refuse_windows_outside(library, facts.snapshot)
        refuse_double_roles(made)
        assert all(answer(RemakeSnapshot(place, each.identity)) for each in made)


def say(library: Library, number: int, both: list[Rater], labels: list[Any], spans: list[Any]) -> None:
    """All that each of them says, in one action."""
    said: list[list[Alteration]] = [[], []]
    for rater, start, label in labels:
        said[rater].append(sayings.made(sayings.statement(start, label=label)))
    for (start, stop), rater in zip(spans, itertools.cycle((0, 1)), strict=False):
        said[rater].append(sayings.covered(min(start, stop), max(start, stop) + 9, matter=Matter.FINALISED))
    for rater, alterations in enumerate(said):
        if alterations:
            sayings.told(library, number, both[rater], *alterations)


def frozen(place: LibraryPlace, seed: int) -> Iterator[SnapshotFacts]:
    try:
        yield answer(MakeSnapshot(place, rules=SnapshotRules(Consensus.SOFT, negatives=2, seed=seed)))
    except RequestError:
        return  # nobody finalised enough


def refuse_windows_outside(library: Library, snapshot: Snapshot) -> None:
    for each in snapshot.windows:
        source = snapshot.sources[each.source]
        number = recordings.find(library, source.identity)
        assert number is not None
        labels = Labels.of(ledger.load(library, number))
        window = Interval(each.start, each.start + WINDOW_SECONDS)
        never = (a.interval for a in labels.annotations if a.label in (Label.NOT_ANALYSABLE, Label.OTHER_SEIZURE))
        # Words that came later are not in it; here, all words about a recording come before its first snapshot.
        assert all(window.overlap(time) == 0 for time in (*source.left_out, *never))
        finalised = (time for rater in labels.finalisers for time in labels.finalised_by(rater))
        assert any(time.start <= window.start and window.stop <= time.stop for time in finalised)
        assert (each.start / FRAME_STEP).is_integer()


def refuse_double_roles(made: list[SnapshotFacts]) -> None:
    """By name and by recording: whoever was renamed between two snapshots is the same person."""
    before: set[tuple[str, Role]] = set()
    for facts in made:
        roles = {(patient.casefold(), role) for patient, role in facts.snapshot.roles}
        assert len(roles) == len({patient for patient, _ in roles})
        for patient, role in roles:
            films = {each.identity for each in facts.snapshot.sources if each.patient.casefold() == patient}
            past = {role for name, role in before if name in {patient, *films}}
            assert role is Role.HELD_OUT or past != {Role.HELD_OUT}
            assert role is not Role.HELD_OUT or past <= {Role.HELD_OUT}
        before |= roles | by_recording(facts)


def by_recording(facts: SnapshotFacts) -> set[tuple[str, Role]]:
    roles = dict(facts.snapshot.roles)
    return {(each.identity, roles[each.patient]) for each in facts.snapshot.sources if each.patient in roles}


def test_whoever_is_renamed_keeps_their_role_and_earlier_snapshots_can_still_be_made_again(place: LibraryPlace) -> None:
    filled(place)
    first = answer(MakeSnapshot(place, rules=FEW_EACH))
    with open_library(place) as library:
        for number, patient in enumerate(("P-1", "P-2", "P-3", "P-4", "P-5"), start=1):
            recordings.set_patient(library, number, patient)
    second = answer(MakeSnapshot(place, rules=replace(FEW_EACH, seed=3)))
    assert {patient for patient, _ in second.snapshot.roles} == {"P-1", "P-2", "P-3", "P-4", "P-5"}
    assert by_recording(second) == by_recording(first)
    roles = dict(first.snapshot.roles)
    (held,) = (n for n, each in enumerate(first.snapshot.sources, start=1) if roles[each.patient] is Role.HELD_OUT)
    with open_library(place) as library:
        recordings.set_patient(library, held, "somebody new")  # of whom the next snapshot has another recording
        night(library, "f", patient="somebody new")
    third = answer(MakeSnapshot(place, rules=FEW_EACH, recordings=tuple({1, 2, 3, 4, 5, 6} - {held})))
    assert dict(third.snapshot.roles)["somebody new"] is Role.HELD_OUT
    assert all(answer(RemakeSnapshot(place, each.identity)) for each in (first, second, third))


def test_facts_are_plain_values(place: LibraryPlace) -> None:
    filled(place, "a")
    made = answer(MakeSnapshot(place))
    assert dataclasses.asdict(made)["snapshot"]["rules"]["negatives"] == 4
