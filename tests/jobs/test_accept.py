from multiprocessing import get_context
from pathlib import Path

import pytest

from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.errors import BundleError, RequestError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.request import AcceptRequest, Compute, LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.phantom.motion import Semiology
from reviewer_app.phantom.truth import TruthEvent, truth_path, write_truth
from tests.conftest import FilmMaker
from tests.jobs.test_process import drain


def phantom(film: FilmMaker, tmp_path: Path, name: str, *, first_number: int) -> Path:
    """A film of still numbers with a truth that claims three spasms in it."""
    folder = tmp_path / name
    film(f"{name}/night.mp4", frames=450, fps=15, first_number=first_number)
    spasms = [TruthEvent(at, 1.0, "spasm", Semiology.FLEXOR, 0.8, 0.0, cluster=1) for at in (8.0, 15.0, 22.0)]
    write_truth(truth_path(folder, name), [*spasms, TruthEvent(3.0, 1.0, "startle")])
    return folder


def request_for(tmp_path: Path, bundles: Path, folders: tuple[Path, ...], *, bundle: str = "tiny") -> AcceptRequest:
    place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
    how = ScanRequest(folders, place, bundle, (bundles,), crop=WHOLE_PICTURE, compute=Compute(threads=1))
    return AcceptRequest(folders, how)


def test_phantoms_are_scanned_and_scored_against_their_truth(film: FilmMaker, bundles: Path, tmp_path: Path) -> None:
    folders = tuple(phantom(film, tmp_path, f"P{i}", first_number=1000 * i) for i in range(2))
    _, result = drain(run_job(request_for(tmp_path, bundles, folders), Control(get_context("spawn"))))
    assert result.recordings == 2
    assert result.hours == pytest.approx(60 / 3600, rel=0.02)
    figures = {each.what: each for each in result.figures}
    found = figures["spasms found"]
    assert (found.count, found.unit) == (2, "patients")
    assert figures["spasms found, as if all were independent"].count == 6
    auc = figures["window AUC, mean over infants"].value
    assert auc is not None
    assert 0 <= auc <= 1
    assert figures["error of spasms counted, per cluster of 3 or more"].value is not None


def test_one_infant_alone_gives_figures_without_intervals(film: FilmMaker, bundles: Path, tmp_path: Path) -> None:
    request = request_for(tmp_path, bundles, (phantom(film, tmp_path, "P", first_number=0),))
    _, result = drain(run_job(request, Control(get_context("spawn"))))
    alone = [each for each in result.figures if each.unit == "recordings"]
    assert alone
    assert all(each.low is None and each.high is None for each in alone)


def test_a_folder_without_truth_is_refused_before_anything_is_scanned(
    film: FilmMaker, bundles: Path, tmp_path: Path
) -> None:
    film("night/night.mp4", frames=100)
    with pytest.raises(RequestError, match="not a phantom's folder"):
        drain(run_job(request_for(tmp_path, bundles, (tmp_path / "night",)), Control(get_context("spawn"))))
    assert not (tmp_path / "library").exists()


def test_a_bundle_without_operating_points_cannot_be_tested(film: FilmMaker, bundles: Path, tmp_path: Path) -> None:
    folders = (phantom(film, tmp_path, "P", first_number=0),)
    request = request_for(tmp_path, bundles, folders, bundle="uncalibrated")
    with pytest.raises(BundleError, match="no operating point"):
        drain(run_job(request, Control(get_context("spawn"))))
