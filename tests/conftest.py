"""What tests of several rooms share: short films whose pixels spell the frame number, and tiny bundles."""

from collections.abc import Callable, Iterator
from functools import partialmethod
from pathlib import Path

import pytest
import torch
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from pytestqt.qtbot import QtBot

from tests.bundles_maker import make_bundles
from tests.media_maker import Film, make_film

# Examples may take as long as they need: no claim here is about speed.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

FilmMaker = Callable[..., Path]
"""``film("name.mp4", fps=10)``: writes a ``Film`` of these options into the test's folder and gives its path."""


@pytest.fixture
def film(tmp_path: Path) -> FilmMaker:
    """Writes films into the test's own folder."""

    def make(name: str = "film.mp4", **options: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return make_film(path, Film(**options))  # type: ignore[arg-type]

    return make


@pytest.fixture
def one_thread() -> Iterator[None]:
    """Trains on one thread: tiny networks lose more to waiting, and on several of them sums are rounded otherwise."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the bundles ``tiny`` and ``uncalibrated``."""
    return make_bundles(tmp_path_factory.mktemp("bundles"))


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take long over what comes at once on a quiet one; no claim here is about speed."""
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        monkeypatch.setattr(QtBot, name, partialmethod(getattr(QtBot, name), timeout=60_000))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What one test lets the program speak, no other hears."""
    yield
    app = QCoreApplication.instance()
    for translator in app.findChildren(QTranslator) if app else ():
        QCoreApplication.removeTranslator(translator)
        translator.setParent(None)
    if app is not None:
        app.setProperty("language", None)
    QLocale.setDefault(QLocale.system())
