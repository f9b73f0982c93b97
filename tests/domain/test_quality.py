import numpy as np
import pytest

from reviewer_app.domain.quality import (
    EARLIER_MEASURES,
    MEASURES,
    NIGHT_COLOUR_VARIANCE,
    is_night,
    narrowed,
    widened,
)


def test_grey_pictures_are_night_and_coloured_ones_are_not() -> None:
    limit = NIGHT_COLOUR_VARIANCE
    rows = np.array([[60, 3, 1, 300, 16], [90, 300, 1, 300, 16], [60, limit, 1, 300, 16]], np.float32)
    assert is_night(rows).tolist() == [True, False, False]


def test_what_was_not_measured_is_not_called_night() -> None:
    assert is_night(np.array([[np.nan] * 4 + [0]], np.float32)).tolist() == [False]


def test_what_an_earlier_version_did_not_measure_is_unknown_and_the_rest_stays() -> None:
    rows = np.arange(10, dtype=np.float32).reshape(2, EARLIER_MEASURES)
    wide = widened(rows)
    assert wide.shape == (2, len(MEASURES))
    assert wide.dtype == np.float32
    np.testing.assert_array_equal(wide[:, :EARLIER_MEASURES], rows)
    assert np.isnan(wide[:, MEASURES.index("visibility")]).all()
    np.testing.assert_array_equal(widened(wide), wide)


def test_a_measure_that_is_known_of_one_row_is_kept_for_all() -> None:
    rows = widened(np.ones((2, EARLIER_MEASURES), np.float32))
    assert narrowed(rows).shape == (2, EARLIER_MEASURES)
    rows[1, -1] = 0.4
    assert narrowed(rows) is rows


@pytest.mark.parametrize("columns", [EARLIER_MEASURES - 1, len(MEASURES) + 1])
def test_rows_of_other_measures_are_refused(columns: int) -> None:
    with pytest.raises(ValueError, match="columns"):
        widened(np.ones((2, columns), np.float32))
