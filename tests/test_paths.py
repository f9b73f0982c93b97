"""Paths: shipped things are found from a checkout and from a wheel, user things where the system wants them."""

from pathlib import Path

import pytest

from reviewer_app import paths


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, by the variables that Linux follows."""
    monkeypatch.setattr("sys.platform", "linux")
    for variable in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{variable}_HOME", str(tmp_path / variable.lower()))
    return tmp_path


def test_a_checkout_finds_its_bundles_beside_the_package() -> None:
    assert paths.bundle_folders()[0] == Path(__file__).resolve().parents[1] / "models"
    assert paths.resources_folder() == Path(__file__).resolve().parents[1] / "resources"


def test_a_wheel_finds_its_bundles_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(paths, "PACKAGE", tmp_path)
    assert paths.bundle_folders()[0] == tmp_path / "models"
    assert paths.resources_folder() == tmp_path / "resources"


def test_shipped_bundles_are_looked_for_before_a_persons_own(home: Path) -> None:
    _, own = paths.bundle_folders()
    assert own == home / "data" / "spasm-reviewer" / "bundles"


def test_a_person_s_things_go_where_the_system_says(home: Path) -> None:
    assert paths.library_folder() == home / "data" / "spasm-reviewer" / "library"
    assert paths.config_file() == home / "config" / "spasm-reviewer" / "settings.toml"
    assert paths.cache_folder() == home / "cache" / "spasm-reviewer"


def test_the_key_does_not_lie_in_the_library_it_opens(home: Path) -> None:
    assert not paths.key_folder().is_relative_to(paths.library_folder())


def test_asking_for_a_folder_makes_none(home: Path) -> None:
    paths.library_folder(), paths.key_folder(), paths.cache_folder(), paths.config_file(), paths.bundle_folders()
    assert list(home.iterdir()) == []
