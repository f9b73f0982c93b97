"""The exact truth about a phantom night, written and read as BIDS events."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from reviewer_app.domain.event import CLUSTER_GAP
from reviewer_app.errors import MediaError
from reviewer_app.phantom.motion import Movement, MovementKind, Semiology
from reviewer_app.phantom.script import NightScript

CUT: Final = "cut"
"""Where one shot follows another within a file: the picture jumps, which no real camera does."""

LEAST_CLUSTER: Final = 3
"""Spasms; fewer within reach of each other are called isolated."""

_NOT_AVAILABLE: Final = "n/a"
_COLUMNS: Final = {
    "onset": {"Description": "Start on the recording's clock, gaps between files included", "Units": "s"},
    "duration": {"Description": "From onset until the body is released", "Units": "s"},
    "trial_type": {
        "Description": "What happens",
        "Levels": {
            MovementKind.SPASM.value: "An epileptic spasm",
            CUT: "Two shots meet and the picture jumps",
            **{kind.value: "A movement that is no spasm" for kind in MovementKind if kind is not MovementKind.SPASM},
        },
    },
    "semiology": {"Description": "Which way a spasm pulls the body", "Levels": {s.value: s.value for s in Semiology}},
    "strength": {"Description": "From about 0.2 (a nod, the eyes) to 1 (the whole body)"},
    "side": {"Description": "Asymmetry from -1 (the infant's left only) to 1 (right only)"},
    "cluster": {
        "Description": f"Number of the cluster, {LEAST_CLUSTER} spasms or more at most {CLUSTER_GAP:g} s apart"
    },
    "state": {"Description": "Whether the infant sleeps", "Levels": {"asleep": "asleep", "awake": "awake"}},
    "light": {"Description": "How the camera sees", "Levels": {"day": "in colour", "infrared": "by its own lamp"}},
}


@dataclass(frozen=True, slots=True)
class TruthEvent:
    """One thing that can be seen in the video."""

    onset: float  # recording seconds
    duration: float
    trial_type: str  # a movement's kind, or a cut
    semiology: Semiology | None = None  # spasms only, like the next two
    strength: float = float("nan")
    side: float = float("nan")
    cluster: int = 0  # 0 outside clusters
    asleep: bool = False
    night: bool = False

    @property
    def is_spasm(self) -> bool:
        """Whether this is what the program looks for."""
        return self.trial_type == MovementKind.SPASM


def truth_of(script: NightScript) -> tuple[TruthEvent, ...]:
    """Lists what is seen, in order; what would lie in a gap or after a cut is not."""
    events = sorted(_seen(script), key=lambda event: (event.onset, event.trial_type))
    clusters = _cluster_numbers([event.onset for event in events if event.is_spasm])
    return tuple(_numbered(event, clusters.get(event.onset, 0)) for event in events)


def _seen(script: NightScript) -> Iterator[TruthEvent]:
    for file in script.files:
        for i, take in enumerate(file.takes):
            if i:
                yield TruthEvent(take.start, 0.0, CUT, asleep=take.shot.asleep, night=take.shot.night)
            for movement in take.shot.movements:
                if movement.start < take.seconds:
                    left = take.seconds - movement.start
                    yield _event(movement, take.start, left, asleep=take.shot.asleep, night=take.shot.night)


def _event(movement: Movement, shift: float, left: float, *, asleep: bool, night: bool) -> TruthEvent:
    spasm = movement.kind is MovementKind.SPASM
    return TruthEvent(
        onset=round(shift + movement.start, 3),
        duration=round(min(movement.duration, left), 3),
        trial_type=movement.kind.value,
        semiology=(movement.semiology or Semiology.MIXED) if spasm else None,
        strength=movement.strength if spasm else float("nan"),
        side=movement.side if spasm else float("nan"),
        asleep=asleep,
        night=night,
    )


def _cluster_numbers(onsets: Iterable[float]) -> dict[float, int]:
    groups: list[list[float]] = []
    for onset in onsets:
        if groups and onset - groups[-1][-1] <= CLUSTER_GAP:
            groups[-1].append(onset)
        else:
            groups.append([onset])
    clusters = [group for group in groups if len(group) >= LEAST_CLUSTER]
    return {onset: number for number, group in enumerate(clusters, 1) for onset in group}


def _numbered(event: TruthEvent, cluster: int) -> TruthEvent:
    return replace(event, cluster=cluster) if event.is_spasm else event


def truth_path(folder: Path, patient: str) -> Path:
    """Where the truth about a patient lies, by the BIDS rules for names (no signs within a label)."""
    label = "".join(sign for sign in patient if sign.isalnum())
    return folder / f"sub-{label}_task-monitoring_events.tsv"


def write_truth(path: Path, events: Iterable[TruthEvent]) -> None:
    """Writes the table, and beside it the JSON file that explains its columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(_row(event) for event in events)
    text = json.dumps(_COLUMNS, indent=2, ensure_ascii=False)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def _row(event: TruthEvent) -> list[str]:
    spasm = event.is_spasm
    return [
        f"{event.onset:.3f}",
        f"{event.duration:.3f}",
        event.trial_type,
        event.semiology.value if event.semiology else _NOT_AVAILABLE,
        f"{event.strength:.3f}" if spasm else _NOT_AVAILABLE,
        f"{event.side:.3f}" if spasm else _NOT_AVAILABLE,
        str(event.cluster) if event.cluster else _NOT_AVAILABLE,
        "asleep" if event.asleep else "awake",
        "infrared" if event.night else "day",
    ]


def read_truth(path: Path) -> tuple[TruthEvent, ...]:
    """Reads back what ``write_truth`` wrote.

    Raises:
        MediaError: The file cannot be read or is no truth about a phantom.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t")
            if rows.fieldnames is None or not set(_COLUMNS) <= set(rows.fieldnames):
                raise MediaError(f"{path.name} lacks the columns of the truth about a phantom.")
            return tuple(_read_row(row) for row in rows)
    except OSError as error:
        raise MediaError(f"{path.name} cannot be read: {error.strerror or 'the drive gave no reason'}.") from error
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise MediaError(f"{path.name} does not hold the truth about a phantom.") from error


def _read_row(row: dict[str, str]) -> TruthEvent:
    return TruthEvent(
        onset=float(row["onset"]),
        duration=float(row["duration"]),
        trial_type=row["trial_type"],
        semiology=None if row["semiology"] == _NOT_AVAILABLE else Semiology(row["semiology"]),
        strength=_number(row["strength"]),
        side=_number(row["side"]),
        cluster=0 if row["cluster"] == _NOT_AVAILABLE else int(row["cluster"]),
        asleep=row["state"] == "asleep",
        night=row["light"] == "infrared",
    )


def _number(text: str) -> float:
    return float("nan") if text == _NOT_AVAILABLE else float(text)
