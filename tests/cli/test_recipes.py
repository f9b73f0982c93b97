import pytest

from reviewer_app.cli.recipes import chosen_recipe
from reviewer_app.domain.recipe import PAPER, SMALL, Change, Optimiser
from reviewer_app.errors import RequestError


def test_a_recipe_is_a_named_one_with_single_values_changed() -> None:
    assert chosen_recipe("paper", ()) == PAPER
    told = ("optimiser=adamw", "weight-decay=0.05", "frozen_trunk=yes", "jitter = 2", "changes=invert,flip_vertical")
    recipe = chosen_recipe("small", told, epochs=3, batch=None)
    assert (recipe.optimiser, recipe.weight_decay, recipe.frozen_trunk) == (Optimiser.ADAMW, 0.05, True)
    assert recipe.changes == (Change.INVERT, Change.FLIP_VERTICAL)
    assert (recipe.jitter, recipe.epochs, recipe.batch) == (2, 3, SMALL.batch)
    assert chosen_recipe("paper", ("changes=none",)).changes == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ("speed=3", "changes nothing.*learning_rate"),
        ("epochs", "changes nothing"),
        ("epochs=many", "'many' is no value for epochs, which is a whole number"),
        ("half=perhaps", "yes or no"),
        ("chance=often", "a number"),
        ("optimiser=sgd", "adam or adamw"),
        ("changes=shear", "none, or some of flip_vertical"),
        ("epochs=0", "epochs is 0, not 1 to 10000"),
    ],
)
def test_what_makes_no_recipe_is_refused_with_what_would(changed: str, told: str) -> None:
    with pytest.raises(RequestError, match=told):
        chosen_recipe("paper", (changed,))


def test_an_unknown_recipe_is_refused_with_those_there_are() -> None:
    with pytest.raises(RequestError, match="choose paper or small"):
        chosen_recipe("best", ())
