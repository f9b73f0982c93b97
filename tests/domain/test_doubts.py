import dataclasses
from pathlib import Path

import pytest

from reviewer_app.domain.doubts import doubts_about
from reviewer_app.domain.snapshot import LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource

FINE = Snapshot(
    SnapshotRules(),
    tuple(SnapshotSource(f"Zoe{i}", f"recording {i}", "", camera=f"{i}") for i in range(5)),
    tuple(LabelledWindow(i, start, target) for i in range(5) for start, target in ((0.0, 1.0), (10.0, 0.0))),
    (("Zoe0", Role.HELD_OUT), ("Zoe1", Role.VALIDATE), *((f"Zoe{i}", Role.TRAIN) for i in range(2, 5))),
)


def clip(source: SnapshotSource) -> SnapshotSource:
    return dataclasses.replace(source, file=Path("clips/a.mp4"))


def told(divided: int = 0, **changes: object) -> str:
    return " ".join(doubts_about(dataclasses.replace(FINE, **changes), divided=divided))  # type: ignore[arg-type]


def test_a_snapshot_without_a_fault_has_no_warning() -> None:
    assert doubts_about(FINE, divided=0) == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"windows": FINE.windows[:8]}, "Few patients (4)"),
        ({"windows": tuple(each for each in FINE.windows if each.target)}, "No window without a spasm"),
        ({"windows": tuple(each for each in FINE.windows if not each.target)}, "No window with a spasm"),
        ({"windows": ()}, "No window with a spasm"),
        ({"windows": FINE.windows[1:]}, "Of 1 patient there are windows of one kind only"),
        ({"roles": FINE.roles[1:]}, "Nobody is held out"),
        ({"roles": (FINE.roles[0], *FINE.roles[2:])}, "Nobody validates"),
        ({"roles": FINE.roles[:2]}, "Nobody trains"),
        ({"sources": (clip(FINE.sources[0]), *FINE.sources[1:])}, "Nobody who is held out has a night"),
        ({"sources": (FINE.sources[0], clip(FINE.sources[1]), *FINE.sources[2:])}, "Nobody who validates has a night"),
        (
            {"sources": tuple(dataclasses.replace(each, camera="640x480 h264") for each in FINE.sources)},
            "of one kind (640x480 h264)",
        ),
        ({"sources": (dataclasses.replace(FINE.sources[0], healthy=True), *FINE.sources[1:])}, "called healthy has"),
        ({"divided": 7}, "the raters are divided: 7 windows."),
    ],
)
def test_each_fault_is_named_in_plain_words_and_nobody_is(changes: dict[str, object], sentence: str) -> None:
    warnings = told(**changes)  # type: ignore[arg-type]
    assert sentence in warnings
    assert "Zoe" not in warnings


def test_clips_beside_a_night_are_no_fault_and_who_is_missing_is_said_once() -> None:
    assert told(sources=(*FINE.sources, clip(FINE.sources[0]), clip(FINE.sources[1]))) == ""
    assert "has a night" not in told(roles=FINE.roles[2:])


def test_cameras_that_are_not_known_and_healthy_patients_without_spasms_are_no_fault() -> None:
    healthy = (dataclasses.replace(FINE.sources[0], healthy=True), *FINE.sources[1:])
    assert told(sources=healthy, windows=FINE.windows[1:]) == ""
    assert "one kind" not in told(sources=tuple(dataclasses.replace(each, camera="") for each in FINE.sources))
