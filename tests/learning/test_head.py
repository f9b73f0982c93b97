import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.errors import BundleError
from reviewer_app.learning.bundle import read_bundle
from reviewer_app.learning.head import read_head
from reviewer_app.learning.predictor import Predictor
from tests.learning.tiny import CLIP


def test_the_head_alone_gives_the_scores_of_the_whole_network(packed: Path) -> None:
    bundle = read_bundle(packed)
    head = read_head(bundle.identity, [packed.parent], name="tiny")
    clips = np.random.default_rng(0).integers(0, 256, (3, 16, CLIP.size, CLIP.size, 3), np.uint8)
    scores = Predictor(bundle, device="torch", threads=1).score(clips)
    logits = np.log(scores.probability / (1 - scores.probability.astype(np.float64)))
    np.testing.assert_allclose(head.logits(scores.embeddings), logits, atol=2e-3)  # embeddings are kept in 16 bits


def test_the_bundle_is_found_by_its_identity_not_by_its_name(packed: Path, tmp_path: Path) -> None:
    bundle = read_bundle(packed)
    shutil.copytree(packed, tmp_path / "other-name")
    assert read_head(bundle.identity, [tmp_path / "none", tmp_path], name="tiny").weight.shape[0] > 0
    with pytest.raises(BundleError, match="tiny that scored this recording is not on this machine"):
        read_head("0" * 64, [tmp_path], name="tiny")


def test_altered_weights_and_those_without_a_head_are_refused(copy: Path) -> None:
    identity = read_bundle(copy).identity
    weights = copy / "weights.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    with pytest.raises(BundleError, match="altered"):
        read_head(identity, [copy.parent], name="tiny")
    weights.unlink()
    with pytest.raises(BundleError, match="cannot be read"):
        read_head(identity, [copy.parent], name="tiny")


def test_a_head_is_read_without_loading_a_network() -> None:
    code = "import sys, reviewer_app.jobs.adapt; sys.exit('torch' in sys.modules or 'openvino' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
