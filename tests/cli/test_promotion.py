"""``bundle promote`` and ``bundle history``: what is refused, in one sentence."""

from pathlib import Path

from tests.cli.conftest import Command, refused


def test_json_asks_nothing_and_a_history_needs_a_library(command: Command, tmp_path: Path) -> None:
    assert "--yes or --keep" in refused(command("bundle", "promote", "starter", "--json"), 2)
    assert "There is no library" in refused(command("bundle", "history", "--library", tmp_path / "none"), 4)
