"""The machinery that runs a network: a graphics card, OpenVINO on the processor, or PyTorch on the processor.

An engine takes uint8 clips and gives raw outputs in 32-bit floats. A score must not depend on the clips beside it: on
the processor every clip is computed alone, on a graphics card batches are padded to one size.
"""

import os
import warnings
from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from reviewer_app.domain.clip import ClipSpec
from reviewer_app.domain.window import FRAMES_PER_WINDOW
from reviewer_app.learning.network import SpasmNetwork

try:
    # The room's __init__ has shut out openvino_telemetry, which would otherwise report this very import.
    import openvino
except ImportError:  # no wheel for this machine: PyTorch does the work, more slowly
    openvino = None

APPLE_GRAPHICS: Final = "Apple graphics"

Output = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]
"""Logits (n,), activity logits (n, bins), embeddings (n, features)."""


class OutOfMemoryError(Exception):
    """The device has too little memory for this many clips at once."""


class Engine(Protocol):
    """Runs a network on one device."""

    batch: int  # clips computed at once; may be lowered while the engine is in use

    @property
    def device_name(self) -> str:
        """The device and its arithmetic, in words for the screen."""
        ...

    def run(self, clips: NDArray[np.uint8]) -> Output:
        """Raw outputs for clips (n, 16, size, size, 3), of which n is at least 1.

        Raises:
            OutOfMemoryError: The device could not hold so many clips.
        """
        ...


class TorchCpuEngine:
    """PyTorch on the processor, one clip after the other, in 32-bit arithmetic."""

    device_name: Final = "processor, PyTorch, 32-bit"

    def __init__(self, network: SpasmNetwork, *, threads: int) -> None:
        self.batch = 1
        self._network = network
        # Process-wide in PyTorch; a job process runs one network.
        torch.set_num_threads(threads)

    def run(self, clips: NDArray[np.uint8]) -> Output:
        """One clip at a time, so that a score cannot depend on the clips beside it."""
        with torch.inference_mode():
            return _joined([_arrays(self._network(torch.from_numpy(clip[None]))) for clip in clips])


class GpuEngine:
    """PyTorch on a graphics card, in batches padded to one size."""

    def __init__(self, network: SpasmNetwork, *, device: str, batch: int, bf16: bool) -> None:
        self.batch = batch
        self._device, self._bf16 = device, bf16
        self._network = network.to(device)
        name = torch.cuda.get_device_name() if device == "cuda" else APPLE_GRAPHICS
        self.device_name = f"{name}, PyTorch, {_arithmetic(bf16)}"

    def run(self, clips: NDArray[np.uint8]) -> Output:
        """Batches of the engine's size, the last one filled up with copies of its first clip."""
        parts = []
        for first in range(0, len(clips), self.batch):
            real = clips[first : first + self.batch]
            full = np.concatenate((real, np.repeat(real[:1], self.batch - len(real), axis=0)))
            parts.append(tuple(values[: len(real)] for values in self._run_batch(full)))
        return _joined(parts)

    def _run_batch(self, clips: NDArray[np.uint8]) -> tuple[NDArray[np.float32], ...]:
        try:
            with torch.inference_mode(), torch.autocast(self._device, torch.bfloat16, enabled=self._bf16):
                return _arrays(self._network(torch.from_numpy(clips).to(self._device)))
        except RuntimeError as error:
            # Only CUDA's lack of memory has a class of its own; Apple's is known by its text.
            if isinstance(error, torch.OutOfMemoryError) or "out of memory" in str(error):
                raise OutOfMemoryError from error
            raise


class OpenVinoEngine:
    """OpenVINO on the processor: a graph for exactly one clip, as many clips in flight as there are threads.

    Measured on two cores with three networks, results are bit-equal whatever the number of streams and threads, and one
    stream per thread is a quarter faster than one stream with two threads.
    """

    def __init__(self, network: SpasmNetwork, *, clip: ClipSpec, bf16: bool, threads: int) -> None:
        self.batch = 1
        properties = {
            "INFERENCE_PRECISION_HINT": "bf16" if bf16 else "f32",
            "PERFORMANCE_HINT": "THROUGHPUT",
            "NUM_STREAMS": threads,
            "INFERENCE_NUM_THREADS": threads,
        }
        compiled = openvino.Core().compile_model(_converted(network, clip), "CPU", properties)
        self._queue = openvino.AsyncInferQueue(compiled)
        self.device_name = f"processor, OpenVINO, {_arithmetic(bf16)}"

    def run(self, clips: NDArray[np.uint8]) -> Output:
        """Each result goes to its clip's own place, in whatever order they are ready."""
        parts: list[tuple[NDArray[np.float32], ...]] = [()] * len(clips)

        def keep(request: Any, place: int) -> None:
            # The request's memory is used again for another clip, so the result is copied out.
            parts[place] = tuple(np.array(request.get_output_tensor(i).data, np.float32) for i in range(3))

        self._queue.set_callback(keep)
        for place, clip in enumerate(clips):
            self._queue.start_async([clip[None]], place)
        self._queue.wait_all()
        return _joined(parts)


def openvino_is_here() -> bool:
    """Whether OpenVINO can be used on this machine."""
    return openvino is not None


def processor_has_bf16() -> bool:
    """Whether the processor computes bfloat16 itself; elsewhere it would be slower than 32-bit."""
    return openvino_is_here() and "BF16" in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def graphics_cards() -> tuple[str, ...]:
    """The graphics cards that PyTorch can use, by name."""
    if torch.cuda.is_available():
        return tuple(torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count()))
    return (APPLE_GRAPHICS,) if torch.backends.mps.is_available() else ()


def pytorch_knows_nvidia() -> bool:
    """Whether this build of PyTorch could compute on an NVIDIA card; the one for processors alone cannot."""
    return torch.version.cuda is not None


def default_threads() -> int:
    """As many threads as this process may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _converted(network: SpasmNetwork, clip: ClipSpec) -> Any:
    shape = (1, FRAMES_PER_WINDOW, clip.size, clip.size, 3)
    example = torch.zeros(shape, dtype=torch.uint8)
    with warnings.catch_warnings(), torch.no_grad():
        # Tracing warns that the graph holds for this one shape only, which is what is wanted here. Its own check would
        # run a large network three times more; the golden clip checks the result.
        warnings.simplefilter("ignore")
        traced = torch.jit.trace(network, example, check_trace=False)  # type: ignore[no-untyped-call]
        return openvino.convert_model(traced, example_input=example, input=[openvino.PartialShape(shape)])


def _arrays(outputs: tuple[Tensor, Tensor, Tensor]) -> tuple[NDArray[np.float32], ...]:
    return tuple(values.float().cpu().numpy() for values in outputs)


def _joined(parts: Sequence[tuple[NDArray[np.float32], ...]]) -> Output:
    logits, activity, embeddings = (np.concatenate(each) for each in zip(*parts, strict=True))
    return logits, activity, embeddings


def _arithmetic(bf16: bool) -> str:
    return "bfloat16" if bf16 else "32-bit"
