"""A page speaks its reader's language where a translation was brought, and English elsewhere."""

from datetime import UTC, datetime

from reviewer_app.domain.phrases import ENGLISH, Phrases, counted


def test_what_has_no_translation_stays_english() -> None:
    german = Phrases("de", {"{count} spasms": "{count} Spasmen", "Sat": "Sa"})
    assert german("{count} spasms", count=3) == "3 Spasmen"
    assert german("Limits") == "Limits"
    assert ENGLISH("{count} spasms", count=3) == "3 spasms"
    assert ENGLISH("a bundle's {own} words") == "a bundle's {own} words"


def test_days_are_named_without_asking_the_system() -> None:
    moment = datetime(2026, 11, 14, tzinfo=UTC)
    assert (ENGLISH.weekday(moment), ENGLISH.month(moment)) == ("Sat", "Nov")
    assert Phrases("de", {"Sat": "Sa"}).weekday(moment) == "Sa"


def test_one_thing_is_not_told_as_many() -> None:
    assert [counted(count, "patients") for count in (0, 1, 2)] == ["0 patients", "1 patient", "2 patients"]
    assert [counted(count, "stretches", one="stretch") for count in (1, 2)] == ["1 stretch", "2 stretches"]
