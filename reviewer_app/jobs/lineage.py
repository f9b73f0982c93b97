"""Which patients a bundle, or one that it was made from, has learned from: they can never show how good it is."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from reviewer_app.domain.roles import patient_key
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
    personal: str = ""  # the patient, where its own training had one alone
    held_since: Mapping[str, float] = field(default_factory=dict)  # recording's identity -> second; see learned_until

    @property
    def patients(self) -> frozenset[str]:
        """Everybody that anything was fitted to."""
        return frozenset(
            patient for each in self.snapshots for patient, role in each.roles if role is not Role.HELD_OUT
        )

    def learned_until(self, library: Library, patient: str) -> datetime | None:
        """The wall clock at the end of the last window of a patient that weights were fitted to; None without any.

        Where a training of one patient kept that patient's later time for validation, its manifest says since when.
        """
        ends: dict[str, float] = {}  # recording's identity -> recording second
        for snapshot in self.snapshots:
            for window in snapshot.windows:
                source = snapshot.sources[window.source]
                mine = patient_key(source.patient) == patient_key(patient)
                if mine and window.start < self.held_since.get(source.identity, math.inf):
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
    found = tuple(known[each] for each in named if each in known)
    data, since = training.get("data"), training.get("validated_since")
    own = known.get(str(data.get("snapshot"))) if isinstance(data, Mapping) else None
    learned = {patient for patient, role in own.roles if role is not Role.HELD_OUT} if own else set()
    return Lineage(
        found,
        unknown=len(named) - len(found),
        personal=learned.pop() if len(learned) == 1 else "",
        # An ancestor that learned from the same windows kept none of them back.
        held_since={key: float(value) for key, value in since.items() if isinstance(value, int | float)}
        if isinstance(since, Mapping) and len(found) == 1
        else {},
    )


def _named(training: Mapping[str, Any]) -> Iterator[str]:
    """Identities of the snapshots of a bundle and its ancestors."""
    ancestors = training.get("ancestors")
    for told in (training.get("data"), *(ancestors if isinstance(ancestors, list) else ())):
        if isinstance(told, Mapping) and told.get("snapshot"):
            yield str(told["snapshot"])
