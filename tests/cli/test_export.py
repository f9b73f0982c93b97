"""What leaves the program by the command line: tables with what people said, and the report for the file."""

from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from reviewer_app import paths
from reviewer_app.cli.reporting import choose_rater
from reviewer_app.domain.annotation import Label, Matter, Rater
from reviewer_app.domain.ledger import EMPTY_LABELS, Labels
from reviewer_app.errors import RequestError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.request import Compute, LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.store import raters
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import Library
from tests.cli.conftest import Command, refused
from tests.conftest import FilmMaker
from tests.jobs.test_process import drain
from tests.store import sayings
from tests.store.reading_back import annotation_rows, bids_rows

NOTE = "Mother Clara says he cried."


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library with one scanned recording, where the command line finds its key."""

    place: LibraryPlace

    @property
    def folder(self) -> Path:
        return self.place.folder

    def say(self, name: str, *, note: str = "") -> None:
        """Somebody names two seconds of the recording, and looked at ten."""
        with Library.open(self.folder, keys=choose_keys(self.place.key_folder)) as library:
            statement = sayings.statement(3, label=Label.SPASM, note=note)
            looked = sayings.covered(0, 10, matter=Matter.REVIEWED, played=True)
            sayings.told(library, 1, raters.add(library, name), sayings.made(statement), looked)


@pytest.fixture
def shelf(command: Command, film: FilmMaker, bundles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "xdg_config_home"))
    place = LibraryPlace(tmp_path / "library", paths.key_folder())
    request = ScanRequest(
        (film("night.mp4", frames=300),),
        place,
        "tiny",
        (bundles,),
        compute=Compute("torch", "f32", 1),
        patient="Infant-77",
    )
    drain(run_job(request, Control(get_context("spawn"))))
    return Shelf(place)


def everything_in(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in folder.iterdir() if path.suffix != ".png")


def test_events_write_what_people_said_without_names_and_notes_unless_they_are_wanted(
    command: Command, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.say("Anna", note=NOTE)
    words = ("events", 1, "--library", shelf.folder, "--to")
    bare = command(*words, tmp_path / "bare")
    assert bare.returncode == 0, bare.stderr
    assert "annotations.csv" in bare.stderr
    rows = annotation_rows(tmp_path / "bare" / "annotations.csv")
    assert [row["rater"] for row in rows if row["label"] == "spasm"] == ["rater 1"]
    assert {"annotation", "reviewed"} <= {row["trial_type"] for row in bids_rows(tmp_path / "bare" / "events.tsv")}
    told = everything_in(tmp_path / "bare")
    assert "Anna" not in told
    assert "Clara" not in told
    named = command(*words, tmp_path / "named", "--names")
    assert named.returncode == 0, named.stderr
    assert "Anna" in everything_in(tmp_path / "named")
    assert "Clara" not in everything_in(tmp_path / "named")
    noted = command(*words, tmp_path / "noted", "--notes")
    assert noted.returncode == 0, noted.stderr
    assert "Anna" not in everything_in(tmp_path / "noted")
    assert NOTE in (tmp_path / "noted" / "annotations.csv").read_text("utf-8")


def test_names_and_notes_are_about_files(command: Command) -> None:
    assert "--to FOLDER" in refused(command("events", 1, "--names"), 2)
    assert "NUMBER --to" in refused(command("events", "--to", "here"), 2)


def test_a_report_tells_what_the_one_rater_saw_and_keeps_an_earlier_page(
    command: Command, shelf: Shelf, tmp_path: Path
) -> None:
    words = ("report", 1, "--library", shelf.folder, "--to", tmp_path / "out")
    assert "Nobody has reviewed" in refused(command(*words), 2)
    shelf.say("Anna", note=NOTE)
    done = command(*words)
    assert done.returncode == 0, done.stderr
    page = tmp_path / "out" / "recording-1-report.html"
    assert str(page) in done.stderr
    before = page.read_text("utf-8")
    for private in ("Anna", "Clara", "Infant-77"):
        assert private not in before
    told = command(*words, "--names", "--notes")
    assert told.returncode == 0, told.stderr
    assert page.read_text("utf-8") == before
    second = (tmp_path / "out" / "recording-1-report-2.html").read_text("utf-8")
    for wanted in ("Anna", "Clara", "Infant-77"):
        assert wanted in second


def test_the_help_of_report_says_where_a_pdf_is_made(command: Command) -> None:
    shown = command("report", "--help").stdout
    assert "PDF is made only in the window" in " ".join(shown.split())


def test_a_report_needs_a_recording_and_a_folder(command: Command, shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    words = ("report", 9, "--library", shelf.folder, "--to")
    assert "no recording 9" in refused(command(*words, tmp_path / "out"), 4)
    assert "cannot be written" in refused(command(*words, tmp_path / "file"), 2)


def test_several_raters_are_told_apart_by_name() -> None:
    said = sayings.said_of_all_kinds()
    _, ben = said.raters
    assert choose_rater(said, "BEN ") == ben
    with pytest.raises(RequestError, match="choose one with --rater: Anna, Ben"):
        choose_rater(said, "")
    with pytest.raises(RequestError, match="no rater 'Zoe'; it knows: Anna, Ben"):
        choose_rater(said, "Zoe")


def test_the_only_rater_who_said_something_needs_no_naming_and_a_silent_one_does() -> None:
    anna, ben = Rater(1, "Anna"), Rater(2, "Ben")
    night = sayings.said_of_all_kinds()
    labels = Labels.of([sayings.action(ben, sayings.covered(0, 10))])
    said = replace(night, labels=labels, raters=(anna, ben))
    assert choose_rater(said, "") == ben
    assert choose_rater(said, "Anna") == anna
    with pytest.raises(RequestError, match="nothing to report"):
        choose_rater(replace(said, labels=EMPTY_LABELS), "")
    with pytest.raises(RequestError, match="nobody yet"):
        choose_rater(replace(said, labels=EMPTY_LABELS, raters=()), "Anna")
