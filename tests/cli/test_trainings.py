import json
from pathlib import Path

from reviewer_app.jobs.trainings import TRAININGS, begin, held
from tests.cli.conftest import Command, refused


def test_what_trainings_left_is_listed_and_removed(command: Command, tmp_path: Path) -> None:
    library = tmp_path / "library"
    training = library / TRAININGS / "lab-3"
    with held(training):
        begin(training, "0" * 64, clips=training.with_name("clips-a"))
    listed = command("trainings", "list", "--library", library)
    assert "lab-3" in listed.stdout
    assert "ask for the same training again" in listed.stdout
    assert "trainings remove NAME" in listed.stdout
    (told,) = json.loads(command("trainings", "list", "--library", library, "--json").stdout)
    assert (told["name"], told["kind"], told["in_use"]) == ("lab-3", "training", False)
    assert command("trainings", "remove", "lab-3", "--library", library).returncode == 0
    assert not training.exists()
    assert "called lab-3" in refused(command("trainings", "remove", "lab-3", "--library", library), 2)
    assert "left nothing" in command("trainings", "list", "--library", library).stdout
