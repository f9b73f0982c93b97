"""Every text that the window's code marks for translation, found by reading the code.

Qt's own lupdate overlooks a ``translate`` with a number, so the catalogues are kept by ``tests.gui.catalogue`` instead.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import reviewer_app.gui

ROOM = Path(reviewer_app.gui.__file__).parent


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it stands in the code."""

    context: str
    source: str
    has_number: bool  # whether it has a form for one and for many
    place: str  # file and line, for the message


def marked_texts() -> list[Text]:
    """All texts of the room ``gui``."""
    return [text for path in sorted(ROOM.rglob("*.py")) for text in texts_of(path)]


def texts_of(path: Path) -> Iterator[Text]:
    """The texts of one file.

    Raises:
        ValueError: ``tr`` is given something else than a literal, which nobody could translate.
    """
    yield from _walk(ast.parse(path.read_text("utf-8")), "", path.name)


def _walk(node: ast.AST, owner: str, file: str) -> Iterator[Text]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield from _text(child, owner, f"{file}:{child.lineno}")
        yield from _walk(child, child.name if isinstance(child, ast.ClassDef) else owner, file)


def _text(call: ast.Call, owner: str, place: str) -> Iterator[Text]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    words = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
    has_number = len(call.args) > 2 + (name != "tr") or any(each.arg == "n" for each in call.keywords)
    if name == "tr":
        if not words or not isinstance(words[0], str):
            raise ValueError(f"{place}: tr() needs a literal text")
        yield Text(owner, words[0], has_number, place)
    elif name in ("translate", "QT_TRANSLATE_NOOP") and len(words) > 1 and isinstance(words[1], str):
        yield Text(str(words[0]), words[1], has_number, place)
