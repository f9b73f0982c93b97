"""What a training starts from where nobody says so: what a scan would start with."""

from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.errors import BundleError, StoreError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.learn_request import CrossvalRequest, FinetuneRequest
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Message, Remark
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.jobs.run import run_job
from reviewer_app.jobs.tuning import wants_fresh_head
from reviewer_app.learning.bundle import read_bundle
from reviewer_app.store import promotions
from reviewer_app.store.promotions import Decision, Promotion


@pytest.fixture
def place(tmp_path: Path) -> LibraryPlace:
    place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
    with open_library(place):
        pass
    return place


def requests(place: LibraryPlace, bundles: Path, to: Path, *, base: str, by_default: bool) -> Iterator[Any]:
    """A training and a cross-validation of a snapshot that is not there, so that they end once they have a base."""
    yield FinetuneRequest(place, "0000", "mine", base, (bundles,), to, by_default=by_default)
    yield CrossvalRequest(place, "0000", base, (bundles,), to, by_default=by_default)


def remarks(request: Any) -> list[str]:
    told: list[Message] = []
    with pytest.raises(StoreError, match="no snapshot"):
        _note(request, told)
    return [each.text for each in told if isinstance(each, Remark)]


def _note(request: Any, told: list[Message]) -> None:
    for message in run_job(request, Control(get_context("spawn"))):
        told.append(message)


def promote(place: LibraryPlace, bundles: Path, *, facts: str = "{}") -> None:
    tiny = read_bundle(bundles / "tiny")
    row = Promotion(Decision.PROMOTE, tiny.identity, "tiny", "s" * 64, "starter", tiny.identity, facts)
    with open_library(place) as library:
        promotions.append(library, row)


def test_the_promoted_bundle_goes_before_that_of_the_settings(
    place: LibraryPlace, bundles: Path, tmp_path: Path
) -> None:
    promote(place, bundles)
    for request in requests(place, bundles, tmp_path, base="starter", by_default=True):
        assert remarks(request) == ["The training starts from tiny, which is the current bundle."]


def test_without_a_promotion_it_is_that_of_the_settings(place: LibraryPlace, bundles: Path, tmp_path: Path) -> None:
    for request in requests(place, bundles, tmp_path, base="tiny", by_default=True):
        assert remarks(request) == ["The training starts from tiny, which is the current bundle."]


def test_one_patients_own_bundle_is_nobody_elses_base(place: LibraryPlace, bundles: Path, tmp_path: Path) -> None:
    promote(place, bundles, facts='{"patient": "P7"}')
    for request in requests(place, bundles, tmp_path, base="starter", by_default=True):
        with pytest.raises(BundleError, match="starter"):
            list(run_job(request, Control(get_context("spawn"))))


def test_a_base_that_was_named_is_taken_and_nothing_is_said(place: LibraryPlace, bundles: Path, tmp_path: Path) -> None:
    for request in requests(place, bundles, tmp_path, base="tiny", by_default=False):
        assert remarks(request) == []


def test_a_base_that_tells_spasms_keeps_its_head_unless_somebody_wants_a_fresh_one(bundles: Path) -> None:
    calibrated, uncalibrated = read_bundle(bundles / "tiny"), read_bundle(bundles / "uncalibrated")
    assert not wants_fresh_head(calibrated, None)
    assert wants_fresh_head(uncalibrated, None)
    assert wants_fresh_head(calibrated, asked=True)
    assert not wants_fresh_head(uncalibrated, asked=False)
