import pytest

from reviewer_app.domain.annotation import Rater
from reviewer_app.errors import StoreError
from reviewer_app.store import raters
from reviewer_app.store.library import Library


def test_raters_keep_their_order_and_their_ids(library: Library) -> None:
    anna, ben = raters.add(library, " Anna  B. "), raters.add(library, "Ben")
    assert raters.all_raters(library) == (anna, ben) == (Rater(1, "Anna B."), Rater(2, "Ben"))
    assert raters.rename(library, anna.rater_id, "AB") == Rater(1, "AB")
    assert raters.all_raters(library) == (Rater(1, "AB"), ben)


def test_two_raters_cannot_be_taken_for_one_another(library: Library) -> None:
    anna, ben = raters.add(library, "Anna"), raters.add(library, "Ben")
    with pytest.raises(StoreError, match=r'NOT SAVED\. There is a rater "ANNA" already'):
        raters.add(library, "ANNA")
    with pytest.raises(StoreError, match="already"):
        raters.rename(library, ben.rater_id, "anna")
    assert raters.rename(library, anna.rater_id, "ANNA").name == "ANNA"


def test_a_rater_has_a_name_and_is_known(library: Library) -> None:
    with pytest.raises(StoreError, match="needs a name"):
        raters.add(library, "  ")
    with pytest.raises(StoreError, match="knows no rater 3"):
        raters.rename(library, 3, "Anna")
