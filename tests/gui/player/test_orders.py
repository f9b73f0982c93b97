"""Wishes that came while the thread was busy become one, and the newest counts."""

import time
from threading import Timer

from reviewer_app.gui.player.orders import Orders


def test_the_latest_seek_wins_and_makes_the_search_before_pointless() -> None:
    orders = Orders()
    before = orders.serial
    for second in (1.0, 2.0, 3.0):
        orders.seek(second, asked_at=second)
    wish = orders.take(patience=0.0)
    assert wish is not None
    assert (wish.seek, wish.asked_at) == (3.0, 3.0)
    assert orders.serial != before
    assert orders.take(patience=0.0) is None


def test_steps_add_up_and_end_playing() -> None:
    orders = Orders()
    orders.play(1.0, until=9.0)
    for count in (1, 1, -1, 1):
        orders.step(count, asked_at=1.0)
    wish = orders.take(patience=0.0)
    assert wish is not None
    assert (wish.steps, wish.rate) == (2, 0.0)


def test_another_film_forgets_what_was_asked_of_the_one_before_but_not_the_room() -> None:
    orders = Orders()
    orders.fill((640, 480))
    orders.seek(5.0, asked_at=1.0)
    orders.look_into(None)
    wish = orders.take(patience=0.0)
    assert wish is not None
    assert wish.film_changed
    assert (wish.seek, wish.box) == (None, (640, 480))


def test_who_waits_is_woken() -> None:
    orders = Orders()
    timer = Timer(0.05, orders.pause)
    timer.start()
    began = time.monotonic()
    wish = orders.take(patience=5.0)
    assert wish is not None
    assert time.monotonic() - began < 2.0
    timer.join()
