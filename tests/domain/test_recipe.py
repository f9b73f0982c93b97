import math
from dataclasses import replace
from typing import Any

import pytest

from reviewer_app.domain.recipe import LIMITS, PAPER, RECIPES, Change, Optimiser, Recipe, Schedule


def test_the_paper_recipe_is_what_the_paper_says() -> None:
    assert (PAPER.epochs, PAPER.batch, PAPER.learning_rate) == (15, 4, 1e-4)
    assert (PAPER.schedule, PAPER.decay, PAPER.decay_every) == (Schedule.STEPS, 0.75, 10)
    assert set(PAPER.changes) == set(Change)
    assert PAPER.optimiser is Optimiser.ADAM


def test_the_paper_recipe_adds_nothing_that_the_paper_does_not_name() -> None:
    added = [PAPER.warm_up, PAPER.weight_decay, PAPER.jitter, PAPER.smoothing, PAPER.patience, PAPER.clip_norm]
    assert added == [0] * 6
    assert sum((PAPER.balance, PAPER.frozen_trunk, PAPER.half)) == 0
    assert PAPER.layer_decay == PAPER.accumulate == PAPER.blend == 1


def changed(name: str, value: float) -> Recipe:
    values: dict[str, Any] = {name: value}
    return replace(PAPER, **values)


@pytest.mark.parametrize("name", LIMITS)
def test_numbers_that_make_no_recipe_are_refused_by_name(name: str) -> None:
    lowest, highest = LIMITS[name]
    assert getattr(changed(name, highest), name) == highest
    for value in (lowest - 1, highest + 1, math.nan):
        with pytest.raises(ValueError, match=name):
            changed(name, value)


def test_the_recipes_have_names() -> None:
    assert set(RECIPES) == {"paper", "small"}
