"""``library``: the key that opens it, its backups, and labels from elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from reviewer_app import paths
from reviewer_app.cli.scanning import LibraryOption, library_place
from reviewer_app.cli.show import ERR, OUT, Watch, plain
from reviewer_app.cli.snapshots import import_labels
from reviewer_app.errors import RequestError
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import BackUpLibrary, ListBackups, RecoverLibrary, RestoreLibrary, ShowKey
from reviewer_app.settings import read_settings

app = typer.Typer(help="The key of an encrypted library, its backups, and labels from elsewhere.", no_args_is_help=True)
app.command("import-labels")(import_labels)


@app.command()
def key(library: LibraryOption = None) -> None:
    """Show the recovery key: write it down and keep it apart from this computer."""
    place = library_place(read_settings(paths.config_file()), library)
    OUT.print(Watch().drive(supervise(ShowKey(place))), soft_wrap=True)


@app.command()
def recover(library: LibraryOption = None) -> None:
    """Open a library whose key was lost, with the recovery key that was written down."""
    place = library_place(read_settings(paths.config_file()), library)
    text = typer.prompt("Recovery key")
    Watch().drive(supervise(RecoverLibrary(place, text)))
    OUT.print("The library opens again; its key is kept on this computer from now on.")


@app.command()
def backups(library: LibraryOption = None) -> None:
    """List the backups, newest first."""
    place = library_place(read_settings(paths.config_file()), library)
    found = Watch().drive(supervise(ListBackups(place)))
    for each in found:
        made_at = each.made_at.astimezone()
        OUT.print(plain(f"{made_at:%Y-%m-%d %H:%M}  {each.size / 1e6:8.1f} MB  {each.path}"), soft_wrap=True)
    if not found:
        ERR.print("There is no backup yet.")


@app.command("back-up")
def back_up(library: LibraryOption = None) -> None:
    """Make a verified backup now; the library may be in use."""
    place = library_place(read_settings(paths.config_file()), library)
    OUT.print(plain(str(Watch().drive(supervise(BackUpLibrary(place))))), soft_wrap=True)


@app.command()
def restore(
    backup: Annotated[Path | None, typer.Argument(help="The backup; the newest where none is named.")] = None,
    library: LibraryOption = None,
) -> None:
    """Put a backup in the library's place; what was there is set aside."""
    place = library_place(read_settings(paths.config_file()), library)
    if backup is None:
        known = Watch().drive(supervise(ListBackups(place)))
        if not known:
            raise RequestError(f"There is no backup in {place.folder / 'backups'}; name one.")
        backup = known[0].path
    aside = Watch().drive(supervise(RestoreLibrary(place, backup)))
    OUT.print(plain(f"The library is as it was when {backup.name} was made."), soft_wrap=True)
    OUT.print(plain(f"What it was before lies in {aside}."), soft_wrap=True)
