"""Which patients a bundle, or one that it was made from, has learned from: they can never show how good it is."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from reviewer_app.domain.roles import carried_over, patient_key
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

    def patients(self, library: Library) -> frozenset[str]:
        """Keys of everybody that anything was fitted to, as they were called then and as they are today."""
        return patients_with((Role.TRAIN, Role.VALIDATE), self.snapshots, library)

    def learned_until(self, library: Library, patient: str) -> datetime | None:
        """The wall clock at the end of the last window of a patient that weights were fitted to; None without any.

        Where a training of one patient kept that patient's later time for validation, its manifest says since when. A
        recording is the patient's under the name of then or of today.
        """
        today = {each.identity: each.patient for each in recordings.summaries(library)}
        key = patient_key(patient)
        ends: dict[str, float] = {}  # recording's identity -> recording second
        for snapshot in self.snapshots:
            for window in snapshot.windows:
                source = snapshot.sources[window.source]
                mine = key in (patient_key(source.patient), patient_key(today.get(source.identity, "")))
                if mine and window.start < self.held_since.get(source.identity, math.inf):
                    ends[source.identity] = max(ends.get(source.identity, 0.0), window.start + WINDOW_SECONDS)
        moments = []
        for identity, end in ends.items():
            number = recordings.find(library, identity)
            if number is not None:
                moments.append(recordings.load(library, number).start + timedelta(seconds=end))
        return max(moments, default=None)


def patients_with(roles: Collection[Role], told: Iterable[Snapshot], library: Library) -> frozenset[str]:
    """Keys of those who had one of these roles in a snapshot, as they were called then and as they are today.

    Whoever is nobody today is left out: recordings that are not said whose they are have no patient in common.
    """
    today = [(each.identity, each.patient) for each in recordings.summaries(library)]
    found = {patient_key(patient) for past in carried_over(told, today) for patient, role in past if role in roles}
    return frozenset(found - {""})


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
