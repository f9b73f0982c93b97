"""In which language the window speaks: English as written in the code, German beside it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

SPOKEN: Final = ("en", "de")
_NAME = "spasm-reviewer translator"


def language_of(choice: str) -> str:
    """The language for a setting: itself, or for "system" the first of the system's that the program speaks."""
    if choice != "system":
        return choice
    for name in QLocale.system().uiLanguages():
        code = name.replace("_", "-").split("-")[0].lower()
        if code in SPOKEN:
            return code
    return SPOKEN[0]


def speak(app: QCoreApplication, choice: str, folder: Path) -> str:
    """Makes all texts that are asked for from now on come in a language; widgets that stand already keep theirs.

    Args:
        app: The program.
        choice: The setting: "system", "en" or "de".
        folder: Where the translations lie.

    Returns:
        The language that is spoken now; English where a translation is missing.
    """
    for old in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(old)
        old.setParent(None)
    language = language_of(choice)
    # Qt's own words first: of two translators, the one installed last is asked first.
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _install(app, f"qtbase_{language}", qt)
    now = language if _install(app, language, str(folder)) else SPOKEN[0]
    if choice != "system":
        QLocale.setDefault(QLocale(now))
    app.setProperty("language", now)
    return now


def spoken() -> str:
    """The language that is spoken now."""
    app = QCoreApplication.instance()
    return str(app.property("language") or SPOKEN[0]) if app else SPOKEN[0]


def _install(app: QCoreApplication, name: str, folder: str) -> bool:
    translator = QTranslator(app)
    translator.setObjectName(_NAME)
    if translator.load(name, folder):
        return app.installTranslator(translator)
    translator.setParent(None)
    return False
