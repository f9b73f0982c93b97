"""Which of the windows without a spasm a training sees: a night has thousands, nearly all of them alike."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from statistics import fmean

from reviewer_app.domain.consensus import Agreed
from reviewer_app.domain.snapshot import LabelledWindow, SnapshotRules, SnapshotSource


def draw(
    agreed: Sequence[Agreed], sources: Sequence[SnapshotSource], rules: SnapshotRules
) -> tuple[LabelledWindow, ...]:
    """All windows with a spasm, and those drawn among the others, in order of source and time.

    Each patient gives at most ``rules.negatives`` windows without a spasm for each with one; a patient without spasms
    as many as the others do on average, and all where nobody has any. Up to half of them are windows in which somebody
    said ``not_spasm`` or ``artefact``, as that is where a model was wrong; the others are spread over the nights. The
    draw follows from the seed, the patient and the windows alone, on every machine.

    Args:
        agreed: What each recording's raters agreed on.
        sources: The recordings, in the same order.
        rules: How many, and the seed.
    """
    spasms, others = ([window for each in agreed for window in windows(each)] for windows in (_spasms, _others))
    limits = _limits(spasms, sources, rules)
    drawn = list(spasms)
    for patient, limit in limits.items():
        own = [window for window in others if sources[window.source].patient == patient]
        drawn += own if limit is None else _chosen(own, limit, sources, rules)
    return tuple(sorted(drawn, key=_place))


def _spasms(agreed: Agreed) -> Sequence[LabelledWindow]:
    return agreed.spasms


def _others(agreed: Agreed) -> Sequence[LabelledWindow]:
    return agreed.others


def _limits(
    spasms: Sequence[LabelledWindow], sources: Sequence[SnapshotSource], rules: SnapshotRules
) -> Mapping[str, int | None]:
    """How many windows without a spasm each patient gives at most; None for all."""
    counts = dict.fromkeys(sorted({each.patient for each in sources}), 0)
    for window in spasms:
        counts[sources[window.source].patient] += 1
    having = [count for count in counts.values() if count]
    if not rules.negatives or not having:
        return dict.fromkeys(counts)
    return {patient: math.ceil(rules.negatives * (count or fmean(having))) for patient, count in counts.items()}


def _chosen(
    windows: Sequence[LabelledWindow], limit: int, sources: Sequence[SnapshotSource], rules: SnapshotRules
) -> list[LabelledWindow]:
    """At most so many windows of one patient, in no order."""
    named = [window for window in windows if window.annotations]
    plain = [window for window in windows if not window.annotations]
    most = max(limit // 2, limit - len(plain))
    chosen = _spread(named, most, sources, rules)
    return chosen + _spread(plain, limit - len(chosen), sources, rules)


def _spread(
    windows: Sequence[LabelledWindow], count: int, sources: Sequence[SnapshotSource], rules: SnapshotRules
) -> list[LabelledWindow]:
    """One window of each of ``count`` equal parts of the patient's time."""
    total = len(windows)
    if total <= count:
        return list(windows)

    def lot(window: LabelledWindow) -> bytes:
        source = sources[window.source]
        text = f"{rules.seed}|{source.patient}|{source.identity}|{window.start!r}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

    parts = (windows[part * total // count : (part + 1) * total // count] for part in range(count))
    return [min(part, key=lot) for part in parts]


def _place(window: LabelledWindow) -> tuple[int, float]:
    return window.source, window.start
