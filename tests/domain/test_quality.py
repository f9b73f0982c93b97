import numpy as np

from reviewer_app.domain.quality import NIGHT_COLOUR_VARIANCE, is_night


def test_grey_pictures_are_night_and_coloured_ones_are_not() -> None:
    limit = NIGHT_COLOUR_VARIANCE
    rows = np.array([[60, 3, 1, 300, 16], [90, 300, 1, 300, 16], [60, limit, 1, 300, 16]], np.float32)
    assert is_night(rows).tolist() == [True, False, False]


def test_what_was_not_measured_is_not_called_night() -> None:
    assert is_night(np.array([[np.nan] * 4 + [0]], np.float32)).tolist() == [False]
