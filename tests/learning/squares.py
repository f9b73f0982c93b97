"""Tiny stored clips: a square that jumps aside where there is a spasm, and lies still where there is none."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.annotation import Side
from reviewer_app.domain.clip import Channels, ClipSpec
from reviewer_app.learning.clip_store import ClipLabel, ClipStore, ClipWriter, create_store
from reviewer_app.learning.network import NetworkSpec

SPEC = NetworkSpec(architecture="motion_conv", embed_dim=8, stages=(1, 1, 1, 1), bins=8)
CLIP = ClipSpec(size=32, channels=Channels.MOTION, mean=(0.03, 0.03, 0.45), deviation=(0.06, 0.06, 0.225))


def square_store(
    folder: Path, clips: int, *, jitter: int = 0, of_a_patient: int = 4, shuffled: bool = False
) -> ClipStore:
    """A full store in which every second clip, or by chance any, is labelled as one with a spasm."""
    chance = np.random.default_rng(clips)
    onsets = [int(chance.integers(3, 11)) if place % 2 else None for place in range(clips)]
    kinds = [onset is not None for onset in onsets]
    told = list(chance.permutation(kinds)) if shuffled else kinds
    labels = [
        ClipLabel(
            target=float(told[place]),
            patient=f"patient {place // of_a_patient}",
            side=Side.LEFT if onset is not None else None,
            onsets=None if shuffled else (float(onset),) if onset is not None else (),
            before=jitter,
            after=jitter,
        )
        for place, onset in enumerate(onsets)
    ]
    store = create_store(folder, labels, size=32, jitter=jitter, identity=f"squares, {clips}, {shuffled}")
    with ClipWriter(store) as writer:
        for place, onset in enumerate(onsets):
            writer.put(place, square_clip(place, onset, jitter=jitter))
    return store


def square_clip(seed: int, onset: int | None, *, jitter: int = 0) -> NDArray[np.uint8]:
    """Frames (16 + 2 * jitter, 32, 32, 3)."""
    chance = np.random.default_rng(seed)
    frames = chance.integers(80, 90, (16 + 2 * jitter, 32, 32, 3), np.uint8)
    y, x = chance.integers(2, 14, 2)
    for time, picture in enumerate(frames):
        aside = 6 if onset is not None and 0 <= time - jitter - onset < 3 else 0
        picture[y : y + 10, x + aside : x + aside + 10] = 200
    return frames
