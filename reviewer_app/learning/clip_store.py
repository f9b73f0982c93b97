"""Clips on disk, to fine-tune from: pixels in one file that every process maps, and what is known of each clip.

A clip may be stored with a margin of frames before and after its window, so that training can move the window a little.
Pixels are written by plain writes, as a full disk would otherwise kill the process, and read through a mapping, so that
several processes share one copy. Free of torch, so that the processes that prepare batches start quickly.
"""

import json
import math
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.annotation import Side
from reviewer_app.domain.window import FRAMES_PER_WINDOW
from reviewer_app.errors import RequestError

_PIXELS, _LABELS, _FILLED = "clips.uint8", "clips.json", "filled.npy"

WAITING: Final = 0
THERE: Final = 1
LEFT_OUT: Final = 2


@dataclass(frozen=True, slots=True)
class ClipLabel:
    """What is known of one stored clip.

    Attributes:
        target: 0 without a spasm, 1 with the onset of one; between them where raters are unsure or divided.
        patient: Whose it is.
        side: Which side moves more, where a rater said so; swaps with a mirrored picture.
        onsets: Frames from the window's first one at which spasms begin, all that are known: those in the margins or
            shortly before too, where they are negative or over 15. None where nobody noted when.
        before: Frames of the margin before the window that are real; the window is never moved into others.
        after: The same behind it.
    """

    target: float
    patient: str
    side: Side | None = None
    onsets: tuple[float, ...] | None = None
    before: int = 0
    after: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.target <= 1 or min(self.before, self.after) < 0:
            raise ValueError(f"not a clip's label: {self}")


@dataclass(frozen=True, slots=True)
class ClipStore:
    """Clips with their labels.

    Attributes:
        folder: Where it lies.
        size: Side of the frames, pixels.
        jitter: Frames in each margin.
        labels: One for each clip, in the order of the pixels.
        identity: What it was made from, in the maker's words: a store made from something else is another one.
        filled: ``WAITING``, ``THERE`` or ``LEFT_OUT`` for each clip, (n,) uint8.
    """

    folder: Path
    size: int
    jitter: int
    labels: tuple[ClipLabel, ...]
    identity: str
    filled: NDArray[np.uint8]

    @property
    def shape(self) -> tuple[int, int, int, int, int]:
        """Of all pixels: (clips, frames, size, size, 3)."""
        return len(self.labels), FRAMES_PER_WINDOW + 2 * self.jitter, self.size, self.size, 3

    @property
    def waiting(self) -> tuple[int, ...]:
        """Places of the clips that are yet to be put."""
        return tuple(np.flatnonzero(self.filled == WAITING).tolist())

    @property
    def present(self) -> tuple[int, ...]:
        """Places of the clips that can be learned from."""
        return tuple(np.flatnonzero(self.filled == THERE).tolist())

    def pixels(self) -> NDArray[np.uint8]:
        """All clips, ``shape``, mapped into memory for reading."""
        return np.memmap(self.folder / _PIXELS, np.uint8, mode="r", shape=self.shape)

    def shifts(self, place: int) -> range:
        """By how many frames a clip's window may be moved without changing what it shows.

        A window with a spasm keeps its onset, with as much of the spasm behind it as it had, up to 0.6 s; a window
        without one meets none. Where it is not known when the spasm begins, the window is not moved.
        """
        label = self.labels[place]
        if label.onsets is None and label.target > 0:
            return range(1)
        first, last = -min(self.jitter, label.before), min(self.jitter, label.after)
        onsets = [math.floor(onset) for onset in label.onsets or ()]
        holds = _holds(onsets, 0)
        while any(_holds(onsets, shift) != holds for shift in range(first, 0)):
            first += 1
        while any(_holds(onsets, shift) != holds for shift in range(1, last + 1)):
            last -= 1
        return range(first, last + 1)


_SEEN: Final = 2
"""Frames of a spasm that a window must see before it counts as seeing it, 0.6 s."""


def _holds(onsets: Sequence[int], shift: int) -> tuple[bool, bool]:
    """Whether a moved window holds an onset at all, and one with enough behind it to be seen."""
    inside = [onset - shift for onset in onsets if 0 <= onset - shift < FRAMES_PER_WINDOW]
    return bool(inside), any(frame <= FRAMES_PER_WINDOW - 1 - _SEEN for frame in inside)


class ClipWriter:
    """Fills a store; closing it keeps what was put, so that a stopped filling goes on where it was."""

    def __init__(self, store: ClipStore) -> None:
        self.store = store
        # Unbuffered: what cannot be written fails where it is put, and not once more when the file is closed.
        self._file = (store.folder / _PIXELS).open("r+b", buffering=0)

    def __enter__(self) -> "ClipWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is not RequestError:  # on a full disk what was kept before stands
                self.keep()
        finally:
            self._file.close()

    def put(self, place: int, frames: NDArray[np.uint8]) -> None:
        """Writes a clip (16 + 2 * jitter, S, S, 3); frames that are not real may hold anything.

        Raises:
            RequestError: The disk is full or gone.
        """
        wanted = self.store.shape[1:]
        if frames.shape != wanted or frames.dtype != np.uint8:
            raise ValueError(f"a clip of this store is uint8 {wanted}, not {frames.dtype} {frames.shape}")
        try:
            self._file.seek(place * math.prod(wanted))
            left = np.ascontiguousarray(frames).data.cast("B")
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise _unwritable(self.store.folder, error) from error
        self.store.filled[place] = THERE

    def leave_out(self, place: int) -> None:
        """Marks a clip whose pixels cannot be had; no training asks for it."""
        self.store.filled[place] = LEFT_OUT

    def keep(self) -> None:
        """Makes what was put so far outlast a crash: first the pixels, then the word that they are there.

        Raises:
            RequestError: The disk is full or gone.
        """
        beside = self.store.folder / (_FILLED + ".new")
        try:
            os.fsync(self._file.fileno())
            with beside.open("wb") as stream:
                np.save(stream, self.store.filled)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(self.store.folder / _FILLED)
        except OSError as error:
            raise _unwritable(self.store.folder, error) from error


def create_store(folder: Path, labels: Sequence[ClipLabel], *, size: int, jitter: int, identity: str) -> ClipStore:
    """A store to be filled through a ``ClipWriter``; one of the same identity and labels is taken up where it stands.

    Raises:
        RequestError: The folder holds another store, or cannot be written.
    """
    if not labels or size < 1 or jitter < 0:
        raise ValueError(f"{len(labels)} clips of {size} pixels with {jitter} frames of margin make no store")
    empty = ClipStore(folder, size, jitter, tuple(labels), identity, np.zeros(len(labels), np.uint8))
    if (folder / _LABELS).exists():
        found = open_store(folder)
        if _told(found) != _told(empty):
            raise RequestError(f"{folder.name} holds clips of something else; delete the folder and start again.")
        return found
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / _PIXELS).open("wb") as pixels:
            pixels.truncate(math.prod(empty.shape))  # takes no space yet
        with (folder / _FILLED).open("wb") as filled:
            np.save(filled, empty.filled)
        # The labels last: a folder without them was never finished and is made anew.
        beside = folder / (_LABELS + ".new")
        beside.write_text(json.dumps(_told(empty)), encoding="utf-8")
        beside.replace(folder / _LABELS)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return empty


def open_store(folder: Path) -> ClipStore:
    """A store as it stands on disk.

    Raises:
        RequestError: There is none, or its files do not belong together.
    """
    try:
        told = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
        labels = tuple(
            ClipLabel(
                target=each["target"],
                patient=each["patient"],
                side=Side(each["side"]) if each["side"] else None,
                onsets=None if each["onsets"] is None else tuple(each["onsets"]),
                before=each["before"],
                after=each["after"],
            )
            for each in told["labels"]
        )
        filled = np.load(folder / _FILLED, allow_pickle=False)
        store = ClipStore(folder, told["size"], told["jitter"], labels, told["identity"], filled)
        sizes = (folder / _PIXELS).stat().st_size, filled.shape
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RequestError(
            f"{folder.name} holds no clips that can be read; delete the folder to start anew."
        ) from error
    if sizes != (math.prod(store.shape), (len(labels),)):
        raise RequestError(f"The files of {folder.name} do not belong together; delete the folder to start anew.")
    return store


def _told(store: ClipStore) -> dict[str, object]:
    """A store's description as plain values."""
    labels = [
        {**asdict(label), "onsets": None if label.onsets is None else list(label.onsets)} for label in store.labels
    ]
    return {"size": store.size, "jitter": store.jitter, "identity": store.identity, "labels": labels}


def _unwritable(folder: Path, error: OSError) -> RequestError:
    return RequestError(f"The clips cannot be written to {folder}: {error.strerror}. Make room there and start again.")
