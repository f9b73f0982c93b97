"""Scores as pixels: holes stay empty, and every column reaches from its lowest to its highest value."""

import numpy as np
from PySide6.QtGui import QColor, QImage

from reviewer_app.gui.timeline.heat import curve_image, heat_image

GREEN = QColor("#009e73")


def alphas(image: QImage) -> np.ndarray:
    """(height, width) 0-255."""
    return np.array([[image.pixelColor(x, y).alpha() for x in range(image.width())] for y in range(image.height())])


def test_higher_scores_are_lighter_and_holes_are_empty_rather_than_zero() -> None:
    image = heat_image(np.array([0.0, 0.25, 0.5, 0.75, 1.0, np.nan]))
    lights = [image.pixelColor(x, 0).lightnessF() for x in range(5)]
    assert lights == sorted(lights)
    assert lights[-1] - lights[0] > 0.3
    assert image.pixelColor(5, 0).alpha() == 0
    assert all(image.pixelColor(x, 0).alpha() == 255 for x in range(5))


def test_shades_differ_in_blue_against_yellow_not_in_red_against_green() -> None:
    image = heat_image(np.array([0.0, 1.0]))
    low, high = image.pixelColor(0, 0), image.pixelColor(1, 0)
    assert low.blue() > low.red()
    assert high.red() > high.blue()
    assert high.green() > high.blue()


def test_scores_beyond_their_range_are_drawn_as_its_ends() -> None:
    image = heat_image(np.array([-0.5, 0.0, 1.0, 1.5]))
    assert image.pixelColor(0, 0) == image.pixelColor(1, 0)
    assert image.pixelColor(3, 0) == image.pixelColor(2, 0)


def test_a_column_is_solid_from_highest_to_lowest_and_faint_below() -> None:
    found = alphas(curve_image(np.array([4.0]), np.array([8.0]), 20.0, 24, colour=GREEN, body=0.25))[:, 0]
    assert np.all(found[:3] == 0)
    assert np.all(found[4:8] == 255)
    assert np.all((found[9:20] > 55) & (found[9:20] < 70))
    assert np.all(found[20:] == 0)


def test_neighbours_are_joined_but_not_over_holes() -> None:
    uppers = np.array([2.0, 18.0, np.nan, 2.0])
    found = alphas(curve_image(uppers, uppers, 20.0, 24, colour=GREEN, body=0.0))
    assert np.all(found[3:18, 1] == 255)  # the fall from 2 to 18 is drawn
    assert np.all(found[:, 2] == 0)
    assert np.count_nonzero(found[:, 3]) <= 3


def test_a_body_without_a_curve_is_nothing() -> None:
    holes = np.full(3, np.nan)
    assert np.all(alphas(curve_image(holes, holes, 10.0, 12, colour=GREEN, body=0.5)) == 0)
