"""Which patients a bundle, or one that it was made from, has learned from: they can never show how good it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reviewer_app.domain.snapshot import Role, Snapshot
from reviewer_app.domain.window import WINDOW_SECONDS
from reviewer_app.learning.bundle import Bundle
from reviewer_app.store import recordings, snapshots
from reviewer_app.store.library import Library


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a bundle's weights, temperature and operating points follow from, as far as a library knows."""

    snapshots: tuple[Snapshot, ...]  # its own and those of its ancestors
    unknown: int  # snapshots that are named and not in this library
    personal: str  # the patient, where its own training had one alone; empty otherwise

    @property
    def patients(self) -> frozenset[str]:
        """Everybody that anything was fitted to."""
        return frozenset(
            patient for each in self.snapshots for patient, role in each.roles if role is not Role.HELD_OUT
        )

    def learned_until(self, library: Library, patient: str) -> datetime | None:
        """The wall clock at the end of the last window of a patient that was learned from; None where there is none."""
        ends: dict[str, float] = {}  # recording's identity -> recording second
        for snapshot in self.snapshots:
            for window in snapshot.windows:
                source = snapshot.sources[window.source]
                if source.patient == patient:
                    ends[source.identity] = max(ends.get(source.identity, 0.0), window.start + WINDOW_SECONDS)
        moments = []
        for identity, end in ends.items():
            number = recordings.find(library, identity)
            if number is not None:
                moments.append(recordings.load(library, number).start + timedelta(seconds=end))
        return max(moments, default=None)


def lineage_of(bundle: Bundle, library: Library) -> Lineage:
    """What a bundle says of its training, looked up in the library's snapshots.

    Raises:
        StoreError: a snapshot of the library is damaged.
    """
    known = {each.identity: each.snapshot for each in snapshots.all_snapshots(library)}
    training = bundle.description.training
    named = tuple(dict.fromkeys(_named(training)))
    data = training.get("data")
    own = known.get(str(data.get("snapshot"))) if isinstance(data, Mapping) else None
    learned = {patient for patient, role in own.roles if role is not Role.HELD_OUT} if own else set()
    found = tuple(known[each] for each in named if each in known)
    return Lineage(found, len(named) - len(found), learned.pop() if len(learned) == 1 else "")


def _named(training: Mapping[str, Any]) -> Iterator[str]:
    """Identities of the snapshots of a bundle and its ancestors."""
    ancestors = training.get("ancestors")
    for told in (training.get("data"), *(ancestors if isinstance(ancestors, list) else ())):
        if isinstance(told, Mapping) and told.get("snapshot"):
            yield str(told["snapshot"])
