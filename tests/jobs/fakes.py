"""Small stand-ins for the decoder and the network, passed through the protocols of ``domain/source``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.source import GridFrame, Scores
from reviewer_app.errors import MediaError

SIZE = 16


@dataclass(slots=True)
class FakeSource:
    """Grid frames whose pixels spell their number; some missing, some undecodable, perhaps one that fails."""

    gaps: Iterable[int] = ()
    undecodable: Iterable[int] = ()
    fails_at: int | None = None
    given: list[int] = field(default_factory=list)
    closed: int = 0

    def frames(self, first: int, stop: int) -> Iterator[GridFrame]:
        try:
            for number in range(first, stop):
                if number == self.fails_at:
                    raise MediaError("film.mp4 is gone.")
                self.given.append(number)
                if number in self.undecodable:
                    yield GridFrame(number, None, undecodable=True)
                elif number in self.gaps:
                    yield GridFrame(number, None)
                else:
                    pixels = np.full((SIZE, SIZE, 3), number % 251, np.uint8)
                    yield GridFrame(number, pixels, quality=(float(number), 1.0, 2.0), motion=3.0)
        finally:
            self.closed += 1


@dataclass(slots=True)
class FakeScorer:
    """Scores a clip by the number that its first frame spells."""

    batches: list[int] = field(default_factory=list)

    def score(self, clips: NDArray[np.uint8]) -> Scores:
        self.batches.append(len(clips))
        spelled = clips[:, 0, 0, 0, 0].astype(np.float32)
        share = (spelled / 256).astype(np.float32)
        return Scores(
            share, np.repeat(share[:, None], 8, axis=1), np.repeat(spelled[:, None], 4, axis=1).astype(np.float16)
        )
