"""From a library to a study: what raters said becomes ratings, and what one of them could not say becomes none."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from reviewer_app.domain.annotation import Alteration, Label, Matter
from reviewer_app.evaluation.agreement import agreement
from reviewer_app.evaluation.study import Study
from reviewer_app.jobs.learn_request import EvaluateRequest
from reviewer_app.jobs.study import Gathered, gather, study_of
from reviewer_app.learning.bundle import read_bundle
from reviewer_app.store import raters
from tests.jobs import judged
from tests.store import sayings


def study_with(bundles: Path, folder: Path, anna: Sequence[Alteration], ben: Sequence[Alteration]) -> Study:
    """The study of one scanned recording, of which both raters finalised 50 s: ten windows side by side."""
    place = judged.place_in(folder)
    request = EvaluateRequest(place, "tiny", (bundles,), folder / "out")
    bundle = read_bundle(bundles / "tiny")
    with judged.open_at(place) as library:
        number = judged.scanned(library, bundles)
        for name, said in (("Anna", anna), ("Ben", ben)):
            whole = sayings.covered(0, 50, matter=Matter.FINALISED)
            sayings.told(library, number, raters.add(library, name), *said, whole)
        found = gather(library, request, bundle, number)
    assert isinstance(found, Gathered)
    return study_of([found], request, bundle)


def called(at: float, label: Label = Label.SPASM) -> Alteration:
    return sayings.made(sayings.statement(at, at + 1, label=label))


def test_a_spasm_that_only_one_of_two_raters_called_counts_for_the_model_too(bundles: Path, tmp_path: Path) -> None:
    study = study_with(bundles, tmp_path, [called(11), called(31)], [called(11)])
    assert not any(span.contains(31) for span in study.recordings[0].analysable), "they are divided"
    found = agreement(study)
    (pair,), (with_anna, with_ben) = found.pairs, found.model
    assert (pair.first_spasms, pair.second_spasms) == (2, 1)
    assert (with_anna.second_spasms, with_ben.second_spasms) == (2, 1)
    assert pair.windows == with_anna.windows == with_ben.windows == 10


@pytest.mark.parametrize("label", [Label.UNSURE, Label.OTHER_SEIZURE, Label.NOT_ANALYSABLE])
def test_what_a_rater_could_not_say_is_no_rating(bundles: Path, tmp_path: Path, label: Label) -> None:
    study = study_with(bundles, tmp_path, [called(11), called(31)], [called(11), called(31, label)])
    found = agreement(study)
    (pair,), (with_anna, with_ben) = found.pairs, found.model
    assert (pair.windows, pair.kappa.value, found.fleiss, found.alpha) == (9, 1.0, 1.0, 1.0)
    assert (pair.first_spasms, pair.second_spasms) == (1, 1)
    assert (with_anna.windows, with_ben.windows) == (10, 9)
    assert study.finalised_hours == pytest.approx(50 / 3600), "it was finalised all the same"


def test_not_a_spasm_is_a_rating(bundles: Path, tmp_path: Path) -> None:
    study = study_with(bundles, tmp_path, [called(11), called(31)], [called(11), called(31, Label.NOT_SPASM)])
    (pair,) = agreement(study).pairs
    assert (pair.windows, pair.first_spasms, pair.second_spasms) == (10, 2, 1)
