"""Settings: a file of preferences that is either understood entirely or refused in one sentence."""

import os
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer_app.errors import RequestError
from reviewer_app.settings import Settings, read_settings, write_settings


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
        pre_roll = 6
        auto_advance = false
        clock_times = false
        theme = "dark"
        font_scale = 150
        language = "de"
        rater = "Rater One"

        [keys]
        verdict_spasm = "Q"
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
        pre_roll=6.0,
        auto_advance=False,
        clock_times=False,
        theme="dark",
        font_scale=150,
        language="de",
        rater="Rater One",
        keys={"verdict_spasm": "Q"},
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
        ("pre_roll = -1", "pre_roll must be 0 to 60 s, not -1"),
        ("auto_advance = 1", "auto_advance must be true or false, not 1"),
        ("theme = 'sepia'", "theme must be one of system, light, dark, contrast, not 'sepia'"),
        ("font_scale = 201", "font_scale must be 80 to 200 per cent, not 201"),
        ("language = 'fr'", "language must be one of system, en, de, not 'fr'"),
        ("keys = 'Q'", "keys must be a table of texts, not 'Q'"),
        ("[keys]\nnote = 7", "keys must be a table of texts, not {'note': 7}"),
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


def test_what_is_written_is_read_again_and_defaults_are_left_out(file: Path) -> None:
    chosen = Settings(library=file.parent / 'a "night"', stride=5, cluster_gap=90.5, auto_advance=False, theme="dark")
    write_settings(file, chosen)
    assert read_settings(file) == chosen
    assert "bundle" not in file.read_text("utf-8")


words = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rater=words, keys=st.dictionaries(words, words, max_size=4), rate=st.floats(0.001, 3600))
def test_any_text_survives_the_file(file: Path, rater: str, keys: dict[str, str], rate: float) -> None:
    chosen = Settings(rater=rater, keys=keys, false_alarms_per_hour=rate)
    write_settings(file, chosen)
    assert read_settings(file) == chosen


def test_settings_that_cannot_be_written_leave_the_old_file_and_no_other(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_settings(file, Settings(stride=5))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RequestError, match=r"cannot be written: .*No space left"):
        write_settings(file, Settings(stride=6))
    assert read_settings(file) == Settings(stride=5)
    assert list(file.parent.iterdir()) == [file]


def test_the_folder_of_the_settings_is_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    write_settings(file, Settings(stride=5))
    assert read_settings(file) == Settings(stride=5)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RequestError, match="cannot be written"):
        write_settings(tmp_path / "file" / "settings.toml", Settings())


def test_a_file_that_was_refused_is_kept_beside_the_new_one(file: Path) -> None:
    file.write_text("strde = 3")
    write_settings(file, Settings(stride=5))
    assert read_settings(file) == Settings(stride=5)
    assert file.with_name("settings.refused.toml").read_text() == "strde = 3"


def test_a_folder_in_the_files_place_stays_and_is_said(file: Path) -> None:
    file.mkdir()
    with pytest.raises(RequestError, match="cannot be written"):
        write_settings(file, Settings())
    assert list(file.parent.iterdir()) == [file]
