"""An explanation holds together, and nobody changes it once it is shared."""

import numpy as np
import pytest

from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.domain.explanation import Explanation


def explanation(*, saliency: tuple[int, ...] = (16, 8, 8), falls: tuple[int, ...] = (16,)) -> Explanation:
    return Explanation(
        window=3,
        place=WHOLE_PICTURE,
        filled=WHOLE_PICTURE,
        score=0.9,
        frames=np.zeros((16, 8, 8, 3), np.uint8),
        saliency=np.zeros(saliency, np.float32),
        falls=np.zeros(falls, np.float32),
    )


def test_what_is_shared_is_read_only() -> None:
    made = explanation()
    for values in (made.frames, made.saliency, made.falls):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1


@pytest.mark.parametrize("shapes", [{"saliency": (16, 8, 9)}, {"saliency": (8, 8)}, {"falls": (15,)}])
def test_a_saliency_or_falls_of_other_pictures_are_refused(shapes: dict[str, tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match="an explanation of"):
        explanation(**shapes)
