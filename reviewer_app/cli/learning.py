"""``finetune`` and ``crossval``: from a snapshot to a bundle, and to figures by patient."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from reviewer_app import paths
from reviewer_app.cli.recipes import chosen_recipe
from reviewer_app.cli.scanning import JsonOption, LibraryOption, library_place
from reviewer_app.cli.show import OUT, Watch, duration, plain
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.phrases import counted
from reviewer_app.jobs.learn_request import CrossvalRequest, FinetuneRequest, PrepareTraining
from reviewer_app.jobs.message import Figure
from reviewer_app.jobs.process import supervise
from reviewer_app.settings import read_settings

SnapshotArgument = Annotated[str, typer.Argument(help="The snapshot's identity, or its beginning.")]
BaseOption = Annotated[
    str | None, typer.Option(help="Bundle to start from; the one that scans if not given. hiera-base-k400 is Hiera.")
]
RecipeOption = Annotated[str, typer.Option(help="paper (the published one) or small (few patients, no graphics card).")]
EpochsOption = Annotated[int | None, typer.Option(help="Times that every clip is seen.")]
BatchOption = Annotated[int | None, typer.Option(help="Clips in a step, on each device.")]
RateOption = Annotated[float | None, typer.Option(help="The highest learning rate.")]
SeedOption = Annotated[int | None, typer.Option(help="Of the head, the order, the augmentations and the folds.")]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Change any other value of the recipe, such as --set jitter=3."),
]
OwnHeadOption = Annotated[
    bool | None,
    typer.Option(
        "--own-head/--fresh-head",
        help="Go on with the base's own head or with a fresh one; if not given, fresh where the base cannot tell "
        "spasms yet, such as one trained on Kinetics-400.",
    ),
]
DeviceOption = Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")]
DevicesOption = Annotated[
    int,
    typer.Option(
        help="How many graphics cards of this machine learn together; with --device cpu, how many processes. Each "
        "takes --batch clips in a step, so N of them learn as one does with N times the batch; the rate stays."
    ),
]
MissingOption = Annotated[
    bool, typer.Option("--without-missing", help="Leave out windows of files that are not there.")
]
KeepOption = Annotated[bool, typer.Option("--keep-clips", help="Keep the prepared pixels for the next training.")]


def finetune(
    snapshot: SnapshotArgument,
    name: Annotated[str, typer.Option(help="What to call the new bundle.")],
    base: BaseOption = None,
    recipe: RecipeOption = "paper",
    epochs: EpochsOption = None,
    batch: BatchOption = None,
    learning_rate: RateOption = None,
    seed: SeedOption = None,
    changed: SetOption = None,
    own_head: OwnHeadOption = None,
    device: DeviceOption = "auto",
    devices: DevicesOption = 1,
    without_missing: MissingOption = False,
    keep_clips: KeepOption = False,
    prepare_only: Annotated[
        bool,
        typer.Option(
            "--prepare-only",
            help="Make what the --devices of several machines need, and say how torchrun trains on them. The same "
            "command without this then packs the bundle.",
        ),
    ] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Train a bundle on corrected labels; one that was stopped goes on when it is asked for again."""
    settings = read_settings(paths.config_file())
    request = FinetuneRequest(
        library_place(settings, library),
        snapshot,
        name,
        base or settings.bundle,
        paths.bundle_folders(),
        paths.bundle_folders()[-1],
        chosen_recipe(recipe, changed or (), epochs=epochs, batch=batch, learning_rate=learning_rate, seed=seed),
        fresh_head=None if own_head is None else not own_head,
        device=device,
        devices=devices,
        without_missing=without_missing,
        keep_clips=keep_clips,
        by_default=base is None,
    )
    if prepare_only:
        _prepare(request, as_json=as_json)
        return
    trained = Watch().drive(supervise(request))
    if as_json:
        OUT.print_json(json.dumps({"notice": RESEARCH_NOTICE, **asdict(trained)}, default=str))
        return
    lasted = f"{counted(trained.epochs, 'epochs')} in {duration(trained.seconds)}"
    OUT.print(f"Trained {plain(trained.bundle.name)}: {lasted}.")
    _show_figures(trained.validation, "On validation patients")
    OUT.print(plain(trained.bundle.notice), soft_wrap=True)
    OUT.print(f"Written to {plain(str(trained.bundle.folder))}. It scans only when somebody names it or promotes it:")
    OUT.print(f"  spasm-reviewer bundle compare {plain(trained.bundle.name)}", soft_wrap=True)
    OUT.print(RESEARCH_NOTICE)


def _prepare(request: FinetuneRequest, *, as_json: bool) -> None:
    """Prepares a training for the devices of several machines, and says how they are started."""
    prepared = Watch().drive(supervise(PrepareTraining(request)))
    if as_json:
        OUT.print_json(json.dumps({"notice": RESEARCH_NOTICE, **asdict(prepared)}, default=str))
        return
    folder, clips = plain(str(prepared.folder)), plain(str(prepared.clips))
    OUT.print(f"Prepared {folder} for {counted(prepared.devices, 'devices')} in all, with its clips in {clips}.")
    OUT.print("Have both folders on every machine, beside one another as here; clips show patients. Start on each:")
    OUT.print("  torchrun --nnodes MACHINES --nproc-per-node DEVICES --rdzv-backend c10d --rdzv-endpoint HOST:PORT \\")
    OUT.print(f"    -m reviewer_app.learning.rank {folder}", soft_wrap=True)
    OUT.print("torchrun opens ports to the network by which the machines meet: it is for a network that you trust.")
    OUT.print("When it has ended, have the first machine's state.safetensors in the folder here, and give the command")
    OUT.print("again without --prepare-only: it packs the bundle.")


def crossval(
    snapshot: SnapshotArgument,
    to: Annotated[Path, typer.Option("--to", help="The folder for the table of all predictions.")],
    base: BaseOption = None,
    folds: Annotated[int, typer.Option(help="Into how many groups the patients are parted.")] = 5,
    recipe: RecipeOption = "paper",
    epochs: EpochsOption = None,
    batch: BatchOption = None,
    learning_rate: RateOption = None,
    seed: SeedOption = None,
    changed: SetOption = None,
    own_head: OwnHeadOption = None,
    device: DeviceOption = "auto",
    devices: DevicesOption = 1,
    without_missing: MissingOption = False,
    keep_clips: KeepOption = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Train on all patients but some and test on those, until everybody with epilepsy was tested once."""
    settings = read_settings(paths.config_file())
    request = CrossvalRequest(
        library_place(settings, library),
        snapshot,
        base or settings.bundle,
        paths.bundle_folders(),
        to,
        chosen_recipe(recipe, changed or (), epochs=epochs, batch=batch, learning_rate=learning_rate, seed=seed),
        folds=folds,
        fresh_head=None if own_head is None else not own_head,
        device=device,
        devices=devices,
        without_missing=without_missing,
        keep_clips=keep_clips,
        by_default=base is None,
    )
    found = Watch().drive(supervise(request))
    if as_json:
        OUT.print_json(json.dumps({"notice": RESEARCH_NOTICE, **asdict(found)}, default=str))
        return
    _show_figures(found.figures, f"{found.folds}-fold cross-validation by patient, threshold 0.5")
    OUT.print(f"Every prediction is in {plain(str(found.predictions))}.", soft_wrap=True)
    OUT.print(RESEARCH_NOTICE)


def _show_figures(figures: Sequence[Figure], title: str) -> None:
    table = Table("figure", "value", "95 % interval", "by", title=title, title_justify="left")
    for each in figures:
        interval = "unknown" if each.low is None or each.high is None else f"{each.low:.3f} to {each.high:.3f}"
        value = "unknown" if each.value is None else f"{each.value:.3f}"
        table.add_row(plain(each.what), value, interval, counted(each.count, each.unit))
    OUT.print(table)
