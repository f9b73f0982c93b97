"""Settings: a file of preferences that is either understood entirely or refused in one sentence."""

from dataclasses import fields
from pathlib import Path

import pytest

from reviewer_app.errors import RequestError
from reviewer_app.settings import Settings, read_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert read_settings(file) == Settings()


def test_an_empty_file_changes_nothing(file: Path) -> None:
    file.write_text("# nothing yet\n")
    assert read_settings(file) == Settings()


def test_every_setting_can_be_given(file: Path) -> None:
    file.write_text(
        """
        library = "/data/library"
        bundle = "hiera-base"
        stride = 1
        device = "torch"
        precision = "f32"
        threads = 4
        person_detector = "/data/person.onnx"
        false_alarms_per_hour = 2
        cluster_gap = 90.5
        """
    )
    settings = read_settings(file)
    assert settings == Settings(
        library=Path("/data/library"),
        bundle="hiera-base",
        stride=1,
        device="torch",
        precision="f32",
        threads=4,
        person_detector=Path("/data/person.onnx"),
        false_alarms_per_hour=2.0,
        cluster_gap=90.5,
    )
    given = {each.name for each in fields(Settings) if getattr(settings, each.name) != getattr(Settings(), each.name)}
    assert given == {each.name for each in fields(Settings)}, "a setting is missing from this test"
    assert type(settings.false_alarms_per_hour) is float


def test_a_path_may_start_at_home(file: Path) -> None:
    file.write_text('library = "~/nights"')
    assert read_settings(file).library == Path.home() / "nights"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("strde = 3", "'strde' is no setting; there are library, bundle, stride"),
        ("stride = 1.5", "stride must be a whole number, not 1.5"),
        ("stride = true", "stride must be a whole number, not True"),
        ("stride = -1", "stride must be 1 to 16 grid frames, not -1"),
        ("stride = 17", "stride must be 1 to 16"),
        ("threads = -2", "threads must be 0 to 1024, not -2"),
        ("bundle = 7", "bundle must be a text, not 7"),
        ("library = 7", "library must be a path, not 7"),
        ('library = ""', "library must be a path, not ''"),
        ("cluster_gap = '60'", "cluster_gap must be a number, not '60'"),
        ("cluster_gap = 0", "cluster_gap must be over 0"),
        ("cluster_gap = inf", "cluster_gap must be over 0"),
        ("false_alarms_per_hour = nan", "false_alarms_per_hour must be over 0"),
        ("device = 'gpu'", "device must be one of auto, cuda, mps, openvino, torch, not 'gpu'"),
        ("precision = 'f16'", "precision must be one of auto, bf16, f32, not 'f16'"),
        ("stride 3", "is not valid TOML"),
    ],
)
def test_what_has_no_sense_is_refused_in_one_sentence(file: Path, text: str, said: str) -> None:
    file.write_text(text)
    with pytest.raises(RequestError) as refusal:
        read_settings(file)
    sentence = str(refusal.value)
    assert said in sentence
    assert str(file) in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_a_file_that_is_not_text_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RequestError, match="cannot be read"):
        read_settings(file)


def test_a_folder_in_the_files_place_is_refused(file: Path) -> None:
    file.mkdir()
    with pytest.raises(RequestError, match="cannot be read"):
        read_settings(file)
