"""A start whose library and settings lie in a folder that is thrown away."""

from pathlib import Path

from reviewer_app import paths
from reviewer_app.gui.app import translations
from reviewer_app.gui.session import Surroundings
from reviewer_app.gui.start import Start
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.settings import Settings

RATER = "Anna"


def start_in(folder: Path, settings: Settings | None = None) -> Start:
    """What the program's own start would give the window, with nothing of the person's in it but the bundles."""
    return Start(
        settings=settings or Settings(rater=RATER),
        settings_file=folder / "settings.toml",
        placement_file=folder / "window.ini",
        place=LibraryPlace(folder / "library", folder / "keys"),
        surroundings=Surroundings(paths.bundle_folders(), folder / "pace.json"),
        translations=translations(),
        demo_folder=folder / "demo",
    )
