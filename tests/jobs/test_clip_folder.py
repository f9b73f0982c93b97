from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

import pytest

from reviewer_app.domain.snapshot import Role
from reviewer_app.errors import MediaError, RequestError
from reviewer_app.jobs.clip_folder import read_clips
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.learn_request import MakeSnapshot, RemakeSnapshot, SnapshotFacts
from reviewer_app.jobs.message import Message, Remark
from reviewer_app.jobs.request import Asks, LibraryPlace
from reviewer_app.jobs.run import run_job
from tests.media_maker import Film, make_film

HEADER = "file,patient,healthy\n"
TABLE = HEADER + "spasm/a.mp4,P1,no\nnot_spasm/b.mp4,P1,\nnot_spasm/c.mp4,H1,yes\n"


def clip(folder: Path, name: str, *, number: int = 0, frames: int = 50, width: int = 128) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return make_film(path, Film(frames=frames, fps=10, first_number=number, width=width))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A spasm and its absence of one patient, and a healthy one."""
    for number, name in enumerate(("spasm/a.mp4", "not_spasm/b.mp4", "not_spasm/c.mp4")):
        clip(tmp_path / "clips", name, number=100 * number)
    (tmp_path / "clips" / "patients.csv").write_text(TABLE)
    return tmp_path / "clips"


@pytest.fixture
def place(tmp_path: Path) -> LibraryPlace:
    return LibraryPlace(tmp_path / "library", tmp_path / "keys")


def read(folder: Path) -> tuple[Sequence[tuple[str, str, bool]], str]:
    """Files, patients and who is healthy; and the remarks."""
    job = read_clips(folder)
    remarks: list[str] = []
    while True:
        try:
            message = next(job)
        except StopIteration as stop:
            return [(each.file.name, each.patient, each.healthy) for each in stop.value], " ".join(remarks)
        if isinstance(message, Remark):
            remarks.append(message.text)


def answer(request: Asks[SnapshotFacts] | Asks[bool]) -> tuple[object, list[Message]]:
    job, messages = run_job(request, Control(get_context("spawn"))), []
    while True:
        try:
            messages.append(next(job))
        except StopIteration as stop:
            return stop.value, messages


def test_a_folder_of_clips_makes_a_snapshot_by_patient(folder: Path, place: LibraryPlace) -> None:
    made, _ = answer(MakeSnapshot(place, clips=folder))
    assert isinstance(made, SnapshotFacts)
    snapshot = made.snapshot
    assert [(each.start, each.target) for each in snapshot.windows] == [(0.0, 1.0), (0.0, 0.0), (0.0, 0.0)]
    files = [snapshot.sources[each.source].file for each in snapshot.windows]
    assert files == [folder / "spasm/a.mp4", folder / "not_spasm/b.mp4", folder / "not_spasm/c.mp4"]
    assert snapshot.roles == (("H1", Role.TRAIN), ("P1", Role.TRAIN))
    assert {each.camera for each in snapshot.sources} == {"128x96 h264"}
    assert all(each.head == "" for each in snapshot.sources)


def test_a_snapshot_of_clips_is_made_again_only_from_the_same_files(folder: Path, place: LibraryPlace) -> None:
    made, _ = answer(MakeSnapshot(place, clips=folder))
    assert isinstance(made, SnapshotFacts)
    assert answer(RemakeSnapshot(place, made.identity))[0] is True
    clip(folder, "spasm/a.mp4", number=900)
    same, messages = answer(RemakeSnapshot(place, made.identity))
    assert same is False
    assert any("1 clip file changed since then" in each.text for each in messages if isinstance(each, Remark))
    (folder / "spasm/a.mp4").unlink()
    with pytest.raises(MediaError, match=r"a\.mp4"):
        answer(RemakeSnapshot(place, made.identity))


def test_what_is_no_clip_of_5_seconds_is_named_and_left_out(folder: Path) -> None:
    clip(folder, "spasm/long.mp4", frames=120, number=300)
    clip(folder, "spasm/short.mp4", frames=20, number=500)
    more = "spasm/long.mp4,P1,no\nspasm/short.mp4,P1,no\nspasm\\gone.mp4,P1,no\n"
    (folder / "patients.csv").write_text(TABLE + more)
    (folder / "spasm" / ".hidden").write_text("")
    found, remarks = read(folder)
    assert found == [("a.mp4", "P1", False), ("b.mp4", "P1", False), ("c.mp4", "H1", True)]
    assert "long.mp4 lasts 12.0 s" in remarks
    assert "short.mp4 lasts 2.0 s" in remarks
    assert "patients.csv names 1 file not in the folder, among them spasm/gone.mp4" in remarks


def test_one_clip_twice_is_taken_once_and_never_of_two_patients_or_with_two_labels(folder: Path) -> None:
    content = (folder / "spasm/a.mp4").read_bytes()
    (folder / "spasm/twin.mp4").write_bytes(content)
    table = folder / "patients.csv"
    table.write_text(TABLE + "spasm/twin.mp4,P1,no\n")
    found, remarks = read(folder)
    assert [name for name, _, _ in found] == ["a.mp4", "b.mp4", "c.mp4"]
    assert "twin.mp4 is the same clip as another one" in remarks
    table.write_text(TABLE + "spasm/twin.mp4,P2,no\n")
    with pytest.raises(RequestError, match=r"a\.mp4 and twin\.mp4 are the same clip, but of two patients"):
        read(folder)
    (folder / "spasm/twin.mp4").rename(folder / "not_spasm/twin.mp4")
    table.write_text(TABLE + "not_spasm/twin.mp4,P1,no\n")
    with pytest.raises(RequestError, match="two labels"):
        read(folder)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (HEADER + "spasm/a.mp4,P1,no\nnot_spasm/b.mp4,P1,no\n", r"does not say whose clip not_spasm/c\.mp4 is"),
        (TABLE.replace("a.mp4,P1,no", "a.mp4,P1,yes"), "shows a spasm, but patients.csv calls its patient healthy"),
        (TABLE.replace("b.mp4,P1,", "b.mp4,,"), "Row 3 .* needs a file, its patient"),
        (TABLE.replace("c.mp4,H1,yes", "c.mp4,H1,perhaps"), "Row 4 .* yes or no"),
        (TABLE + "spasm/a.mp4,P2,no\n", "Row 5 .* says of spasm/a.mp4 what another row says otherwise"),
        ("name,child\nx,y\n", "Row 2"),
    ],
)
def test_a_table_that_leaves_a_patient_open_is_refused(folder: Path, table: str, sentence: str) -> None:
    (folder / "patients.csv").write_text(table)
    with pytest.raises(RequestError, match=sentence):
        read(folder)


def test_a_folder_without_a_table_or_clips_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"cannot be read .*a table with the columns file, patient and healthy"):
        read(tmp_path / "none")
    (tmp_path / "patients.csv").write_text(TABLE)
    with pytest.raises(RequestError, match="holds no clips"):
        read(tmp_path)
    (folder / "patients.csv").write_bytes(b"file,patient\n\xff\xfe,1\n")
    with pytest.raises(RequestError, match="UTF-8"):
        read(folder)
    (tmp_path / "spasm").write_text("no folder")
    with pytest.raises(RequestError, match="spasm cannot be read"):
        read(tmp_path)
