"""A recipe from a person's words: one of the named ones, with single values changed."""

from collections.abc import Sequence
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

from reviewer_app.domain.recipe import RECIPES, Change, Recipe
from reviewer_app.errors import RequestError

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def chosen_recipe(name: str, changed: Sequence[str], **given: int | float | None) -> Recipe:
    """The named recipe with what the person wants otherwise.

    Args:
        name: One of ``RECIPES``.
        changed: ``name=value`` each, names as in the recipe.
        given: Values that have options of their own; None where the option was not given.

    Raises:
        RequestError: There is no such recipe or value, or the value makes no sense.
    """
    if name not in RECIPES:
        raise RequestError(f"There is no recipe {name!r}: choose {' or '.join(RECIPES)}.")
    recipe = RECIPES[name]
    values = dict(_value(recipe, text) for text in changed)
    values |= {key: value for key, value in given.items() if value is not None}
    try:
        return replace(recipe, **values)
    except ValueError as error:
        raise RequestError(f"This makes no recipe: {error}.") from error


def _value(recipe: Recipe, text: str) -> tuple[str, Any]:
    name, sign, value = (part.strip() for part in text.partition("="))
    name = name.replace("-", "_")
    if not sign or name not in {each.name for each in fields(Recipe)}:
        known = ", ".join(each.name for each in fields(Recipe))
        raise RequestError(f"{text!r} changes nothing: give --set NAME=VALUE, with one of the names {known}.")
    try:
        return name, _read(getattr(recipe, name), value)
    except (ValueError, KeyError) as error:
        raise RequestError(f"{value!r} is no value for {name}, which is {_words(getattr(recipe, name))}.") from error


def _read(usual: object, text: str) -> object:
    """A value of the kind of the usual one."""
    match usual:
        case bool():
            return _YES_NO[text.lower()]
        case tuple():
            return tuple(Change(part.strip()) for part in text.split(",")) if text != "none" else ()
        case StrEnum() | int() | float():
            return type(usual)(text)
        case _:
            raise ValueError(text)


def _words(usual: object) -> str:
    match usual:
        case bool():
            return "yes or no"
        case tuple():
            return f"none, or some of {', '.join(Change)} with commas between them"
        case StrEnum():
            return " or ".join(type(usual))
        case int():
            return "a whole number"
        case _:
            return "a number"
