"""What the window needs to know of the machine and the person before it opens."""

from dataclasses import dataclass, replace
from pathlib import Path

from reviewer_app.gui.session import Surroundings
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.settings import Settings, write_settings


@dataclass(frozen=True, slots=True)
class Start:
    """Where things lie, and how this start shall go."""

    settings: Settings
    settings_file: Path
    place: LibraryPlace
    surroundings: Surroundings
    translations: Path
    placement_file: Path  # where the window was and how its pages were divided
    demo_folder: Path  # where the demo's recording is, or will be made
    is_first: bool = False  # nobody has used the program here yet
    is_safe: bool = False  # with the usual settings instead of the person's
    is_demo: bool = False  # make and open the demo's recording
    problem: str = ""  # what a start has to say first, such as that it is a safe one

    def changed(self, settings: Settings) -> "Start":
        """With other preferences, which are written down; not in a safe start, which has put the person's own aside.

        Raises:
            RequestError: the settings file cannot be written.
        """
        if not self.is_safe:
            write_settings(self.settings_file, settings)
        return replace(self, settings=settings)
