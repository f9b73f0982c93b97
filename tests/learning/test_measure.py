"""What a look at clips that are never learned from is worth."""

import numpy as np
import pytest

from reviewer_app.learning.measure import StoredExamples, cross_entropy, logits_of, validate
from reviewer_app.learning.network import seeded_network
from tests.learning.squares import CLIP, SPEC, square_clip


def test_windows_on_which_raters_are_torn_count_for_the_loss_and_not_for_the_area() -> None:
    network = seeded_network(SPEC, CLIP, seed=0)
    clips = np.stack([square_clip(seed, 5 if seed % 2 else None) for seed in range(8)])
    labels = np.array([0, 1] * 4, np.float32)
    torn = np.append(labels, [0.5, 0.5]).astype(np.float32)
    sure = validate(network, "", StoredExamples(clips, labels))
    more = np.concatenate([clips, clips[:2]])
    seen = validate(network, "", StoredExamples(more, torn))
    assert 0 <= sure.auc <= 1
    assert seen.auc == sure.auc
    assert seen.loss == pytest.approx(cross_entropy(logits_of(network, more), torn))
    assert seen.loss != pytest.approx(sure.loss)


def test_without_both_kinds_of_windows_the_area_is_unknown() -> None:
    frames = np.stack([square_clip(seed, None) for seed in range(3)])
    examples = StoredExamples(frames, np.array([0, 0, 0.5], np.float32))
    assert np.isnan(validate(seeded_network(SPEC, CLIP, seed=0), "", examples).auc)
