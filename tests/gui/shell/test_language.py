"""The window speaks German wherever it speaks: no text was forgotten, none lost a placeholder."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from reviewer_app.gui.shell.key_sheet import KeySheet
from reviewer_app.gui.shell.language import SPOKEN, language_of, speak, spoken
from reviewer_app.gui.shortcuts import Keys
from reviewer_app.paths import resources_folder
from reviewer_app.settings import LANGUAGES
from tests.gui.texts import Text, marked_texts

FOLDER = resources_folder() / "translations"
UPDATE = "run python -m tests.gui.catalogue, write what is missing into resources/translations/*.ts, run it again"


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    yield qapp
    speak(qapp, "en", FOLDER)
    QLocale.setDefault(before)


def catalogue(language: str) -> QTranslator:
    translator = QTranslator()
    assert translator.load(language, str(FOLDER)), f"{language}.qm is missing; {UPDATE}"
    return translator


def said(translator: QTranslator, text: Text) -> list[str]:
    numbers = (1, 2) if text.has_number else (-1,)
    return [translator.translate(text.context, text.source, None, number) or "" for number in numbers]


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}|%n|%\d", text))


def test_every_text_of_the_window_has_a_german_one() -> None:
    german = catalogue("de")
    missing = [f"{text.place} [{text.context}] {text.source}" for text in marked_texts() if not all(said(german, text))]
    assert not missing, "\n".join([*missing, UPDATE])


def test_every_counted_text_has_its_english_forms() -> None:
    english = catalogue("en")
    counted = [text for text in marked_texts() if text.has_number]
    missing = [f"{text.place} {text.source}" for text in counted if not all(said(english, text))]
    assert not missing, "\n".join([*missing, UPDATE])


def test_no_translation_loses_a_placeholder() -> None:
    german = catalogue("de")
    for text in marked_texts():
        for translated in said(german, text):
            # One thing may be said without its number.
            if translated and not (text.has_number and "%n" not in translated):
                assert placeholders(translated) == placeholders(text.source), text.place


def test_there_are_texts_to_translate() -> None:
    texts = marked_texts()
    assert len(texts) > 150
    assert ("Keys", "Spasm") in {(text.context, text.source) for text in texts}


def test_speaking_german_reaches_widgets_and_qts_own_words(app: QApplication, qtbot: QtBot) -> None:
    assert speak(app, "de", FOLDER) == "de"
    assert QCoreApplication.translate("Keys", "Not a spasm") == "Kein Spasmus"
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"
    assert QLocale().language() == QLocale.Language.German
    assert speak(app, "en", FOLDER) == "en"
    assert QCoreApplication.translate("Keys", "Not a spasm") == "Not a spasm"


def test_texts_of_a_class_are_found_from_the_classes_that_inherit_them(app: QApplication, qtbot: QtBot) -> None:
    class Heir(KeySheet):
        pass

    speak(app, "de", FOLDER)
    sheet = Heir(Keys())
    qtbot.addWidget(sheet)
    assert sheet.windowTitle() == "Tasten"


def test_the_systems_language_is_taken_where_it_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    class System:
        def __init__(self, *names: str) -> None:
            self.names = names

        def uiLanguages(self) -> list[str]:  # noqa: N802
            return list(self.names)

    for names, language in ((("fr-FR", "de-AT"), "de"), (("de_CH",), "de"), (("fr",), "en"), (("en-GB", "de"), "en")):
        monkeypatch.setattr(QLocale, "system", lambda names=names: System(*names))
        assert language_of("system") == language
    assert language_of("en") == "en"


def test_all_languages_of_the_settings_are_spoken() -> None:
    assert {*LANGUAGES} == {"system", *SPOKEN}


def test_where_a_translation_is_missing_the_window_speaks_english(app: QApplication, tmp_path: Path) -> None:
    assert speak(app, "de", tmp_path) == "en"
    assert spoken() == "en"
    assert QCoreApplication.translate("Keys", "Not a spasm") == "Not a spasm"


def test_the_systems_numbers_stay_where_the_system_chose_the_language(app: QApplication) -> None:
    QLocale.setDefault(QLocale("fr_CH"))
    speak(app, "system", FOLDER)
    assert QLocale() == QLocale("fr_CH")
