"""The catalogues follow the code: what is translated stays, what is new is empty, what is gone goes."""

from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest

from tests.gui.catalogue import update
from tests.gui.texts import Text, texts_of


def translations(path: Path) -> dict[str, list[str]]:
    return {
        message.findtext("source", ""): ["".join(each.itertext()).strip() for each in message.iter("translation")]
        for message in Tree.parse(path).iter("message")
    }


def test_a_catalogue_keeps_what_is_translated(tmp_path: Path) -> None:
    path = tmp_path / "de.ts"
    play, stop = Text("Player", "Play", has_number=False, place=""), Text("Player", "Stop", has_number=False, place="")
    assert update(path, [play, stop], "de") == 2
    path.write_text(
        path.read_text("utf-8").replace('<translation type="unfinished" />', "<translation>X</translation>")
    )
    pause = Text("Player", "Pause", has_number=False, place="")
    assert update(path, [play, pause], "de") == 1
    assert translations(path) == {"Pause": [""], "Play": ["X"]}


def test_a_text_that_gets_a_number_has_to_be_translated_anew(tmp_path: Path) -> None:
    path = tmp_path / "de.ts"
    update(path, [Text("C", "%n", has_number=False, place="")], "de")
    path.write_text(
        path.read_text("utf-8").replace('<translation type="unfinished" />', "<translation>X</translation>")
    )
    assert update(path, [Text("C", "%n", has_number=True, place="")], "de") == 1


def test_all_ways_to_mark_a_text_are_found(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text(
        """
class Panel(QWidget):
    def show(self):
        self.tr("one"), self.tr("%n two", "", 3), self.tr("%n three", n=len(x))
        QCoreApplication.translate("Other", "four " "and a half", None, n)
LATER = QT_TRANSLATE_NOOP("Other", "five")
"""
    )
    found = [(text.context, text.source, text.has_number) for text in texts_of(code)]
    assert found == [
        ("Panel", "one", False),
        ("Panel", "%n two", True),
        ("Panel", "%n three", True),
        ("Other", "four and a half", True),
        ("Other", "five", False),
    ]


def test_a_text_that_is_no_literal_is_refused(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text("self.tr(name)")
    with pytest.raises(ValueError, match=r"code.py:1: tr\(\) needs a literal text"):
        list(texts_of(code))
