"""Brings the catalogues of translations up to the code: ``python -m tests.gui.catalogue``, then translate, then again.

New texts come in as unfinished, those that left the code go, what is translated stays. The English catalogue holds only
the texts with a number, for their forms of one and of many.
"""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree as Tree

from reviewer_app.paths import resources_folder
from tests.gui.texts import Text, marked_texts

FOLDER = resources_folder() / "translations"
Key = tuple[str, str]  # context, source


def main() -> None:
    """Rewrites the catalogues and compiles them; says how many texts wait for a translation."""
    texts = marked_texts()
    for language, wanted in (("de", texts), ("en", [text for text in texts if text.has_number])):
        path = FOLDER / f"{language}.ts"
        left = update(path, wanted, language)
        print(f"{path.name}: {left} of {len(wanted)} texts are not translated")  # noqa: T201
        compiler = Path(sys.executable).with_name("pyside6-lrelease")
        subprocess.run([compiler, "-silent", path], check=True)


def update(path: Path, texts: Iterable[Text], language: str) -> int:
    """Brings one catalogue up to the code.

    Returns:
        How many texts have no translation yet.
    """
    known = _translations(path)
    root, contexts = Tree.Element("TS", version="2.1", language=language, sourcelanguage="en"), {}
    plural = {(text.context, text.source): text.has_number for text in texts}
    for context, source in sorted(plural):
        if context not in contexts:
            contexts[context] = Tree.SubElement(root, "context")
            Tree.SubElement(contexts[context], "name").text = context
        _add(contexts[context], source, known, has_number=plural[context, source], context=context)
    Tree.indent(root, "    ")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + Tree.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    return sum(each.get("type") == "unfinished" for each in root.iter("translation"))


def _translations(path: Path) -> dict[Key, Tree.Element]:
    if not path.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in Tree.parse(path).iter("context")
        for message in context.iter("message")
    }


def _add(
    parent: Tree.Element, source: str, known: Mapping[Key, Tree.Element], *, has_number: bool, context: str
) -> None:
    old = known.get((context, source))
    if old is not None and (old.get("numerus") == "yes") == has_number:
        parent.append(old)
        return
    message = Tree.SubElement(parent, "message", {"numerus": "yes"} if has_number else {})
    Tree.SubElement(message, "source").text = source
    translation = Tree.SubElement(message, "translation", type="unfinished")
    for _ in range(2 if has_number else 0):
        Tree.SubElement(translation, "numerusform")


if __name__ == "__main__":
    main()
