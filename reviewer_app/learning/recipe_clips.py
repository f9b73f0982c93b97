"""Stored clips as a recipe shows them: the paper's five augmentations, moved windows, patients in balance.

All chance follows from (seed, epoch, place in the epoch), so that a training that goes on after a stop, on any number
of threads, sees what it would have seen. Free of torch.
"""

from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.annotation import Side
from reviewer_app.domain.recipe import Change, Recipe
from reviewer_app.domain.window import FRAMES_PER_WINDOW
from reviewer_app.learning.clip_store import ClipLabel, ClipStore
from reviewer_app.learning.dataset import ClipBatch

_ORDER, _VIEW = 0x0D, 0x1E
"""What a stream of chance is for, so that no two ever share their numbers."""

ACTIVE_FRAMES: Final = 4
"""Frames from its onset on that a spasm surely lasts, 1.25 s; most last 1 to 2 s."""

FADING_FRAMES: Final = 4
"""Frames after those in which it may or may not still be held or released."""

_MIRRORS: Final = frozenset((Change.FLIP_HORIZONTAL, Change.FLIP_VERTICAL))
_OTHER_SIDE: Final = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def changed_frames(frames: NDArray[np.uint8], changes: Sequence[Change]) -> NDArray[np.uint8]:
    """A clip (frames, S, S, 3) after augmentations, in the order in which the recipe names them."""
    for change in changes:
        match change:
            case Change.FLIP_VERTICAL:
                frames = frames[:, ::-1]
            case Change.FLIP_HORIZONTAL:
                frames = frames[:, :, ::-1]
            case Change.TURN_CLOCKWISE:
                frames = np.rot90(frames, -1, axes=(1, 2))  # numpy turns from the first axis to the second: left
            case Change.TURN_COUNTERCLOCKWISE:
                frames = np.rot90(frames, 1, axes=(1, 2))
            case Change.INVERT:
                frames = 255 - frames
    return frames


def changed_side(side: Side | None, changes: Sequence[Change]) -> Side | None:
    """The infant's side in the changed picture: one mirror swaps it, whichever way it lies; two turn it back."""
    if side is None or sum(change in _MIRRORS for change in changes) % 2 == 0:
        return side
    return _OTHER_SIDE.get(side, side)


def activity_of(label: ClipLabel, shift: int) -> NDArray[np.float32]:
    """What is known of the course of activity in a moved window, (16,); NaN where nobody can say.

    Raters note when a spasm begins, not how far each frame is into it: its first 1.25 s count as active, what follows
    for as long is left open, and all that is far from any onset is still.
    """
    frames = np.arange(FRAMES_PER_WINDOW) + shift
    if 0 < label.target < 1 or (label.onsets is None and label.target > 0):
        return np.full(FRAMES_PER_WINDOW, np.nan, np.float32)
    since = np.stack([frames - np.floor(onset) for onset in label.onsets or (np.inf,)])
    open_yet = (since >= ACTIVE_FRAMES) & (since < ACTIVE_FRAMES + FADING_FRAMES)
    activity = np.where(open_yet.any(axis=0), np.nan, 0.0)
    activity[((since >= 0) & (since < ACTIVE_FRAMES)).any(axis=0)] = 1.0
    return activity.astype(np.float32)


@dataclass(frozen=True, slots=True)
class View:
    """How a clip is shown once."""

    place: int  # in the store
    shift: int  # frames by which the window is moved
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RecipeClips:
    """Batches of stored clips, epoch after epoch, without end.

    Attributes:
        store: Where the pixels lie.
        places: The clips to learn from.
        recipe: How they are shown.
        threads: How many prepare batches beside the training; copying pixels lets go of Python's lock.
        rank: Which of several devices this is for; each takes every ``ranks``-th clip of a batch.
        ranks: How many there are.
    """

    store: ClipStore = field(repr=False)
    places: tuple[int, ...] = field(repr=False)
    recipe: Recipe
    threads: int = 1
    rank: int = 0
    ranks: int = 1

    def __post_init__(self) -> None:
        if not self.places or self.threads < 1 or not 0 <= self.rank < self.ranks:
            raise ValueError(f"no clips to learn from, or nobody to prepare them: {self}")

    def steps_of_epoch(self, size: int) -> int:
        """Batches in which every clip is seen once; the last one may be smaller."""
        return -(-len(self.places) // size)

    def order(self, epoch: int) -> NDArray[np.int64]:
        """Places in the order of an epoch."""
        chance = np.random.default_rng((_ORDER, self.recipe.seed, epoch))
        places = np.array(self.places, np.int64)
        drawn = chance.permutation(places)
        if self.recipe.balance:
            # Evenly spaced over the added weights: a clip comes as often as its weight says, to the next whole number.
            ends = np.cumsum(balance_weights([self.store.labels[place] for place in drawn.tolist()]))
            marks = (np.arange(len(places)) + chance.random()) * ends[-1] / len(places)
            drawn = chance.permutation(drawn[np.searchsorted(ends, marks, side="right").clip(max=len(places) - 1)])
        return drawn

    def view(self, epoch: int, position: int, place: int) -> View:
        """How the clip at a position of an epoch is shown."""
        chance = np.random.default_rng((_VIEW, self.recipe.seed, epoch, position))
        changes = tuple(change for change in self.recipe.changes if chance.random() < self.recipe.chance)
        shifts = [shift for shift in self.store.shifts(place) if abs(shift) <= self.recipe.jitter]
        return View(place, shifts[int(chance.integers(len(shifts)))], changes)

    def batches(self, size: int, *, start: int = 0) -> Generator[ClipBatch, None, None]:
        """Batches from batch ``start`` on; a few are ready before they are asked for.

        Args:
            size: Clips in a batch of all devices together.
            start: Batches that have been seen before.
        """
        pixels, ahead = self.store.pixels(), 2 * self.threads + 1
        with ThreadPoolExecutor(self.threads, thread_name_prefix="clips") as pool:
            waiting: deque[Future[ClipBatch]] = deque()
            try:
                for views, share in self._views(size, start):
                    waiting.append(pool.submit(self._batch, pixels, views, share))
                    if len(waiting) > ahead:
                        yield waiting.popleft().result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _views(self, size: int, start: int) -> Generator[tuple[list[View], float], None, None]:
        """This device's views of each batch, and what they count in it."""
        epoch, first = divmod(start, self.steps_of_epoch(size))
        while True:
            order = self.order(epoch).tolist()
            for begin in range(first * size, len(order), size):
                whole = range(begin, min(begin + size, len(order)))
                # A device without a clip of its own looks at the batch's first one, which then counts nothing for it:
                # it must take part in adding up the gradients.
                own = whole[self.rank :: self.ranks]
                views = [self.view(epoch, position, order[position]) for position in own or whole[:1]]
                yield views, self.ranks * len(own) / len(whole)
            epoch, first = epoch + 1, 0

    def _batch(self, pixels: NDArray[np.uint8], views: Sequence[View], share: float) -> ClipBatch:
        labels = [self.store.labels[view.place] for view in views]
        size, margin = self.store.size, self.store.jitter
        frames = np.empty((len(views), FRAMES_PER_WINDOW, size, size, 3), np.uint8)
        for clip, view in zip(frames, views, strict=True):
            first = margin + view.shift
            clip[:] = changed_frames(pixels[view.place, first : first + FRAMES_PER_WINDOW], view.changes)
        return ClipBatch(
            frames,
            np.array([smoothed(label.target, self.recipe.smoothing) for label in labels], np.float32),
            np.stack([activity_of(label, view.shift) for label, view in zip(labels, views, strict=True)]),
            sides=tuple(changed_side(label.side, view.changes) for label, view in zip(labels, views, strict=True)),
            share=share,
        )


def smoothed(target: float, smoothing: float) -> float:
    """A target as it is learned: where raters were unsure or divided, drawn towards the middle."""
    return target + smoothing * (0.5 - target) if 0 < target < 1 else target


def balance_weights(labels: Sequence[ClipLabel]) -> NDArray[np.float64]:
    """How often clips are to be shown: patients alike, and both classes alike within a patient; adds up to 1."""
    kinds = [(label.patient, label.target >= 0.5) for label in labels]
    clips = {kind: kinds.count(kind) for kind in set(kinds)}
    patients = {patient for patient, _ in clips}
    classes = {patient: sum(each == patient for each, _ in clips) for patient in patients}
    return np.array([1 / (len(patients) * classes[kind[0]] * clips[kind]) for kind in kinds])


@dataclass(frozen=True, slots=True)
class StoredFrames:
    """The windows of stored clips as they are, one slice at a time: to look at and never to learn from."""

    store: ClipStore = field(repr=False)
    places: tuple[int, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, part: slice) -> NDArray[np.uint8]:
        """Clips (n, 16, S, S, 3)."""
        margin = self.store.jitter
        window = slice(margin, margin + FRAMES_PER_WINDOW)
        return np.ascontiguousarray(self.store.pixels()[list(self.places[part]), window])
