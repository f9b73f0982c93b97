"""Forged bundles: changed files and values under a manifest whose hashes fit."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reviewer_app.learning.bundle import MANIFEST


def reseal(folder: Path, change: Callable[[dict[str, Any]], object] = lambda _: None) -> None:
    """Makes a manifest that fits changed files and values, as somebody would who means to deceive."""
    values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    for name in values["files"]:
        data = (folder / name).read_bytes()
        values["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    change(values)
    del values["sha256"]

    def text() -> str:
        return json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    values["sha256"] = hashlib.sha256(text().encode()).hexdigest()
    (folder / MANIFEST).write_bytes(text().encode())
