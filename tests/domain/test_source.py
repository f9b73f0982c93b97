"""Sources: rooms meet through plain values, and what is not known is not made up."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.source import FrameSource, GridFrame, Scorer, Scores


class Stripes:
    """A source of two frames, the second of them missing."""

    def frames(self, first: int, stop: int) -> Iterator[GridFrame]:
        for number in range(first, stop):
            yield GridFrame(number, np.full((16, 16, 3), number, np.uint8) if number % 2 == 0 else None)


class Brightness:
    """A scorer by brightness, without a second target."""

    def score(self, clips: NDArray[np.uint8]) -> Scores:
        mean = clips.mean(axis=(1, 2, 3, 4), dtype=np.float32) / 255
        return Scores(mean, np.zeros((len(clips), 0), np.float32), np.zeros((len(clips), 1), np.float16))


def test_a_frame_without_a_picture_has_no_measures() -> None:
    source: FrameSource = Stripes()
    shown, missing = source.frames(0, 2)
    assert shown.pixels is not None
    assert missing.pixels is None
    assert not missing.undecodable
    assert np.isnan([*missing.quality, missing.motion]).all()


def test_any_scorer_that_speaks_in_scores_fits() -> None:
    scorer: Scorer = Brightness()
    scores = scorer.score(np.full((2, 16, 16, 16, 3), 255, np.uint8))
    assert scores.probability.tolist() == [1.0, 1.0]
    assert scores.activity.shape == (2, 0)
