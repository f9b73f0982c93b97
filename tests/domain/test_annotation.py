import pytest

from reviewer_app.domain.annotation import (
    Alteration,
    Annotation,
    Label,
    Matter,
    Rater,
    Span,
    Statement,
)
from reviewer_app.domain.window import Interval


def test_an_alteration_from_nothing_to_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="an old or a new value"):
        Alteration(Matter.ANNOTATION, "k", None, None)


def test_an_alteration_has_the_values_of_its_matter() -> None:
    with pytest.raises(ValueError, match="about reviewed has a value of another kind"):
        Alteration(Matter.REVIEWED, "k", None, Statement(Interval(1, 2), Label.SPASM))
    with pytest.raises(ValueError, match="about annotation has a value of another kind"):
        Alteration(Matter.ANNOTATION, "k", Span(Interval(1, 2)), None)


def test_an_annotation_lies_where_its_statement_does_and_says_the_same() -> None:
    annotation = Annotation("a", Rater(1, "Anna"), Statement(Interval(1, 2), Label.ARTEFACT), "2026")
    assert (annotation.interval, annotation.label) == (Interval(1, 2), Label.ARTEFACT)
