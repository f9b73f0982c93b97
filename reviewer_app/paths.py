"""Where things lie: what is shipped with the program, and where each system wants a person's data.

Alone in using platformdirs. Nothing here makes a folder; whoever writes into one makes it.
"""

from pathlib import Path

from platformdirs import PlatformDirs

PACKAGE = Path(__file__).resolve().parent
# Windows would otherwise put the author's name into the path.
_FOLDERS = PlatformDirs("spasm-reviewer", appauthor=False)


def library_folder() -> Path:
    """The library used when nobody names another."""
    return _FOLDERS.user_data_path / "library"


def config_file() -> Path:
    """The settings file; it need not exist."""
    return _FOLDERS.user_config_path / "settings.toml"


def cache_folder() -> Path:
    """For what can be made again: the demo's recording, compiled networks."""
    return _FOLDERS.user_cache_path


def state_folder() -> Path:
    """For what the program notes for itself: crash reports, failed starts, speeds of earlier scans."""
    return _FOLDERS.user_state_path


def key_folder() -> Path:
    """For key files where the system has no key ring; not in the library, so that a copied library is still locked."""
    return _FOLDERS.user_config_path / "keys"


def bundle_folders() -> tuple[Path, ...]:
    """Where bundles are looked for: those shipped, then those fetched, imported or trained."""
    return _shipped("models"), _FOLDERS.user_data_path / "bundles"


def resources_folder() -> Path:
    """Icons, styles and translations."""
    return _shipped("resources")


def _shipped(name: str) -> Path:
    # A wheel carries the folder inside the package, a checkout beside it.
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
