"""How long a review takes is told in the unit in which people think of it."""

import pytest

from reviewer_app.gui.triage.words import watching_text

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0.0, "0 min"),
        (0.5, "0.5 min"),
        (9.94, "9.9 min"),
        (9.96, "10 min"),
        (119.4, "119 min"),
        (120.0, "2.0 h"),
        (2000.0, "33 h"),
        (599.0, "10.0 h"),
    ],
)
def test_minutes_become_hours_from_two_on(minutes: float, told: str) -> None:
    assert watching_text(minutes) == told.replace(" ", "\u00a0"), "kept on one line"
