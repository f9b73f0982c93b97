import os
from pathlib import Path

import pytest

from reviewer_app.errors import StoreError
from reviewer_app.store.files import replace, sync_folder


def test_a_file_that_cannot_be_replaced_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be replaced"):
        replace(tmp_path / "missing", tmp_path / "library.db")


def test_a_folder_that_cannot_be_synced_as_on_windows_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    sync_folder(tmp_path)
