import json
from pathlib import Path

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.jobs.request import LibraryPlace
from tests.cli.conftest import Command
from tests.jobs import judged


def test_a_recording_is_adapted_by_its_verdicts(command: Command, bundles: Path, tmp_path: Path) -> None:
    place = LibraryPlace(tmp_path / "library", tmp_path / "home" / "xdg_config_home" / "spasm-reviewer" / "keys")
    with judged.open_at(place) as library:
        number = judged.scanned(library, bundles)
        judged.judge(library, number, judged.anna(library), 30)
    own = tmp_path / "home" / "xdg_data_home" / "spasm-reviewer" / "bundles"
    own.parent.mkdir(parents=True)
    own.symlink_to(bundles)
    words = ("adapt", number, "--library", place.folder)
    shown = command(*words)
    assert shown.returncode == 0, shown.stderr
    assert "fitted to 30 verdicts" in shown.stdout
    assert "the window offers it" in shown.stdout
    assert RESEARCH_NOTICE in shown.stdout
    told = json.loads(command(*words, "--rater", "anna", "--json").stdout)
    assert told["notice"] == RESEARCH_NOTICE
    assert told["offered"]
    assert told["adapted"]["value"] > told["base"]["value"]
