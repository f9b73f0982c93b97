"""Which candidate comes next: in order of time, or in the order that the list was put into.

Who sorts the list by score works down the list; a key that jumped through the night instead would lose the place. What
the list leaves out counts all the same: a filter that somebody forgot must not hide flags from the keys.
"""

from collections.abc import Callable, Iterable, Sequence

from reviewer_app.domain.triage import Candidate, Seek, neighbour

Ranking = Callable[[Iterable[Candidate]], Sequence[Candidate]]
"""Puts candidates, which come in order of time, into another order."""


def ahead(
    candidates: Sequence[Candidate], seek: Seek, *, current: Candidate | None, time: float, ranking: Ranking | None
) -> Candidate | None:
    """The candidate that is sought; None where there is none.

    Args:
        candidates: All of them, in order of time.
        seek: What is sought; a cluster is always sought in order of time.
        current: The selected one; without it a ranking is gone through from its first.
        time: The second from which to seek in order of time.
        ranking: The order to go through; None goes through time.
    """
    if ranking is None or seek is Seek.CLUSTER:
        return neighbour(candidates, seek, current=current, time=time)
    ranked = ranking(candidates)
    place = next((i for i, each in enumerate(ranked) if current is not None and each.key == current.key), None)
    if seek is Seek.PREVIOUS:
        return ranked[place - 1] if place else None
    behind = ranked[0 if place is None else place + 1 :]
    return next((each for each in behind if seek is Seek.NEXT or (each.is_flag and each.own is None)), None)
