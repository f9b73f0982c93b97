"""Scores clips with a bundle, on the fastest device of the machine that scores the golden clip as it should."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from reviewer_app.domain.source import Scores
from reviewer_app.domain.window import FRAMES_PER_WINDOW
from reviewer_app.errors import BundleError, RequestError
from reviewer_app.learning.bundle import Bundle
from reviewer_app.learning.engines import (
    Engine,
    GpuEngine,
    OpenVinoEngine,
    OutOfMemoryError,
    Output,
    TorchCpuEngine,
    default_threads,
    openvino_is_here,
    processor_has_bf16,
)
from reviewer_app.learning.golden import golden_clip, golden_error

Device = Literal["auto", "cuda", "mps", "openvino", "torch"]
Precision = Literal["auto", "bf16", "f32"]

BATCH = 8
GREATEST_HALF = float(np.finfo(np.float16).max)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to run a network on this machine."""

    device: Device
    precision: Precision
    build: Callable[[], Engine]


class Predictor:
    """A bundle at work: clips in, calibrated scores out.

    Before it is ready it has scored the bundle's golden clip. A device that gives another score is passed over, said in
    ``warnings``; if no device gives the right one, the bundle is refused. On the processor a clip's score is the same
    to the last bit whatever the clips beside it.

    Attributes:
        device_name: The device and its arithmetic, in words for the screen.
        warnings: What did not go as it should and how the predictor helped itself, in sentences for the screen.
        bins: Parts of a window for which activity is told; 0 where it is not.
        features: Numbers in an embedding.
    """

    def __init__(
        self,
        bundle: Bundle,
        *,
        device: Device = "auto",
        precision: Precision = "auto",
        threads: int | None = None,
        batch: int = BATCH,
    ) -> None:
        """Opens the device.

        Args:
            bundle: What to score with.
            device: Where to compute; ``auto`` takes a graphics card if there is one, then OpenVINO, then PyTorch.
            precision: Which arithmetic; ``auto`` takes bfloat16 where the device has it.
            threads: Of the processor; None for all that this process may use.
            batch: Clips at once on a graphics card.

        Raises:
            RequestError: The machine lacks the device or arithmetic asked for.
            BundleError: The bundle is damaged, or no device gives the golden clip its score.
        """
        if batch < 1 or (threads is not None and threads < 1):
            raise ValueError(f"threads and batch are at least 1, not {threads} and {batch}")
        self.warnings: list[str] = []
        self.bins = bundle.description.network.bins
        self.features = 0  # known once the golden clip is scored
        self._bundle = bundle
        self._every = candidates(bundle, threads=threads or default_threads(), batch=batch)
        wanted = [one for one in self._every if device in ("auto", one.device) and precision in ("auto", one.precision)]
        if not wanted:
            here = ", ".join(f"{one.device} in {one.precision}" for one in self._every)
            raise RequestError(f"This machine cannot compute with {device} in {precision}; it can with: {here}.")
        self._device, self._engine = self._opened(wanted)

    @property
    def device_name(self) -> str:
        """The device and its arithmetic, in words for the screen."""
        return self._engine.device_name

    def score(self, clips: NDArray[np.uint8]) -> Scores:
        """Calibrated scores of ``clips`` (n, 16, size, size, 3) uint8 RGB."""
        size = self._bundle.description.clip.size
        if clips.dtype != np.uint8 or clips.shape[1:] != (FRAMES_PER_WINDOW, size, size, 3):
            raise ValueError(f"clips must be uint8 (n, 16, {size}, {size}, 3), not {clips.dtype} {clips.shape}")
        if len(clips) == 0:
            nothing = np.zeros(0, np.float32), np.zeros((0, self.bins), np.float32)
            return Scores(*nothing, np.zeros((0, self.features), np.float16))
        logits, activity, embeddings = self._run(clips)
        if not (np.isfinite(logits).all() and np.isfinite(activity).all() and np.isfinite(embeddings).all()):
            raise BundleError(f"The bundle {self._bundle.name} gives scores that are no numbers; it cannot be used.")
        calibration = self._bundle.description.calibration
        return Scores(
            _sigmoid(logits / calibration.temperature + calibration.bias),
            _sigmoid(activity),
            np.clip(embeddings, -GREATEST_HALF, GREATEST_HALF).astype(np.float16),
        )

    def _run(self, clips: NDArray[np.uint8]) -> Output:
        while True:
            try:
                return self._engine.run(clips)
            except OutOfMemoryError:
                if not self._halved(self._engine):
                    self._change_device()
            except RuntimeError as error:
                self.warnings.append(
                    f"{self.device_name} failed ({type(error).__name__}); going on with another device."
                )
                self._change_device()

    def _change_device(self) -> None:
        # What failed once is not tried again, so this ends.
        self._every = tuple(one for one in self._every if one.device != self._device)
        self._device, self._engine = self._opened(self._every)

    def _opened(self, choices: Iterable[Candidate]) -> tuple[Device, Engine]:
        """The first engine that scores the golden clip as it should."""
        for one in choices:
            engine = self._tried(one)
            if engine is not None:
                return one.device, engine
        told = " ".join(self.warnings)
        raise BundleError(f"The bundle {self._bundle.name} gives its golden clip the right score on no device. {told}")

    def _tried(self, one: Candidate) -> Engine | None:
        golden, clip = self._bundle.golden, self._bundle.description.clip
        try:
            engine = one.build()
            logits, activity, embeddings = self._first_run(engine, golden_clip(clip, seed=golden.seed)[None])
        except OutOfMemoryError:
            return None  # said by _halved
        except RuntimeError as error:
            self.warnings.append(f"{one.device} in {one.precision} could not be started ({type(error).__name__}).")
            return None
        distance = golden_error(golden, logit=float(logits[0]), activity=activity[0].tolist())
        if distance > golden.tolerance:
            self.warnings.append(f"{engine.device_name}: the golden clip's score is off by {distance:.3g}; not used.")
            return None
        self.features = embeddings.shape[1]
        return engine

    def _first_run(self, engine: Engine, clips: NDArray[np.uint8]) -> Output:
        while True:
            try:
                return engine.run(clips)
            except OutOfMemoryError:
                if not self._halved(engine):
                    raise

    def _halved(self, engine: Engine) -> bool:
        """Whether the engine could be made to compute fewer clips at once."""
        if engine.batch == 1:
            self.warnings.append(f"{engine.device_name}: not enough memory for one clip; going on with another device.")
            return False
        engine.batch //= 2
        self.warnings.append(f"{engine.device_name}: not enough memory; going on with {engine.batch} clips at once.")
        return True


def candidates(bundle: Bundle, *, threads: int, batch: int) -> tuple[Candidate, ...]:
    """All ways to run the bundle on this machine, the fastest first."""
    found: list[Candidate] = []
    gpu: Device | None = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else None
    if gpu is not None:
        for bf16 in (True, False):
            found.append(Candidate(gpu, _precision(bf16), partial(_gpu, bundle, device=gpu, batch=batch, bf16=bf16)))
    if openvino_is_here():
        for bf16 in (True, False) if processor_has_bf16() else (False,):
            found.append(
                Candidate("openvino", _precision(bf16), partial(_openvino, bundle, bf16=bf16, threads=threads))
            )
    found.append(Candidate("torch", "f32", lambda: TorchCpuEngine(bundle.network(), threads=threads)))
    return tuple(found)


def _gpu(bundle: Bundle, *, device: str, batch: int, bf16: bool) -> Engine:
    return GpuEngine(bundle.network(), device=device, batch=batch, bf16=bf16)


def _openvino(bundle: Bundle, *, bf16: bool, threads: int) -> Engine:
    return OpenVinoEngine(bundle.network(), clip=bundle.description.clip, bf16=bf16, threads=threads)


def _precision(bf16: bool) -> Precision:
    return "bf16" if bf16 else "f32"


def _sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    # Through float64, so that only the last rounding is left and no vector instruction's tail can show in a bit.
    return (1 / (1 + np.exp(-logits.astype(np.float64)))).astype(np.float32)
