import csv
import json
from pathlib import Path

from reviewer_app.domain.notice import RESEARCH_NOTICE, STARTER_NOTICE
from tests.cli.conftest import Command, refused
from tests.conftest import FilmMaker


def test_a_scan_shows_its_report_writes_its_files_and_can_be_listed_again(
    command: Command, film: FilmMaker, bundles: Path, tmp_path: Path
) -> None:
    path, to = film("night.mp4", frames=300), tmp_path / "out"
    done = command("scan", path, "--bundle", bundles / "tiny", "--to", to, "--threads", 1)
    assert done.returncode == 0, done.stderr
    assert RESEARCH_NOTICE in done.stdout
    assert "Random weights." in done.stdout
    names = {each.name for each in to.iterdir()}
    assert names == {"report.html", "timeline.png", "trace.csv", "events.csv", "events.tsv", "events.json"}
    lines = (to / "trace.csv").read_text().splitlines()
    rows = list(csv.DictReader(lines[1:]))
    assert all(row["state"] == "scored" for row in rows)
    assert RESEARCH_NOTICE in (to / "report.html").read_text()
    again = command("events", "--json")
    assert again.returncode == 0, again.stderr
    (report,) = json.loads(again.stdout)
    assert report["notice"] == RESEARCH_NOTICE
    assert report["coverage"]["complete"] is True


def test_an_unreadable_stretch_is_told_by_the_exit_code(command: Command, film: FilmMaker, bundles: Path) -> None:
    path = film("night.mp4", frames=600, fps=15, muxer={"movflags": "faststart"})
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    done = command("scan", path, "--bundle", bundles / "tiny", "--json", "--threads", 1)
    assert done.returncode == 6, done.stderr
    coverage = json.loads(done.stdout)["coverage"]
    assert coverage["finished"]
    assert not coverage["complete"]
    assert coverage["undecodable"]


def test_refusals_are_one_sentence_with_the_code_of_their_kind(
    command: Command, film: FilmMaker, bundles: Path, tmp_path: Path
) -> None:
    path = film("night.mp4", frames=100)
    (tmp_path / "list.mp4").write_text("#EXTM3U\nhttp://127.0.0.1:9/film.mp4\n")
    tiny = bundles / "tiny"
    assert "list" in refused(command("scan", tmp_path / "list.mp4", "--bundle", tiny), 3)
    assert "no file" in refused(command("scan", tmp_path / "none.mp4", "--bundle", tiny), 3)
    assert "stride" in refused(command("scan", path, "--stride", -1), 2)
    assert "crop" in refused(command("scan", path, "--crop", "0.5,0,0.1,1"), 2)
    assert "device" in refused(command("scan", path, "--device", "abacus"), 2)
    assert "unknown" in refused(command("scan", path, "--bundle", "unknown"), 5)
    assert "cannot be written" in refused(command("scan", path, "--bundle", tiny, "--to", path / "below"), 2)


def test_a_library_that_is_no_library_is_refused_untouched(
    command: Command, film: FilmMaker, bundles: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    library.mkdir()
    database = library / "library.db"
    database.write_bytes(b"something else entirely" * 300)
    before = database.read_bytes()
    refused(command("scan", film(frames=100), "--bundle", bundles / "tiny", "--library", library), 4)
    assert database.read_bytes() == before


def test_settings_without_sense_are_named(command: Command, tmp_path: Path) -> None:
    settings = tmp_path / "home" / "xdg_config_home" / "spasm-reviewer" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("stride = 'wide'\n")
    assert "settings.toml" in refused(command("events"), 2)


def test_unknown_words_and_help_are_typers_own(command: Command) -> None:
    assert command("--help").returncode == 0
    assert command("scan").returncode == 2
    assert command("fly").returncode == 2
    for words in (("scan",), ("demo",), ("bundle", "fetch"), ("bench", "scan"), ("doctor",), ("phantom",)):
        shown = command(*words, "--help")
        assert shown.returncode == 0
        assert "Usage" in shown.stdout


def test_the_doctor_looks_at_everything_and_names_the_library(command: Command, bundles: Path) -> None:
    done = command("doctor", "--json")
    found = {each["what"].split()[0]: each for each in json.loads(done.stdout)}
    assert {"Python", "codecs", "window", "library", "disk"} <= set(found)
    assert found["codecs"]["fine"]
    assert done.returncode == (0 if all(each["fine"] for each in found.values()) else 1)


def test_bundles_are_listed_shown_and_verified(command: Command, bundles: Path) -> None:
    shown = command("bundle", "show", bundles / "tiny")
    assert RESEARCH_NOTICE in shown.stdout
    verified = command("bundle", "verify", bundles / "tiny", "--json")
    assert json.loads(verified.stdout)["name"] == "tiny"
    listed = command("bundle", "list", "--json")
    assert listed.returncode == 0
    assert isinstance(json.loads(listed.stdout), list)


def test_fetching_needs_a_known_name(command: Command) -> None:
    assert "hiera-base-k400" in refused(command("bundle", "fetch", "hiera-of-dreams"), 2)


def test_importing_a_pickle_is_refused_unread(command: Command, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    pickle = tmp_path / "hiera.pth"
    pickle.write_bytes(f"cos\nsystem\n(S'touch {marker}'\ntR.".encode())
    refused(command("bundle", "import", pickle), 5)
    assert not marker.exists()


def test_a_lost_key_is_restored_by_the_recovery_key(
    command: Command, film: FilmMaker, bundles: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    words = ("--library", library)
    command("scan", film(frames=100), "--bundle", bundles / "tiny", "--threads", 1, *words)
    key = command("library", "key", *words).stdout.strip()
    (keys,) = (tmp_path / "home").rglob("library.key")
    keys.unlink()
    assert "library recover" in refused(command("events", *words), 4)
    assert "mistyped" in refused(command("library", "recover", *words, written=f"{key[:-3]}QQQ\n"), 4)
    restored = command("library", "recover", *words, written=f"{key.lower()}\n")
    assert restored.returncode == 0, restored.stderr
    assert command("events", *words).returncode == 0


def test_a_damaged_library_is_restored_from_its_backup(
    command: Command, film: FilmMaker, bundles: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    words = ("--library", library)
    assert "no backup" in refused(command("library", "restore", *words), 2)
    command("scan", film(frames=100), "--bundle", bundles / "tiny", "--threads", 1, *words)
    before = command("events", *words).stdout
    made = command("library", "back-up", *words).stdout.strip()
    listed = command("library", "backups", *words)
    assert listed.stdout.split()[-1] == made, listed.stderr
    whole = bytearray((library / "library.db").read_bytes())
    whole[4096 * 3 : 4096 * 9] = bytes(4096 * 6)
    (library / "library.db").write_bytes(whole)
    assert "library restore" in refused(command("events", *words), 4)
    restored = command("library", "restore", *words)
    assert str(library / "set-aside") in restored.stdout, restored.stderr
    assert command("events", *words).stdout == before


def test_the_demo_scans_its_recording_with_the_starter_and_says_where_everything_is(
    command: Command, film: FilmMaker, tmp_path: Path
) -> None:
    # Drawing the real one takes minutes; tests/jobs/test_phantom.py draws a short one.
    recording = tmp_path / "home" / "xdg_cache_home" / "spasm-reviewer" / "demo-7"
    recording.mkdir(parents=True)
    film("night.mp4", frames=200).rename(recording / "night.mp4")
    (recording / "complete").touch()
    done = command("demo", "--to", tmp_path / "demo")
    assert done.returncode == 0, done.stderr
    assert STARTER_NOTICE.split(";")[0] in done.stdout
    assert str(tmp_path / "demo" / "report.html") in done.stderr
    assert str(recording) in done.stderr
