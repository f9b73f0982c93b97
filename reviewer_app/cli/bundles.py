"""``bundle``: see, verify, fetch and import what scores; ``promotion`` adds how one becomes current."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from reviewer_app import paths
from reviewer_app.cli import promotion
from reviewer_app.cli.scanning import JsonOption
from reviewer_app.cli.show import OUT, Watch, plain
from reviewer_app.errors import RequestError
from reviewer_app.jobs.message import BundleFacts
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import CheckBundle, FetchBundle, ImportBundle, ListBundles

app = typer.Typer(
    help="See, verify, fetch, import, compare and promote bundles: networks with all that is needed to score.",
    no_args_is_help=True,
)

app.command("compare")(promotion.compare)
app.command("promote")(promotion.promote)
app.command("rollback")(promotion.rollback)
app.command("history")(promotion.history)

NameArgument = Annotated[str, typer.Argument(help="Name or folder of a bundle.")]


@app.command("list")
def list_all(as_json: JsonOption = False) -> None:
    """Name the bundles on this machine."""
    facts = Watch().drive(supervise(ListBundles(paths.bundle_folders())))
    if as_json:
        OUT.print_json(json.dumps([asdict(each) for each in facts], default=str))
        return
    table = Table("name", "network", "MB", "licence", "calibrated", "about")
    for each in facts:
        calibrated = "yes" if each.operating_points else "no"
        about = plain(each.problem or each.notice)
        table.add_row(plain(each.name), each.network, f"{each.size / 1e6:.1f}", plain(each.licence), calibrated, about)
    OUT.print(table)


@app.command()
def show(name: NameArgument, as_json: JsonOption = False) -> None:
    """Tell what a bundle is, where it comes from and how it may be used."""
    _show(Watch().drive(supervise(CheckBundle(name, paths.bundle_folders()))), as_json=as_json)


@app.command()
def verify(name: NameArgument, as_json: JsonOption = False) -> None:
    """Check every byte of a bundle and score its golden clip."""
    facts = Watch().drive(supervise(CheckBundle(name, paths.bundle_folders(), verify=True)))
    if as_json:
        OUT.print_json(json.dumps(asdict(facts), default=str))
    else:
        OUT.print(f"The bundle {plain(facts.name)} is whole and scores its golden clip as it should.")


@app.command()
def fetch(
    name: Annotated[str, typer.Argument(help="A known checkpoint, such as hiera-base-k400.")],
    sha256: Annotated[str | None, typer.Option(help="What the file must hash to, where you know it.")] = None,
    accept_licence: Annotated[
        str | None, typer.Option(help="Accept this licence, such as CC-BY-NC-4.0, without being asked.")
    ] = None,
) -> None:
    """Download a published checkpoint (the only command that uses the network) and make a bundle of it."""
    request = FetchBundle(name, _own_bundles(), _checkpoints(), sha256)
    offer = Watch().drive(supervise(request))
    OUT.print(plain(offer.notice), soft_wrap=True)
    if accept_licence is None and typer.confirm(f"Do you accept the licence {offer.licence}?"):
        accept_licence = offer.licence
    if accept_licence is None:
        raise RequestError("Nothing was downloaded, since the licence was not accepted.")
    _show(Watch().drive(supervise(replace(request, accepted_licence=accept_licence))), as_json=False)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A Hiera checkpoint as .safetensors.")],
    name: Annotated[str, typer.Option(help="What to call the bundle.")] = "hiera-base-k400",
) -> None:
    """Make a bundle of a checkpoint file on disk; its last layer is new and has to be trained."""
    _show(Watch().drive(supervise(ImportBundle(file, name, _own_bundles(), _checkpoints()))), as_json=False)


def _own_bundles() -> Path:
    return paths.bundle_folders()[-1]


def _checkpoints() -> Path:
    return paths.resources_folder() / "hiera_checkpoints.json"


def _show(facts: BundleFacts, *, as_json: bool) -> None:
    if as_json:
        OUT.print_json(json.dumps(asdict(facts), default=str))
        return
    OUT.print(plain(facts.card), soft_wrap=True)
    OUT.print(f"folder: {plain(str(facts.folder))}", soft_wrap=True)
    OUT.print(f"identity: {facts.identity}", soft_wrap=True)
