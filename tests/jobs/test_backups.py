from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.errors import StoreError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.request import Asks, BackUpLibrary, LibraryPlace, ListBackups, RestoreLibrary
from reviewer_app.jobs.run import run_job
from reviewer_app.store import ledger
from tests.jobs.test_process import drain
from tests.store import sayings


def answer(request: Asks[Any]) -> Any:
    messages, told = drain(run_job(request, Control(get_context("spawn"))))
    assert messages
    return told


def test_a_backup_made_while_the_library_is_open_is_listed_and_restored(tmp_path: Path) -> None:
    place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
    assert answer(ListBackups(place)) == ()
    with open_library(place) as library:
        number, (anna,) = sayings.begun(library, "Anna")
        said = sayings.told(library, number, anna, sayings.made(sayings.statement(1)))
        made = answer(BackUpLibrary(place))
        assert [each.path for each in answer(ListBackups(place))] == [made]
        sayings.told(library, number, anna, sayings.made(sayings.statement(2)))
        with pytest.raises(StoreError, match="open in another program"):
            answer(RestoreLibrary(place, made))
    aside = answer(RestoreLibrary(place, made))
    assert (aside / "library.db").exists()
    with open_library(place) as library:
        assert ledger.load(library, number) == (said,)


def test_without_a_library_there_is_nothing_to_back_up_or_restore(tmp_path: Path) -> None:
    place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
    with pytest.raises(StoreError, match="no library"):
        answer(BackUpLibrary(place))
    with pytest.raises(StoreError, match=r"cannot be written|is missing"):
        answer(RestoreLibrary(place, tmp_path / "backup.db"))
    assert list(tmp_path.iterdir()) == []
