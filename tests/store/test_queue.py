import pytest

from reviewer_app.errors import StoreError
from reviewer_app.store import queue
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library


def payloads(library: Library) -> list[str]:
    return [order.payload for order in queue.waiting(library)]


def test_orders_are_done_in_the_order_in_which_they_were_put_unless_told_otherwise(library: Library) -> None:
    queue.put(library, "scan", "1")
    queue.put(library, "scan", "2")
    queue.put(library, "scan", "first", 0.0)
    queue.put(library, "scan", "beside 2", 2.0)
    assert payloads(library) == ["first", "1", "2", "beside 2"]


def test_orders_survive_the_program(library: Library, keys: KeyFile) -> None:
    number = queue.put(library, "scan", "{}")
    library.close()
    with Library.open(library.folder, keys=keys) as again:
        assert queue.waiting(again) == (queue.Order(number, "scan", "{}", 1.0),)


def test_a_person_changes_the_order_and_a_newcomer_stays_behind(library: Library) -> None:
    first, second, _ = (queue.put(library, "scan", name) for name in ("1", "2", "newcomer"))
    queue.reorder(library, [second, first])
    assert payloads(library) == ["2", "1", "newcomer"]


def test_an_order_that_is_done_meanwhile_is_not_ordered(library: Library) -> None:
    first, second = queue.put(library, "scan", "1"), queue.put(library, "scan", "2")
    queue.remove(library, first)
    queue.remove(library, first)
    with pytest.raises(StoreError, match=r"NOT SAVED\. Order 1 waits no longer"):
        queue.reorder(library, [second, first])
    assert payloads(library) == ["2"]
