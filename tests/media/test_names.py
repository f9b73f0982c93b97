from datetime import UTC, datetime

import pytest

from reviewer_app.media.names import natural_key, read_name

A_QUARTER_PAST_SIX = datetime(2026, 3, 14, 6, 15)


@pytest.mark.parametrize(
    "stem",
    [
        "VID_20260314_061500",
        "VID20260314061500",
        "20260314_061500",
        "20260314T061500",
        "2026-03-14 06.15.00",
        "2026-03-14_06-15-00",
        "WhatsApp Video 2026-03-14 at 06.15.00",
        "WhatsApp Video 2026-03-14 at 6.15.00 AM",
        "WhatsApp Video 2026-03-14 um 06.15.00",
        "CH01_20260314061500",
        "CH01_20260314061500_20260314071500",
        "signal-2026-03-14-061500",
        "WIN_20260314_06_15_00_Pro",
        "ward 3 bed 2 2026.03.14 06h15m00",
        "14.03.2026 06.15.00",
        "14-03-2026_06-15-00",
        "Infant07_14-MAR-2026_06h15m00.0000s_Video",
        "Infant07_14-MÄR-2026_06h15m00s_Video",
        "Infant07_14-MA\u0308R-2026_06h15m00s",  # as macOS spells it
        "Infant07_14-Mrz-2026_06h15m00s",
    ],
)
def test_names_of_recorders_phones_and_messengers_tell_their_time(stem: str) -> None:
    name = read_name(stem)
    assert name is not None
    assert name.has_time
    assert name.moment == A_QUARTER_PAST_SIX


@pytest.mark.parametrize(
    ("month", "number"), [("MAI", 5), ("MAY", 5), ("OKT", 10), ("OCT", 10), ("DEZ", 12), ("DEC", 12)]
)
def test_months_are_read_in_english_and_german(month: str, number: int) -> None:
    name = read_name(f"p_02-{month}-2026_23h59m58.5000s_Video")
    assert name is not None
    assert name.moment == datetime(2026, number, 2, 23, 59, 58, 500_000)


def test_the_edf_convention_names_patient_start_and_exact_time() -> None:
    name = read_name("Infant_07_14-MAR-2026_06h15m00.2500s_Video")
    assert name is not None
    assert (name.patient, name.states_start, name.resolution) == ("Infant_07", True, 0.0001)


def test_an_afternoon_is_not_taken_for_a_morning() -> None:
    name = read_name("Screen Recording 2026-03-14 at 6.15.00 PM")
    assert name is not None
    assert name.moment.hour == 18


def test_pixel_phones_name_their_files_in_utc() -> None:
    name = read_name("PXL_20260314_061500123")
    assert name is not None
    assert name.moment == datetime(2026, 3, 14, 6, 15, 0, 123_000, tzinfo=UTC)
    assert name.resolution == pytest.approx(0.001)


def test_a_name_may_hold_a_day_without_a_time() -> None:
    name = read_name("IMG-20260314-WA0001")
    assert name is not None
    assert not name.has_time
    assert name.moment == datetime(2026, 3, 14)


@pytest.mark.parametrize(
    "stem",
    [
        "camera1",
        "20261341_061500",
        "19040101_000000",
        "p_31-FOO-2026_01h00m00s",
        "12345678901234567890",
        "04-03-2026_06-15-00",
    ],
)
def test_digits_that_only_look_like_a_date_are_no_date(stem: str) -> None:
    assert read_name(stem) is None


def test_part_ten_comes_after_part_nine() -> None:
    assert sorted(["part10.mp4", "Part9.mp4", "part1.mp4"], key=natural_key) == ["part1.mp4", "Part9.mp4", "part10.mp4"]
