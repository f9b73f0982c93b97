"""Makes the saved library of this schema: ``python -m tests.store.saved``, once, before a new revision is released.

``tests/store/libraries`` keeps one database for each revision that was ever released; all must open in the newest.
"""

import json
import shutil
import tempfile
import unittest.mock
from dataclasses import replace
from pathlib import Path

import numpy as np
from sqlalchemy import insert

from reviewer_app.domain.annotation import Arousal, Form, Label, Semiology, Side
from reviewer_app.domain.clip import Crop
from reviewer_app.domain.ledger import reversal
from reviewer_app.domain.snapshot import LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import Interval
from reviewer_app.store import ledger, queue, raters, snapshots, traces
from reviewer_app.store import library as library_module
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from reviewer_app.store.schema import SCHEMA, adaptations, promotions
from tests.store import examples, sayings

FOLDER = Path(__file__).parent / "libraries"
KEY = b"not a secret, only for the tests"
LIBRARY_ID = "0123456789abcdef"


SAID = sayings.statement(10, 12.5, note="=1+1", said=Semiology(Form.MIXED, Side.LEFT, Arousal.ASLEEP, cry=True))
"""What Anna says in every saved library from schema 2 on; Ben says that it is none."""

SNAPSHOT = Snapshot(
    SnapshotRules(seed=5),
    (
        SnapshotSource(
            "P7",
            examples.night().identity,
            "d" * 64,
            Crop(0.1, 0.2, 0.8, 0.9),
            left_out=(Interval(60, 70),),
            camera="640x480 h264",
        ),
        SnapshotSource("P8", "7-" + "f" * 16, "", healthy=True, file=Path("/clips/not_spasm/one.mp4")),
    ),
    (
        LabelledWindow(0, 7.5, 1.0, onsets=(10.0,), side=Side.LEFT, annotations=("a" * 32,)),
        LabelledWindow(0, 15.0, 0.0),
        LabelledWindow(1, 0.0, 0.0),
    ),
    (("P7", Role.HELD_OUT), ("P8", Role.TRAIN)),
    ("Only 2 patients.",),
)
"""What a training could have read, in every saved library from schema 3 on."""

PROMOTION = {
    "action": "promote",
    "bundle": "b" * 64,
    "bundle_name": "ward 3",
    "replaced": "a" * 64,
    "replaced_name": "starter",
    "candidate": "b" * 64,
    "facts": '{"patients": 2}',
    "rater": 1,
    "made_at": sayings.WHEN,
}
"""Which bundle became current in every saved library from schema 3 on; Anna saw to it."""

ADAPTATION = {
    "trace": 2,
    "head": np.arange(examples.FEATURES + 1, dtype="<f8").tobytes(),
    "scores": np.linspace(0, 1, 20, dtype="<f4").tobytes(),
    "deviations": np.linspace(1, 2, 20, dtype="<f4").tobytes(),
    "facts": '{"verdicts": 5}',
    "ledger_head": "d" * 64,
    "made_at": sayings.WHEN,
}
"""A head fitted to the night, in every saved library from schema 3 on."""


class FixedKey:
    """The key of all saved libraries, which anyone may know."""

    def get(self, library_id: str) -> bytes:
        return KEY

    def put(self, library_id: str, key: bytes) -> None:
        raise AssertionError("a saved library has its key")


def put_down(saved: Path, folder: Path) -> Path:
    """Lays a saved database into a folder, where it can be opened with ``FixedKey``."""
    folder.mkdir()
    shutil.copy(saved, folder / "library.db")
    (folder / "library.json").write_text(json.dumps({"library": LIBRARY_ID}))
    return folder


def fill(library: Library) -> None:
    """A night with two traces, one of them half scanned, what two raters said of it, and what was learned from it."""
    half = examples.begin(library, windows=100)
    traces.append(library, half, examples.chunk(0, 40))
    traces.append(library, half, examples.chunk(90, 10, state=WindowState.UNDECODABLE))
    traces.add_skip(library, half, Interval(40, 45), "crash")
    whole = examples.begin(library, windows=20, bundle="d")
    traces.append(library, whole, examples.chunk(0, 20))
    anna, ben = raters.add(library, "Anna"), raters.add(library, "Ben")
    spasm = sayings.made(SAID)
    sayings.told(library, 1, anna, spasm, sayings.covered(0, 30, played=True))
    unsure = sayings.told(library, 1, anna, sayings.changed(spasm, replace(SAID, label=Label.UNSURE)))
    sayings.told(library, 1, ben, sayings.made(replace(SAID, label=Label.NOT_SPASM)))
    ledger.append(library, 1, reversal(unsure, made_at=sayings.WHEN))
    queue.put(library, "scan", '{"recording": 1}', 1.0)
    snapshots.put(library, SNAPSHOT, name="first")
    with library.atomic() as connection:
        connection.execute(insert(promotions).values(PROMOTION))
        connection.execute(insert(adaptations).values(ADAPTATION))


def save() -> None:
    """Writes the file of this release."""
    with (
        tempfile.TemporaryDirectory() as there,
        unittest.mock.patch.object(library_module, "new_key", return_value=KEY),
    ):
        with Library.open(Path(there) / "library", keys=KeyFile(Path(there) / "library.key")) as library:
            fill(library)
        shutil.copy(Path(there) / "library" / "library.db", FOLDER / f"{SCHEMA:04}.db")


if __name__ == "__main__":
    save()
