import json
from pathlib import Path

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.store import recordings
from tests.cli.conftest import Command, refused
from tests.store import examples


def library_of(tmp_path: Path) -> Path:
    """A library with one night of which nobody has said anything."""
    keys = tmp_path / "home" / "xdg_config_home" / "spasm-reviewer" / "keys"
    with open_library(LibraryPlace(tmp_path / "library", keys)) as library:
        recordings.add(library, examples.night())
    return tmp_path / "library"


def test_labels_come_in_and_a_snapshot_is_made_shown_exported_and_made_again(command: Command, tmp_path: Path) -> None:
    library = ("--library", library_of(tmp_path))
    events = tmp_path / "events.tsv"
    events.write_text("onset\tduration\ttrial_type\n20\t2\tspasm\n")
    done = command("library", "import-labels", 1, events, "--rater", "Dora", "--all-reviewed", *library)
    assert done.returncode == 0, done.stderr
    assert "Taken as Dora's words: 1 label and 2 stretches. Known before: 0." in done.stdout
    done = command("snapshot", "make", "--name", "first", "--shifts", 2, *library)
    assert done.returncode == 0, done.stderr
    assert "2 with a spasm, of 1 patient:" in done.stdout
    assert "Warning: Few patients (1)" in done.stderr
    assert RESEARCH_NOTICE in done.stdout
    (facts,) = json.loads(command("snapshot", "list", "--json", *library).stdout)
    assert (facts["name"], facts["with_spasm"], facts["notice"]) == ("first", 2, RESEARCH_NOTICE)
    beginning = facts["identity"][:10]
    assert json.loads(command("snapshot", "show", beginning, "--json", *library).stdout) == facts
    written = command("snapshot", "export", beginning, "--to", tmp_path / "out.json", *library)
    assert written.stdout.strip() == str(tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text())["identity"] == facts["identity"]
    assert "the same, bit for bit" in command("snapshot", "remake", beginning, *library).stdout


def test_refusals_about_snapshots_are_one_sentence(command: Command, tmp_path: Path) -> None:
    library = ("--library", library_of(tmp_path))
    assert "nothing to learn from" in refused(command("snapshot", "make", *library), 2)
    assert "stride of 99" in refused(command("snapshot", "make", "--stride", 99, *library), 2)
    assert "no snapshot" in refused(command("snapshot", "export", "abc", "--to", tmp_path, *library), 4)
