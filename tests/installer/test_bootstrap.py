"""The installer: one command on a bare machine, one sentence when that cannot work."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer import bootstrap, environment, pytorch, qt_libraries
from installer.environment import Environment, InstallationError

QT_LACKS = ["libEGL.so.1", "libdbus-1.so.3", "libxcb-icccm.so.4", "libxcb-xkb.so.1"]
FILES = sorted(Path(bootstrap.__file__).parent.glob("*.py"))


@pytest.fixture
def place(tmp_path: Path) -> Environment:
    """An environment that looks installed: a python that works and a program that tells its words and ends with 7."""
    made = Environment(tmp_path / ".venv")
    made.programs.mkdir(parents=True)
    (made.folder / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    Path(made.program("python")).symlink_to(sys.executable)
    program = Path(made.program("spasm-reviewer"))
    program.write_text('#!/bin/sh\necho "asked: $*"\nexit 7\n')
    program.chmod(0o755)
    return made


@pytest.fixture
def said_to_pip(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What pip was asked, while nothing is installed."""
    asked: list[tuple[str, ...]] = []
    for module in (bootstrap, pytorch):
        monkeypatch.setattr(module, "pip", lambda _, *words: asked.append(words))
    monkeypatch.setattr(pytorch, "pair_matches", lambda _: True)
    monkeypatch.setattr(bootstrap, "make_environment", lambda _: None)
    return asked


def test_an_old_python_is_told_which_version_is_needed() -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 8, 10); runpy.run_path(sys.argv[1], run_name='__main__')"
    asked = subprocess.run(
        [sys.executable, "-c", pretend, bootstrap.__file__], capture_output=True, text=True, check=False
    )
    assert asked.returncode != 0
    assert asked.stderr.strip() == "Spasm Reviewer needs Python 3.11 or newer; this is 3.8."


def test_an_old_python_can_read_the_file_that_tells_it() -> None:
    ast.parse(Path(bootstrap.__file__).read_text(encoding="utf-8"), feature_version=(3, 8))


def test_nothing_but_the_standard_library_is_needed() -> None:
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert {module.split(".")[0] for module in modules} <= sys.stdlib_module_names | {"installer"}


def test_without_words_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main([]) == 2
    assert "installer/bootstrap.py demo" in capsys.readouterr().out


def test_the_exit_code_of_the_program_is_passed_on(
    place: Environment, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", place.folder.parent)
    monkeypatch.setattr(bootstrap, "prepare", lambda _: None)
    assert bootstrap.main(["scan", "a file.mp4", "--json"]) == 7
    assert capfd.readouterr().out == "asked: scan a file.mp4 --json\n"


def test_a_second_run_installs_nothing(
    place: Environment, said_to_pip: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.prepare(place)
    assert [words[0] for words in said_to_pip] == ["install", "install"]
    said_to_pip.clear()
    monkeypatch.setattr("subprocess.call", lambda *words, **_: pytest.fail(f"called {words}"))
    bootstrap.prepare(place)
    assert said_to_pip == []


@pytest.mark.parametrize("lost", ["python", "spasm-reviewer", "stamp"])
def test_an_environment_that_lost_something_is_repaired(
    place: Environment, said_to_pip: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.setattr(bootstrap, "make_environment", lambda _: None)
    bootstrap.prepare(place)
    said_to_pip.clear()
    (place.stamp if lost == "stamp" else Path(place.program(lost))).unlink()
    bootstrap.prepare(place)
    assert said_to_pip


def test_changed_dependencies_are_installed(
    place: Environment, said_to_pip: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.prepare(place)
    said_to_pip.clear()
    monkeypatch.setattr(bootstrap, "wanted_stamp", lambda: "of another pyproject")
    bootstrap.prepare(place)
    assert said_to_pip


def test_a_killed_installation_leaves_no_half_package(place: Environment) -> None:
    packages = place.folder / "lib" / "python3.11" / "site-packages"
    whole, half, replaced = (packages / each for each in ("whole-1.dist-info", "half-2.dist-info", "~umpy"))
    for folder in (whole, half, replaced):
        folder.mkdir()
        (folder / "METADATA").touch()
    (whole / "RECORD").touch()
    environment.discard_half_packages(place)
    assert sorted(each.name for each in packages.iterdir()) == ["whole-1.dist-info"]


def test_an_environment_that_does_not_run_is_made_anew(tmp_path: Path) -> None:
    broken = Environment(tmp_path / ".venv")
    broken.programs.mkdir(parents=True)
    Path(broken.program("python")).symlink_to(tmp_path / "python that was removed")
    (broken.folder / "left over").touch()
    environment.make_environment(broken)
    assert broken.version() == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert not (broken.folder / "left over").exists()
    (broken.folder / "kept").touch()
    environment.make_environment(broken)
    assert (broken.folder / "kept").exists()


def test_a_python_without_ensurepip_is_told_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InstallationError, match=r"sudo apt-get install python3\.\d+-venv"):
        environment.make_environment(Environment(tmp_path / ".venv"))


def test_without_a_network_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real pip, asked for a package at an address where nobody listens."""
    place = Environment(tmp_path / ".venv")
    place.folder.mkdir()
    monkeypatch.setattr(Environment, "program", lambda self, name: sys.executable)
    for variable, value in {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "1",
        "PIP_FIND_LINKS": "",
    }.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(InstallationError) as failure:
        environment.pip(place, "download", "--dest", str(tmp_path), "no-such-package-here")
    assert str(failure.value).startswith("the packages cannot be reached; connect this computer to the internet")
    assert "NewConnectionError" in place.log.read_text()


def test_a_failed_installation_ends_in_one_sentence_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: Environment) -> None:
        raise InstallationError("the disk is full.")

    monkeypatch.setattr(bootstrap, "prepare", fail)
    assert bootstrap.main(["demo"]) == 1
    assert capsys.readouterr().err == "Spasm Reviewer: the disk is full.\n"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: first\nERROR: Failed building wheel for x\n", "could not be installed (Failed building wheel for x)"),
        ("Killed", "could not be installed (pip failed)"),
        ("ERROR: No matching distribution found for x", "could not be installed (No matching distribution"),
    ],
)
def test_the_reason_of_a_failure_is_named(said: str, sentence: str) -> None:
    assert sentence in environment.reason_of_failure(said, Path("install.log"))


def test_only_large_downloads_and_the_unpacking_are_shown() -> None:
    lines = [
        "Collecting torch<2.16,>=2.9",
        "  Downloading torch-2.15.0-cp311-cp311-manylinux_2_28_x86_64.whl (539.1 MB)",
        "  Downloading https://files.example.org/packages/torch-2.15.0-cp311-none-any.whl.metadata (30 kB)",
        "Downloading filelock-4.2.11-py3-none-any.whl (16 kB)",
        "Downloading click-8.5.1-py3-none-any.whl (1.6 MB)",
        "Installing collected packages: mpmath, sympy, torch",
    ]
    assert [environment.shortened(line) for line in lines if environment.shortened(line)] == [
        "downloading torch-2.15.0 (539.1 MB)",
        "unpacking 3 packages",
    ]


@pytest.mark.parametrize(
    ("system", "nvidia", "reachable", "options"),
    [
        ("Linux", True, True, []),
        ("Linux", False, True, ["--index-url", pytorch.CPU_INDEX]),
        ("Linux", False, False, []),
        ("Windows", True, True, ["--index-url", pytorch.CUDA_INDEX]),
        ("Windows", False, True, []),
        ("Darwin", False, True, []),
    ],
)
def test_the_build_of_torch_suits_the_machine(
    system: str, nvidia: bool, reachable: bool, options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pytorch, "nvidia_seen", lambda: nvidia)
    monkeypatch.setattr(pytorch, "reachable", lambda _: reachable)
    assert pytorch.torch_source(system)[1] == options


def test_an_index_that_does_not_answer_is_not_used() -> None:
    assert not pytorch.reachable("http://127.0.0.1:9")


def test_torch_and_torchvision_are_asked_for_together(
    place: Environment, said_to_pip: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytorch.install_torch(place)
    (asked,) = said_to_pip
    assert [word.split(">")[0] for word in asked[-2:]] == ["torch", "torchvision"]


def test_a_pair_that_does_not_match_is_replaced_by_one_that_does(
    place: Environment, said_to_pip: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a folder of wheels offers a CPU-only torch and the index the ordinary torchvision."""
    packages = place.folder / "lib" / "python3.11" / "site-packages"
    (packages / "torch-2.13.0+cpu.dist-info").mkdir()
    (packages / "torchvision-0.28.0.dist-info").mkdir()
    answers = iter([False, True])
    monkeypatch.setattr(pytorch, "pair_matches", lambda _: next(answers))
    pytorch.install_torch(place)
    assert said_to_pip[1] == ("uninstall", "--yes", "torch", "torchvision")
    assert said_to_pip[2] == ("install", *pytorch.torch_requirements(), "torch!=2.13.0+cpu")


def test_a_pair_that_never_matches_is_an_error(
    place: Environment, said_to_pip: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pytorch, "pair_matches", lambda _: False)
    with pytest.raises(InstallationError, match="do not work together"):
        pytorch.install_torch(place)


def test_the_installed_torchvision_finds_its_operators() -> None:
    """The check itself, on the pair that runs these tests."""
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", pytorch.PAIR_CHECK], check=False).returncode == 0


@pytest.mark.parametrize(
    ("tool", "packages"),
    [
        ("apt-get", ["libdbus-1-3", "libegl1", "libxcb-icccm4", "libxcb-xkb1"]),
        ("pacman", ["dbus", "libglvnd", "libxcb", "xcb-util-wm"]),
        (
            "dnf",
            [
                "libEGL.so.1()(64bit)",
                "libdbus-1.so.3()(64bit)",
                "libxcb-icccm.so.4()(64bit)",
                "libxcb-xkb.so.1()(64bit)",
            ],
        ),
    ],
)
def test_a_missing_library_is_called_what_the_system_calls_it(
    tool: str, packages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name == tool else None)
    command = qt_libraries.install_command(QT_LACKS)
    assert command[0] == tool
    assert command[-len(packages) :] == packages


def test_without_leave_to_install_the_command_is_printed(
    place: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(qt_libraries, "missing_libraries", lambda _: ["libxcb-cursor.so.0"])
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    qt_libraries.provide_qt_libraries(place)
    said = capsys.readouterr()
    assert "run: sudo apt-get install --yes --no-install-recommends libxcb-cursor0" in said.err
    assert said.out == ""  # a program may be reading what the command prints


@pytest.mark.parametrize("tool", ["apt-get", "dnf", None])
def test_a_finished_installation_that_lacks_a_library_says_so_at_every_call_until_it_is_there(
    place: Environment,
    said_to_pip: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tool: str | None,
) -> None:
    missing = ["libxcb-cursor.so.0"]
    monkeypatch.setattr(qt_libraries, "missing_libraries", lambda _: missing)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name == tool else None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    bootstrap.prepare(place)
    said_to_pip.clear()
    for _ in range(2):
        capsys.readouterr()
        bootstrap.prepare(place)
        told = capsys.readouterr().err
        assert "libxcb-cursor.so.0" in told
        assert (f"run: sudo {tool} install" if tool else "install them") in told
    assert said_to_pip == []
    missing.clear()
    bootstrap.prepare(place)
    assert capsys.readouterr().err == ""


def test_on_a_finished_installation_the_administrator_of_a_debian_gets_the_library_installed(
    place: Environment,
    said_to_pip: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bootstrap.prepare(place)
    said_to_pip.clear()
    missing = ["libxcb-cursor.so.0"]
    called: list[list[str]] = []

    def call(words: list[str], **_: object) -> int:
        called.append(words)
        if words[1] == "install":
            missing.clear()
        return 0

    monkeypatch.setattr(qt_libraries, "missing_libraries", lambda _: list(missing))
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("subprocess.call", call)
    for _ in range(2):
        bootstrap.prepare(place)
    assert called == [
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", "libxcb-cursor0"],
    ]
    assert said_to_pip == []
    assert "The window needs" not in capsys.readouterr().err


def test_the_tests_come_last_and_cover_the_words_the_store_and_the_scores_entirely() -> None:
    *_, last = bootstrap.CHECKS
    assert last[0] == "pytest"
    assert {"--cov=reviewer_app/domain", "--cov=reviewer_app/store", "--cov=reviewer_app/evaluation"} <= set(last)
    assert "--cov-fail-under=100" in last


def test_a_failed_check_shows_in_the_exit_code_although_later_ones_pass(
    place: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = {"first": 0, "second": 3, "third": 0}
    for check, code in checks.items():
        program = Path(place.program(check))
        program.write_text(f"#!/bin/sh\ntouch {place.folder / check}.ran\nexit {code}\n")
        program.chmod(0o755)
    monkeypatch.setattr(bootstrap, "CHECKS", tuple((check,) for check in checks))
    assert bootstrap.run_checks(place) == 3
    assert (place.folder / "third.ran").exists()


def test_continuous_integration_runs_the_readme_s_command() -> None:
    script = environment.ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "python3 installer/bootstrap.py test"
