"""Errors: every one carries a sentence and an exit code that scripts can tell apart."""

from reviewer_app import errors
from reviewer_app.errors import BundleError, MediaError, RequestError, SpasmReviewerError, StoreError

KINDS = (SpasmReviewerError, RequestError, MediaError, StoreError, BundleError)


def test_the_exit_codes_are_those_documented() -> None:
    assert [kind.exit_code for kind in KINDS] == [1, 2, 3, 4, 5]


def test_every_error_is_caught_as_one_of_ours() -> None:
    assert all(issubclass(kind, SpasmReviewerError) for kind in KINDS)


def test_the_drawing_in_the_docstring_shows_every_error_with_its_code() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert set(kinds) == set(KINDS)
    for kind in KINDS[1:]:
        assert f"{kind.__name__:<15} exit {kind.exit_code}" in (errors.__doc__ or "")
