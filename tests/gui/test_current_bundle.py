"""Which bundle a scan in the window begins with: the one promoted in the library, where it is on this computer."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.jobs.message import BundleFacts
from reviewer_app.store import promotions
from reviewer_app.store.promotions import Decision, Promotion
from tests.gui.desks import session_in
from tests.journeys.stage import fill, place_in

WARD = BundleFacts("ward", Path("/own/ward"), "w" * 64)
PROMOTED = Promotion(Decision.PROMOTE, WARD.identity, "ward", "s" * 64, "starter", WARD.identity, "{}")


@pytest.fixture
def number(tmp_path: Path) -> int:
    return fill(place_in(tmp_path))


def test_the_promoted_bundle_goes_before_that_of_the_settings(tmp_path: Path, number: int, qtbot: QtBot) -> None:
    with session_in(tmp_path) as (session, _):
        default = session.default_bundle
        assert session.current_bundle("P7") == default
        promotions.append(session.desk.library, PROMOTED)
        assert session.current_bundle("P7") == default  # it is not on this computer
        session.desk.bundles = {WARD.identity: WARD}
        assert session.current_bundle("P7") == "ward"
