"""Notices: the sentences that a score is never shown without."""

from reviewer_app.domain.notice import RESEARCH_NOTICE, STARTER_NOTICE


def test_the_notice_says_what_the_program_is_not() -> None:
    assert RESEARCH_NOTICE == "Research use only. Not for diagnosis. Not an alarm."


def test_the_starter_does_not_claim_to_know_real_infants() -> None:
    assert "synthetic phantoms" in STARTER_NOTICE
    assert "on real infants is unknown" in STARTER_NOTICE
