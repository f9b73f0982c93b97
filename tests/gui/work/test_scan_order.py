from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reviewer_app.domain.clip import Crop
from reviewer_app.errors import StoreError
from reviewer_app.gui.work.scan_order import ScanOrder
from tests.gui.work.queues import terms_in

FULL = ScanOrder(
    "Nächte",
    (Path("/a/ö.mp4"), Path("/b")),
    "tiny",
    stride=5,
    crop=Crop(0.1, 0.2, 0.3, 0.4),
    patient="P7",
    start=datetime(2026, 3, 28, 22, tzinfo=ZoneInfo("Europe/Berlin")),
    number=4,
)


@pytest.mark.parametrize("order", [FULL, ScanOrder("plain", (Path("x"),), "starter")])
def test_an_order_comes_back_from_its_json(order: ScanOrder) -> None:
    assert ScanOrder.from_json(order.to_json()) == order


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"title": 1}', FULL.to_json().replace("0.1", "7")])
def test_a_damaged_order_is_refused_in_words(text: str) -> None:
    with pytest.raises(StoreError, match="order it anew"):
        ScanOrder.from_json(text)


def test_the_request_says_what_the_order_says(tmp_path: Path) -> None:
    terms = terms_in(tmp_path)
    request = FULL.request(terms)
    assert (request.paths, request.stride, request.crop) == (FULL.paths, 5, FULL.crop)
    assert (request.patient, request.start, request.bundle) == ("P7", FULL.start, "tiny")
    assert request.library is terms.library
    assert request.library.held
