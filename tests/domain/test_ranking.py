"""The area under the curve, which training and evaluation share."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from reviewer_app.domain.ranking import area_under_curve


@given(st.data())
def test_the_area_under_the_curve_equals_scikit_learn_s(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 40))
    positive = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    positive[:2] = True, False
    # Few distinct values, so that ties are common.
    scores = np.array(data.draw(st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9]), min_size=n, max_size=n)))
    assert area_under_curve(scores, positive) == pytest.approx(roc_auc_score(positive, scores))


@pytest.mark.parametrize("kind", [True, False])
def test_one_kind_has_no_area_under_the_curve(kind: bool) -> None:
    assert math.isnan(area_under_curve(np.array([0.1, 0.2]), np.array([kind, kind])))


def test_ties_count_half() -> None:
    positive = np.array([False, False, True, True])
    assert area_under_curve(np.array([0.1, 0.2, 0.3, 0.4]), positive) == 1
    assert area_under_curve(np.array([0.1, 0.4, 0.3, 0.4]), positive) == pytest.approx(0.625)
    assert area_under_curve(np.full(4, 0.5), positive) == 0.5
