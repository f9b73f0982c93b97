"""The predictor: right scores on whatever device there is, and the same score wherever a clip stands."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from reviewer_app.domain.source import Scorer
from reviewer_app.errors import BundleError, RequestError
from reviewer_app.learning import engines, predictor
from reviewer_app.learning.bundle import Bundle
from reviewer_app.learning.engines import (
    Engine,
    GpuEngine,
    OutOfMemoryError,
    Output,
    TorchCpuEngine,
    processor_has_bf16,
)
from reviewer_app.learning.predictor import Candidate, Device, Precision, Predictor
from tests.learning.tiny import CLIP, HIERA, HIERA_CLIP, NETWORK, tiny_bundle


@pytest.fixture(scope="module", params=["motion_conv", "hiera"])
def bundle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    spec, clip = (NETWORK, CLIP) if request.param == "motion_conv" else (HIERA, HIERA_CLIP)
    return tiny_bundle(tmp_path_factory.mktemp(request.param) / "tiny", spec, clip)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return tiny_bundle(tmp_path_factory.mktemp("small") / "tiny")


def some_clips(count: int, *, size: int = CLIP.size, seed: int = 3) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (count, 16, size, size, 3), np.uint8)


CPU: list[tuple[Device, Precision]] = [("openvino", "f32"), ("torch", "f32")]
if processor_has_bf16():
    CPU.append(("openvino", "bf16"))


@pytest.mark.parametrize(("device", "precision"), CPU)
def test_a_score_is_the_calibrated_logit(bundle: Bundle, device: Device, precision: Precision) -> None:
    clips = some_clips(2, size=bundle.description.clip.size)
    with torch.inference_mode():
        logits, activity, embeddings = bundle.network()(torch.from_numpy(clips))

    scorer: Scorer = Predictor(bundle, device=device, precision=precision)
    scores = scorer.score(clips)

    tolerance = 1e-4 if precision == "f32" else 0.02
    assert scores.probability == pytest.approx(torch.sigmoid(logits / 2.0 - 0.5).numpy(), abs=tolerance)
    assert scores.activity == pytest.approx(torch.sigmoid(activity).numpy(), abs=tolerance)
    assert scores.embeddings.astype(np.float32) == pytest.approx(embeddings.numpy(), abs=0.05)
    assert [each.dtype for each in (scores.probability, scores.activity, scores.embeddings)] == [
        np.float32,
        np.float32,
        np.float16,
    ]


@pytest.mark.parametrize(("device", "precision"), CPU)
def test_a_score_is_the_same_to_the_bit_whatever_stands_beside(
    bundle: Bundle, device: Device, precision: Precision
) -> None:
    clips = some_clips(7, size=bundle.description.clip.size)
    one_thread = Predictor(bundle, device=device, precision=precision, threads=1)
    two_threads = (
        Predictor(bundle, device=device, precision=precision, threads=2) if device == "openvino" else one_thread
    )

    whole = two_threads.score(clips)
    parts = [one_thread.score(clips[3:4]), two_threads.score(clips[3:]), two_threads.score(clips[3::-1])]

    for part in parts:
        assert part.probability[0].tobytes() == whole.probability[3].tobytes()
        assert part.activity[0].tobytes() == whole.activity[3].tobytes()
        assert part.embeddings[0].tobytes() == whole.embeddings[3].tobytes()


def test_a_fresh_predictor_gives_the_same_bits(small: Bundle) -> None:
    clips = some_clips(3)

    assert Predictor(small).score(clips).probability.tobytes() == Predictor(small).score(clips).probability.tobytes()


def test_no_clips_give_no_scores_of_the_right_shape(bundle: Bundle) -> None:
    scorer = Predictor(bundle, device="torch")

    scores = scorer.score(some_clips(0, size=bundle.description.clip.size))

    assert scores.probability.shape == (0,)
    assert scores.activity.shape == (0, scorer.bins)
    assert scores.embeddings.shape == (0, scorer.features)
    assert scorer.features == scorer.score(some_clips(1, size=bundle.description.clip.size)).embeddings.shape[1]


@pytest.mark.parametrize("bad", [np.zeros((2, 16, 8, 8, 3), np.uint8), np.zeros((2, 16, 32, 32, 3), np.float32)])
def test_clips_of_another_kind_are_refused(small: Bundle, bad: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="clips must be uint8"):
        Predictor(small, device="torch").score(bad)


@pytest.mark.parametrize("nonsense", [{"batch": 0}, {"threads": 0}, {"threads": -1}])
def test_senseless_numbers_are_refused(small: Bundle, nonsense: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Predictor(small, device="torch", batch=nonsense.get("batch", 1), threads=nonsense.get("threads", 1))


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has the device")
def test_a_device_that_is_not_there_is_refused_with_those_that_are(small: Bundle) -> None:
    with pytest.raises(RequestError, match=r"cannot compute with cuda .* torch in f32"):
        Predictor(small, device="cuda")


def test_arithmetic_that_is_not_there_is_refused(small: Bundle) -> None:
    with pytest.raises(RequestError, match="cannot compute with torch in bf16"):
        Predictor(small, device="torch", precision="bf16")


def test_without_openvino_pytorch_does_the_work(small: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "openvino", None)

    scorer = Predictor(small)

    assert scorer.device_name == "processor, PyTorch, 32-bit"
    assert len(scorer.score(some_clips(1)).probability) == 1


def test_the_device_is_named_in_words(small: Bundle) -> None:
    assert Predictor(small, device="openvino", precision="f32").device_name == "processor, OpenVINO, 32-bit"


class Falling:
    """A graphics card as a test wants it: with room for so many clips, its logits off by so much."""

    device_name = "test card"

    def __init__(self, bundle: Bundle, *, room: int = 99, off: float = 0.0, batch: int = 8) -> None:
        self.batch = batch
        self.seen: list[int] = []
        self.is_broken = False
        self._room, self._off = room, off
        self._engine = TorchCpuEngine(bundle.network(), threads=1)

    def run(self, clips: NDArray[np.uint8]) -> Output:
        self.seen.append(self.batch)
        if self.batch > self._room:
            raise OutOfMemoryError
        if self.is_broken:
            raise RuntimeError("device-side assert")
        logits, activity, embeddings = self._engine.run(clips)
        return logits + np.float32(self._off), activity, embeddings


def use(monkeypatch: pytest.MonkeyPatch, *builds: Callable[[], Engine]) -> None:
    """Puts engines in place of this machine's, as if each were a device of its own."""
    devices: Sequence[Device] = ("cuda", "openvino", "torch")
    found = tuple(Candidate(device, "f32", build) for device, build in zip(devices, builds, strict=False))
    monkeypatch.setattr(predictor, "candidates", lambda *_, **__: found)


def test_a_full_graphics_card_gets_half_as_many_clips_until_they_fit(
    small: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Falling(small, room=3)
    use(monkeypatch, lambda: card)

    scorer = Predictor(small)

    assert card.seen == [8, 4, 2]
    assert scorer.warnings == [
        "test card: not enough memory; going on with 4 clips at once.",
        "test card: not enough memory; going on with 2 clips at once.",
    ]


def test_a_graphics_card_that_fills_up_in_the_middle_gives_way_to_the_processor(
    small: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Falling(small)
    use(monkeypatch, lambda: card, lambda: TorchCpuEngine(small.network(), threads=1))
    scorer = Predictor(small, device="cuda")
    expected = scorer.score(some_clips(3))

    card._room = 0
    scores = scorer.score(some_clips(3))

    assert scores.probability.tobytes() == expected.probability.tobytes()
    assert scorer.device_name == "processor, PyTorch, 32-bit"
    assert card.seen[-4:] == [8, 4, 2, 1]
    assert scorer.warnings[-1] == "test card: not enough memory for one clip; going on with another device."


def test_a_device_that_fails_in_the_middle_gives_way(small: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    card = Falling(small)
    use(monkeypatch, lambda: card, lambda: TorchCpuEngine(small.network(), threads=1))
    scorer = Predictor(small)

    card.is_broken = True
    scores = scorer.score(some_clips(2))

    assert len(scores.probability) == 2
    assert scorer.warnings == ["test card failed (RuntimeError); going on with another device."]


def test_devices_that_all_fail_end_in_words(small: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    cards = [Falling(small), Falling(small)]
    use(monkeypatch, lambda: cards[0], lambda: cards[1])
    scorer = Predictor(small)

    for card in cards:
        card.is_broken = True
    with pytest.raises(BundleError, match="on no device"):
        scorer.score(some_clips(1))


def test_memory_that_is_nowhere_ends_in_words(small: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, lambda: Falling(small, room=0))

    with pytest.raises(BundleError, match="on no device"):
        Predictor(small)


def test_a_device_that_gets_the_golden_clip_wrong_is_passed_over_and_said(
    small: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, lambda: Falling(small, off=0.2), lambda: TorchCpuEngine(small.network(), threads=1))

    scorer = Predictor(small)

    assert scorer.device_name == "processor, PyTorch, 32-bit"
    assert scorer.warnings == ["test card: the golden clip's score is off by 0.2; not used."]


@pytest.mark.parametrize("off", [0.06, float("nan"), float("inf")])
def test_a_bundle_that_no_device_scores_right_is_refused(
    small: Bundle, monkeypatch: pytest.MonkeyPatch, off: float
) -> None:
    use(monkeypatch, lambda: Falling(small, off=off))

    with pytest.raises(BundleError, match="golden clip"):
        Predictor(small)


def test_a_small_difference_of_arithmetic_is_tolerated(small: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, lambda: Falling(small, off=0.03))

    assert Predictor(small).warnings == []


def test_a_device_that_does_not_start_is_passed_over_and_said(small: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Engine:
        raise RuntimeError("driver")

    use(monkeypatch, broken, lambda: TorchCpuEngine(small.network(), threads=1))

    scorer = Predictor(small)

    assert scorer.device_name == "processor, PyTorch, 32-bit"
    assert scorer.warnings == ["cuda in f32 could not be started (RuntimeError)."]


def test_scores_that_are_no_numbers_are_refused(small: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    card = Falling(small)
    use(monkeypatch, lambda: card)
    scorer = Predictor(small)

    card._off = float("nan")
    with pytest.raises(BundleError, match="no numbers"):
        scorer.score(some_clips(1))


def test_weights_changed_after_loading_are_refused(tmp_path: Path) -> None:
    bundle = tiny_bundle(tmp_path / "tiny")
    path = tmp_path / "tiny" / "weights.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)

    with pytest.raises(BundleError, match="altered"):
        Predictor(bundle)


@pytest.mark.parametrize("batch", [1, 4])
def test_batches_on_a_card_are_padded_to_one_size_and_cut_again(small: Bundle, batch: int) -> None:
    """The class runs on any PyTorch device, so the processor stands in for the card."""
    clips = some_clips(6)
    network = small.network()
    sizes: list[int] = []
    network.register_forward_pre_hook(lambda _, inputs: sizes.append(len(inputs[0])))
    engine = GpuEngine(network, device="cpu", batch=batch, bf16=False)

    logits, activity, embeddings = engine.run(clips)

    assert set(sizes) == {batch}
    expected = TorchCpuEngine(small.network(), threads=1).run(clips)
    for got, due in zip((logits, activity, embeddings), expected, strict=True):
        assert got == pytest.approx(due, abs=1e-4)


@pytest.mark.parametrize(
    "error", [torch.OutOfMemoryError("CUDA out of memory"), RuntimeError("MPS backend out of memory")]
)
def test_a_card_says_when_its_memory_is_full(small: Bundle, error: RuntimeError) -> None:
    def full(*_: object) -> None:
        raise error

    network = small.network()
    network.register_forward_pre_hook(full)

    with pytest.raises(OutOfMemoryError):
        GpuEngine(network, device="cpu", batch=2, bf16=True).run(some_clips(1))


def test_another_failure_of_a_card_is_not_taken_for_full_memory(small: Bundle) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("device-side assert")

    network = small.network()
    network.register_forward_pre_hook(broken)

    with pytest.raises(RuntimeError, match="assert"):
        GpuEngine(network, device="cpu", batch=2, bf16=False).run(some_clips(1))


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no NVIDIA card")
@pytest.mark.parametrize(("precision", "off"), [("bf16", 0.01), ("f32", 0.002)])
def test_a_card_scores_as_the_processor_whatever_its_batch(bundle: Bundle, precision: Precision, off: float) -> None:
    clips = some_clips(8, size=bundle.description.clip.size)
    due = Predictor(bundle, device="torch").score(clips)
    for batch in (1, 3, 8):
        card = Predictor(bundle, device="cuda", precision=precision, batch=batch)
        scores, alone = card.score(clips), card.score(clips[:1])
        assert card.warnings == []
        assert card.device_name.startswith(torch.cuda.get_device_name())
        assert scores.probability == pytest.approx(due.probability, abs=off)
        assert scores.activity == pytest.approx(due.activity, abs=off)
        assert scores.embeddings.astype(float) == pytest.approx(due.embeddings.astype(float), abs=10 * off)
        # The same place in a batch of the same size, filled up with other clips there and with copies here.
        assert alone.probability.tobytes() == scores.probability[:1].tobytes()


WATCHED = """
    import socket, sys, urllib.request
    from pathlib import Path

    def tell(*what, **_):
        Path(sys.argv[1]).write_text(repr(what))
        raise OSError("no network in tests")

    socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = tell
    urllib.request.urlopen = tell
"""


@pytest.mark.parametrize(
    ("code", "connects"),
    [
        ("import openvino", True),
        (
            "from reviewer_app.learning.bundle import load_bundle\n"
            "from reviewer_app.learning.predictor import Predictor\n"
            "print(Predictor(load_bundle(Path(sys.argv[2])), device='openvino').device_name)",
            False,
        ),
    ],
    ids=["openvino alone would report", "the predictor reports nothing"],
)
def test_converting_and_scoring_connect_to_nothing(small: Bundle, tmp_path: Path, code: str, connects: bool) -> None:
    marker = tmp_path / "connected"
    # Without a consent file, and not marked as continuous integration, OpenVINO sends: the situation of a first user.
    environment = {k: v for k, v in os.environ.items() if k not in ("CI", "TF_BUILD", "JENKINS_URL")}
    program = f"{textwrap.dedent(WATCHED)}\n{code}\nimport time\ntime.sleep(0.5)"

    done = subprocess.run(
        [sys.executable, "-c", program, str(marker), str(small.folder)],
        env={**environment, "HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert marker.exists() == connects
