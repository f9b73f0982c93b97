import dataclasses
import json
import zlib
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text

from reviewer_app.domain.annotation import Side
from reviewer_app.domain.clip import Crop
from reviewer_app.domain.snapshot import Consensus, LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.store import raters, snapshots
from reviewer_app.store.library import Library
from reviewer_app.store.schema import promotions
from reviewer_app.store.schema import snapshots as table
from tests.store.saved import PROMOTION, SNAPSHOT

OTHER = dataclasses.replace(SNAPSHOT, rules=SnapshotRules(Consensus.ADJUDICATED, 3, 1, 2, 0.5, 9))


def refuse(library: Library, statement: str, sentence: str) -> None:
    before = everything(library)
    with pytest.raises(StoreError, match=f"NOT SAVED.*{sentence}"), library.atomic() as connection:
        connection.execute(text(statement))
    assert everything(library) == before


def everything(library: Library) -> list[object]:
    with library.reading() as connection:
        return [tuple(row) for each in (table, promotions) for row in connection.execute(select(each))]


def forge(library: Library, identity: str, content: bytes) -> None:
    with library.atomic() as connection:
        connection.execute(insert(table).values(identity=identity, name="", content=content, made_at=""))


def test_a_snapshot_comes_back_as_it_was_and_newest_first(library: Library) -> None:
    first = snapshots.put(library, SNAPSHOT, name="first")
    second = snapshots.put(library, OTHER, name="second")
    assert snapshots.all_snapshots(library) == (second, first)
    assert [first.snapshot, second.snapshot] == [SNAPSHOT, OTHER]
    assert first.number < second.number


def test_the_same_words_are_kept_once_under_their_first_name(library: Library) -> None:
    first = snapshots.put(library, SNAPSHOT, name="first")
    assert snapshots.put(library, dataclasses.replace(SNAPSHOT), name="again") == first
    assert snapshots.all_snapshots(library) == (first,)


def test_the_identity_is_the_hash_of_the_canonical_form_and_never_changes_between_releases() -> None:
    assert snapshots.canonical(SNAPSHOT) == (
        b'{"form":1,"roles":[["P7","held_out"],["P8","train"]],"rules":{"adjudicator":null,"consensus":"majority",'
        b'"negatives":4.0,"seed":5,"shifts":3,"stride":8},"sources":[{"camera":"640x480 h264","crop":[0.1,0.2,0.8,0.9],'
        b'"file":null,"head":"' + b"d" * 64 + b'","healthy":false,"identity":"'
        b"1000-aaaaaaaaaaaaaaaa+1000-AAAAAAAAAAAAAAAA"
        b'","left_out":[[60.0,70.0]],"patient":"P7"},{"camera":"","crop":null,"file":"/clips/not_spasm/one.mp4","head":'
        b'"","healthy":true,"identity":"7-ffffffffffffffff","left_out":[],"patient":"P8"}],"warnings":["Only 2 '
        b'patients."],"windows":[[0,7.5,1.0,[10.0],"left",["' + b"a" * 32 + b'"]],[0,15.0,0.0,[],null,[]],'
        b"[1,0.0,0.0,[],null,[]]]}"
    )


def test_a_number_written_as_a_whole_one_makes_no_other_snapshot() -> None:
    whole = dataclasses.replace(SNAPSHOT, rules=dataclasses.replace(SNAPSHOT.rules, negatives=4))
    assert snapshots.canonical(whole) == snapshots.canonical(SNAPSHOT)


def test_a_path_that_is_no_text_is_kept(library: Library) -> None:
    source = SnapshotSource("P", "7-f", "", file=Path("/clips/spasm/\udcff.mp4"))
    odd = Snapshot(SnapshotRules(), (source,), (LabelledWindow(0, 0.0, 1.0, side=Side.RIGHT),), (("P", Role.TRAIN),))
    snapshots.put(library, odd, name="")
    assert snapshots.all_snapshots(library)[0].snapshot == odd


def test_a_snapshot_is_found_by_the_beginning_of_its_identity(library: Library) -> None:
    kept = snapshots.put(library, SNAPSHOT, name="")
    for length in (1, 12, 64):
        assert snapshots.find(library, f" {kept.identity[:length].upper()} ") == kept
    for wrong in ("", "  ", "%", "_", "x" + kept.identity):
        with pytest.raises(StoreError, match="holds no snapshot"):
            snapshots.find(library, wrong)


def test_a_beginning_that_several_share_is_not_enough(library: Library) -> None:
    for seed in range(17):  # of 16 hex digits, two must be alike
        rules = SnapshotRules(seed=seed)
        snapshots.put(library, dataclasses.replace(SNAPSHOT, rules=rules), name="")
    begins = [each.identity[0] for each in snapshots.all_snapshots(library)]
    with pytest.raises(StoreError, match="Several"):
        snapshots.find(library, max(begins, key=begins.count))


@pytest.mark.parametrize("content", [b"no zlib", zlib.compress(b"{}")], ids=["garbage", "other content"])
def test_a_snapshot_that_is_not_what_was_kept_is_not_read(library: Library, content: bytes) -> None:
    forge(library, "0" * 64, content)
    with pytest.raises(StoreError, match="000000000000 is damaged"):
        snapshots.find(library, "0")
    with pytest.raises(StoreError, match="damaged"):
        snapshots.all_snapshots(library)


def test_a_snapshot_of_a_later_form_is_refused_in_words(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(snapshots, "FORM", 2)
        snapshots.put(library, SNAPSHOT, name="")
    with pytest.raises(StoreError, match="newer release"):
        snapshots.all_snapshots(library)


def test_an_export_names_no_patient_and_no_file(library: Library, tmp_path: Path) -> None:
    zoe = SnapshotSource("Zoe", "7-e", "", file=Path("/clips/Zoe.mp4"))
    without_role = dataclasses.replace(SNAPSHOT, sources=(*SNAPSHOT.sources, zoe))
    kept = snapshots.put(library, without_role, name="of Zoe")
    snapshots.write_snapshot(tmp_path / "out.json", kept)
    written = (tmp_path / "out.json").read_text()
    told = json.loads(written)
    for name in ("P7", "P8", "Zoe", "one.mp4"):
        assert name not in written
    assert told["identity"] == kept.identity
    assert told["roles"] == [["patient 1", "held_out"], ["patient 2", "train"]]
    assert [each["patient"] for each in told["sources"]] == ["patient 1", "patient 2", "patient 3"]
    assert len(told["windows"]) == 3
    assert "Not for diagnosis" in told["notice"]
    with pytest.raises(StoreError, match="cannot be written"):
        snapshots.write_snapshot(tmp_path / "none" / "out.json", kept)


def test_a_snapshot_is_never_changed_replaced_or_deleted(library: Library) -> None:
    snapshots.put(library, SNAPSHOT, name="")
    columns = "id, identity, name, content, made_at"
    refuse(library, "UPDATE snapshots SET name = 'better'", "never changes")
    refuse(library, "DELETE FROM snapshots", "never goes")
    refuse(library, f"INSERT OR REPLACE INTO snapshots SELECT {columns} FROM snapshots", "there already")
    other = "INSERT OR REPLACE INTO snapshots SELECT {}, name, content, made_at FROM snapshots"
    refuse(library, other.format("id, 'another'"), "there already")
    refuse(library, other.format("7, identity"), "there already")


def promote(connection: Connection, bundle: str, replaced: str) -> None:
    connection.execute(insert(promotions).values({**PROMOTION, "bundle": bundle, "replaced": replaced}))


def test_what_was_promoted_is_never_changed_replaced_or_deleted(library: Library) -> None:
    raters.add(library, "Anna")
    with library.atomic() as connection:
        promote(connection, "b", "a")
    refuse(library, "UPDATE promotions SET bundle = 'c'", "never changes")
    refuse(library, "DELETE FROM promotions", "stays so")
    again = (
        "INSERT OR REPLACE INTO promotions SELECT id, action, 'c', '', 'b', '', candidate, facts, rater, made_at "
        "FROM promotions"
    )
    refuse(library, again, "another bundle is current")


def test_a_promotion_that_replaces_what_is_not_current_is_refused(library: Library) -> None:
    raters.add(library, "Anna")
    with library.atomic() as connection:
        promote(connection, "b", "a")
        promote(connection, "c", "b")
    with pytest.raises(StoreError, match="another bundle is current by now"), library.atomic() as connection:
        promote(connection, "d", "b")
    with library.atomic() as connection:
        promote(connection, "b", "c")
    assert len(everything(library)) == 3


def test_time_left_out_and_the_crop_come_back(library: Library) -> None:
    (source, _) = snapshots.put(library, SNAPSHOT, name="").snapshot.sources
    assert (source.left_out, source.crop) == ((Interval(60, 70),), Crop(0.1, 0.2, 0.8, 0.9))
