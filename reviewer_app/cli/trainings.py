"""``trainings``: what trainings left in the library's folder, and how to be rid of it."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from reviewer_app import paths
from reviewer_app.cli.scanning import JsonOption, LibraryOption, library_place
from reviewer_app.cli.show import OUT, Watch, plain
from reviewer_app.jobs.learn_request import LeftoverKind, ListLeftovers, RemoveLeftover
from reviewer_app.jobs.process import supervise
from reviewer_app.settings import read_settings

app = typer.Typer(
    help="What trainings left in the library's folder, unencrypted: stopped ones, kept clips, scores on trial.",
    no_args_is_help=True,
)

_WHAT_NOW = {
    LeftoverKind.TRAINING: "ask for the same training again to go on with it",
    LeftoverKind.CROSSVAL: "ask for the same cross-validation again to go on with it",
    LeftoverKind.CLIPS: "the next training on the same snapshot need not decode anew",
    LeftoverKind.SCORES: "a comparison of the same bundles need not scan anew",
}


@app.command("list")
def list_all(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List what lies there and how much room it takes."""
    request = ListLeftovers(library_place(read_settings(paths.config_file()), library))
    found = Watch().drive(supervise(request))
    if as_json:
        OUT.print_json(json.dumps([asdict(each) for each in found]))
        return
    if not found:
        OUT.print("Trainings left nothing in the library's folder.")
        return
    table = Table("name", "what", "MB", "changed", "what for")
    for each in found:
        purpose = "a training works there now" if each.in_use else _WHAT_NOW[each.kind]
        table.add_row(plain(each.name), each.kind, f"{each.size / 1e6:.1f}", each.changed_at[:16], purpose)
    OUT.print(table)
    OUT.print("To be rid of one: spasm-reviewer trainings remove NAME")


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="As 'trainings list' tells it.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete one of them. A stopped training is given up with that; bundles, labels and recordings stay."""
    request = RemoveLeftover(library_place(read_settings(paths.config_file()), library), name)
    gone = Watch().drive(supervise(request))
    if as_json:
        OUT.print_json(json.dumps(asdict(gone)))
    else:
        OUT.print(f"Removed {plain(gone.name)}: {gone.size / 1e6:.1f} MB.")
