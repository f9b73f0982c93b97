"""What a fine-tuned bundle says of itself: where it comes from, under which licence, and how little is known."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.domain.recipe import PAPER
from reviewer_app.learning.bundle import CARD, Bundle, read_bundle, write_bundle
from reviewer_app.learning.manifest import Json, Licence
from reviewer_app.learning.provenance import TrainingData, ancestors, inherited_licence, training_facts
from tests.learning.tiny import tiny_description, tiny_network

DATA = TrainingData(
    "5" * 64, patients=9, validation_patients=2, recordings=14, windows=900, windows_with_spasms=180, hours=40.25
)
NON_COMMERCIAL = Licence("CC-BY-NC-4.0", "Weights of Hiera.")


def bundle(folder: Path, *, licence: Licence, training: dict[str, Json] | None = None) -> Bundle:
    told = replace(tiny_description(), name=folder.name, licence=licence, training=training or {})
    return write_bundle(folder, tiny_network(), told)


def child_of(base: Bundle, folder: Path, *, data: TrainingData = DATA, licence: Licence | None = None) -> Bundle:
    facts = training_facts(
        data,
        base=base,
        recipe=PAPER,
        validation={"window AUC": 0.87654321, "sensitivity": None},
        epochs=15,
        date="2026-03-02",
    )
    return bundle(folder, licence=licence or inherited_licence(base), training=facts)


@pytest.fixture
def checkpoint(tmp_path: Path) -> Bundle:
    """As an import makes it of a published checkpoint."""
    parent: Json = {"name": "hiera_base_16x224", "repository": "https://huggingface.co/x", "sha256": "c" * 64}
    return bundle(tmp_path / "hiera", licence=NON_COMMERCIAL, training={"parent": parent})


def test_a_non_commercial_ancestor_binds_children_and_grandchildren(checkpoint: Bundle, tmp_path: Path) -> None:
    child = child_of(checkpoint, tmp_path / "child")
    grandchild = child_of(child, tmp_path / "grandchild")
    assert child.description.licence.spdx == grandchild.description.licence.spdx == "CC-BY-NC-4.0"
    assert [each["name"] for each in ancestors(grandchild)] == ["child", "hiera", "hiera_base_16x224"]
    assert "CC-BY-NC-4.0" in (grandchild.folder / CARD).read_text()


def test_a_base_that_calls_itself_free_of_a_non_commercial_ancestor_is_not_believed(
    checkpoint: Bundle, tmp_path: Path
) -> None:
    washed = child_of(checkpoint, tmp_path / "washed", licence=Licence("Apache-2.0"))
    licence = inherited_licence(washed)
    assert licence.spdx == "CC-BY-NC-4.0"
    assert "hiera" in licence.notes


def test_a_child_of_a_free_bundle_is_free(tmp_path: Path) -> None:
    base = bundle(tmp_path / "starter", licence=Licence("Apache-2.0", "Trained from nothing."))
    assert inherited_licence(base) == Licence("Apache-2.0", "Inherited from starter. Trained from nothing.")
    assert ancestors(base) == ()


def test_the_card_tells_data_recipe_figures_and_limits_from_the_manifest_alone(
    checkpoint: Bundle, tmp_path: Path
) -> None:
    child = read_bundle(child_of(checkpoint, tmp_path / "child").folder)
    card = (child.folder / CARD).read_text()
    for told in (
        "Snapshot 555555555555: 900 windows of 5 s, 180 of them with a spasm's onset, of 9 patients",
        "2 other patients to validate",
        "40.25 h",
        '"learning_rate": 0.0001',
        "| window AUC | 0.8765 |",
        "| sensitivity | not known |",
        "trained on 9 patients, which is few",
        "- hiera, CC-BY-NC-4.0",
        "Research use only. Not for diagnosis. Not an alarm.",
    ):
        assert told in card
    assert json.dumps(child.description.training["data"])


def test_a_bundle_of_one_patient_says_so_first(checkpoint: Bundle, tmp_path: Path) -> None:
    one = replace(DATA, patients=1, validation_patients=0)
    child = child_of(checkpoint, tmp_path / "child", data=one)
    limits = child.description.training["limits"]
    assert isinstance(limits, list)
    assert limits[0] == "It was trained on one patient alone and is for recordings of that patient."
    assert one.is_personal
    assert not replace(one, validation_patients=1).is_personal


def test_many_patients_are_no_limit(checkpoint: Bundle, tmp_path: Path) -> None:
    child = child_of(checkpoint, tmp_path / "child", data=replace(DATA, patients=140))
    assert "which is few" not in (child.folder / CARD).read_text()


def test_whom_the_base_learned_from_is_told_by_its_children(checkpoint: Bundle, tmp_path: Path) -> None:
    child = child_of(checkpoint, tmp_path / "child")
    grandchild = child_of(child, tmp_path / "grandchild", data=replace(DATA, snapshot="6" * 64))
    assert [each.get("snapshot") for each in ancestors(grandchild)] == ["5" * 64, None, None]
