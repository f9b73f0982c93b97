"""``library``: the key that opens it."""

import typer

from reviewer_app import paths
from reviewer_app.cli.scanning import LibraryOption, library_place
from reviewer_app.cli.show import OUT, Watch
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import RecoverLibrary, ShowKey
from reviewer_app.settings import read_settings

app = typer.Typer(help="See and restore the key of an encrypted library.", no_args_is_help=True)


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
