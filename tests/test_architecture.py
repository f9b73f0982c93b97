"""The house rules that a test can hold: imports point down, files tell one story, the top level stays tidy."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(path for room in ("reviewer_app", "tests", "installer") for path in (ROOT / room).rglob("*.py"))

TOP_LEVEL = {
    ".ci",
    ".gitattributes",
    ".github",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "docs",
    "installer",
    "models",
    "pyproject.toml",
    "resources",
    "reviewer_app",
    "tests",
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base", "core"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
REASON = "Long because"
"""A docstring may say why its file or function is better long than cut up."""

HEAVY = ("torch", "torchvision", "cv2", "av", "mne", "openvino", "scipy", "sklearn", "matplotlib", "PySide6")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_imports_point_down_and_heavy_libraries_stay_in_their_rooms() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_the_command_line_starts_without_heavy_libraries() -> None:
    """Otherwise ``--help`` takes seconds, and a fault in a codec or driver takes even the error message down."""
    question = f"import sys, reviewer_app.cli; print(*sorted(set({HEAVY}) & set(sys.modules)))"
    asked = subprocess.run([sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.split() == []


def test_no_file_is_longer_than_its_story() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    long = {name(path): length for path, length in lengths.items() if length > LONGEST_FILE}
    reasons = {each for each in long if REASON in (ast.get_docstring(ast.parse((ROOT / each).read_text())) or "")}
    assert long.keys() - reasons == set()


def test_every_function_fits_a_screen() -> None:
    long = {
        f"{name(path)}:{function.name}": lines(function)
        for path in CODE
        for function in functions(path)
        if lines(function) > LONGEST_FUNCTION and REASON not in (ast.get_docstring(function) or "")
    }
    assert long == {}


def test_no_module_has_a_vague_name() -> None:
    assert [name(path) for path in CODE if VAGUE & {path.stem, path.parent.name}] == []


def test_the_top_level_holds_only_what_the_design_names() -> None:
    try:
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    assert {line.split("/")[0] for line in listed.splitlines()} - TOP_LEVEL == set()


def test_every_room_says_what_it_is_for() -> None:
    rooms = [path for path in CODE if path.name == "__init__.py" and path.parent.parent == ROOT / "reviewer_app"]
    assert rooms
    for path in rooms:
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert "May import" in docstring, name(path)


def test_tests_mirror_the_rooms() -> None:
    """Only rooms: ``tests/journeys`` holds what crosses them, ``tests/installer`` what comes before them."""
    rooms = {path.parent.name for path in CODE if path.name == "__init__.py" and path.parent.parent == ROOT / "tests"}
    ours = {path.parent.name for path in (ROOT / "reviewer_app").glob("*/__init__.py")}
    assert rooms - ours <= {"journeys", "installer"}
    assert ours - rooms == set()


def test_nothing_swallows_an_error_unseen() -> None:
    guilty = [
        f"{name(path)}:{handler.lineno}"
        for path in CODE
        for handler in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(handler, ast.ExceptHandler)
        and (handler.type is None or all(isinstance(statement, ast.Pass) for statement in handler.body))
    ]
    assert guilty == []
