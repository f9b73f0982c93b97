"""What is said of an adaptation: how it does, what the verdicts brought, or why it is not offered."""

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer_app.domain.adaptation import Adaptation
from reviewer_app.jobs.learn_request import Adapted


def offer_words(adapted: Adapted | Adaptation) -> str:
    """How sure it is that adapted scores do better here, or what stands against offering them."""
    if isinstance(adapted, Adaptation):
        return _better(adapted.verdicts, adapted.sureness)
    if adapted.offered:
        held = QCoreApplication.translate(
            "Adapting", "Average precision on %n later verdicts: {adapted} instead of {base}.", "", adapted.base.count
        ).format(adapted=_figure(adapted.adapted.value), base=_figure(adapted.base.value))
        return f"{_better(adapted.verdicts, adapted.sureness)} {held}"
    return _against(adapted)


def gain_words(adapted: Adapted) -> str:
    """How average precision on the same later verdicts grew with those before; empty where that is not known."""
    if not adapted.growth:
        return ""
    steps = " · ".join(
        QCoreApplication.translate("Adapting", "after {verdicts}: {precision}").format(
            verdicts=QLocale().toString(verdicts), precision=_figure(precision)
        )
        for verdicts, precision in adapted.growth
    )
    gain = QLocale().toString(adapted.gain_per_verdict, "f", 4)
    return QCoreApplication.translate(
        "Adapting",
        "Average precision on the last verdicts, by how many before them taught: {steps}. Gain per verdict: {gain}.",
    ).format(steps=steps, gain=gain)


def _better(verdicts: int, sureness: float | None) -> str:
    sentence = QCoreApplication.translate(
        "Adapting",
        "Adapted to this recording by %n verdicts of yours; {share} % sure to do better on later ones.",
        "",
        verdicts,
    )
    return sentence.format(share=_percent(sureness or 0.0))


def _against(adapted: Adapted) -> str:
    spasms, others = adapted.lacking
    if spasms or others:
        return QCoreApplication.translate(
            "Adapting",
            "Too few verdicts to test adapted scores: {spasms} more of spasms and {others} of what is none are needed.",
        ).format(spasms=QLocale().toString(spasms), others=QLocale().toString(others))
    if adapted.sureness is None:
        return QCoreApplication.translate(
            "Adapting",
            "Verdicts of both kinds are needed early and late in the recording: the later ones test adapted scores.",
        )
    return QCoreApplication.translate(
        "Adapting",
        "Not offered: on later verdicts adapted scores are only {share} % sure to do better than the bundle alone.",
    ).format(share=_percent(adapted.sureness))


def _figure(value: float | None) -> str:
    return "–" if value is None else QLocale().toString(value, "f", 2)


def _percent(share: float) -> str:
    return QLocale().toString(min(99, round(100 * share)))  # draws of a few verdicts never make anything certain
