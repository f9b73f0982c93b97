from dataclasses import replace

import pytest

from reviewer_app.domain.recipe import PAPER, SMALL
from reviewer_app.learning.pace import Course, Pace, recipe_pace


def test_the_paper_s_rate_is_multiplied_by_three_quarters_every_ten_epochs() -> None:
    pace = recipe_pace(PAPER, steps_of_epoch=7)
    assert pace.steps == 15 * 7
    assert [pace.rate(step) for step in range(70)] == [1e-4] * 70
    assert [pace.rate(step) for step in range(70, 105)] == [pytest.approx(0.75e-4)] * 35


def test_steps_go_on_as_long_as_the_training() -> None:
    pace = Pace(40, 1.0, course=Course.STEPS, decay=0.75, decay_every=10)
    assert [pace.rate(step) for step in (9, 10, 20, 39)] == [1.0, 0.75, 0.5625, pytest.approx(0.421875)]


def test_a_warm_up_climbs_in_even_steps_and_the_cosine_ends_at_nothing() -> None:
    pace = recipe_pace(replace(SMALL, epochs=20), steps_of_epoch=4)  # 1 of them warm-up
    assert [pace.rate(step) / 3e-4 for step in range(4)] == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert pace.rate(4) == pytest.approx(3e-4)
    assert pace.rate(4 + 38) == pytest.approx(1.5e-4)  # half way from the climb's end, at step 42 of 80
    assert 0 < pace.rate(79) < 3e-4 * 0.001


def test_a_held_rate_climbs_is_held_and_falls() -> None:
    pace = Pace(1000, 1e-3, warm_up=100, decline=0.3)
    rates = [pace.rate(step) for step in range(1000)]
    assert rates[0] == pytest.approx(1e-3 / 101)
    assert rates[150:700] == [1e-3] * 550
    assert rates[850] == pytest.approx(0.5e-3)
    assert rates[-1] < 1e-6


def test_a_held_training_given_more_steps_has_begun_the_same_way() -> None:
    short, long = Pace(1000, 1e-3, warm_up=100), Pace(2000, 1e-3, warm_up=100)
    assert [short.rate(step) for step in range(700)] == [long.rate(step) for step in range(700)]


def test_a_nonsense_pace_is_refused() -> None:
    for values in ({"steps": 0}, {"highest": 0.0}, {"decline": 2.0}, {"decay": 0.0}, {"warm_up": -1}):
        with pytest.raises(ValueError, match="not a pace"):
            Pace(**{"steps": 1, "highest": 1.0, **values})  # type: ignore[arg-type]
