"""The sentences that stand wherever a score is shown, in the person's language."""

from PySide6.QtCore import QCoreApplication

from reviewer_app.domain.notice import RESEARCH_NOTICE, STARTER_NOTICE
from reviewer_app.gui.shortcuts import QT_TRANSLATE_NOOP

# Said again word for word, because lupdate reads literals only; a test holds the two together.
SAID = (
    QT_TRANSLATE_NOOP("Notice", "Research use only. Not for diagnosis. Not an alarm."),
    QT_TRANSLATE_NOOP(
        "Notice",
        "The starter model was trained on synthetic phantoms; how it does on real infants is unknown. It is for trying the program and as a place to start from.",  # noqa: E501
    ),
)
KNOWN = (RESEARCH_NOTICE, STARTER_NOTICE)


def research_notice() -> str:
    """What is always in sight."""
    return QCoreApplication.translate("Notice", RESEARCH_NOTICE)


def bundle_notice(text: str) -> str:
    """What a bundle says of itself: translated where it is the starter's, else as it was written."""
    return QCoreApplication.translate("Notice", text) if text in KNOWN else text
