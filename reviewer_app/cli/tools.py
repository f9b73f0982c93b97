"""``phantom``, ``accept``, ``starter``, ``bench`` and ``doctor``: what stands around a scan."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from reviewer_app import paths
from reviewer_app.cli.scanning import FalseAlarmsOption, JsonOption, LibraryOption, event_rules, library_place
from reviewer_app.cli.show import OUT, Watch, duration, plain
from reviewer_app.domain.notice import RESEARCH_NOTICE, STARTER_NOTICE
from reviewer_app.domain.phrases import counted
from reviewer_app.domain.recipe import RECIPES
from reviewer_app.errors import RequestError
from reviewer_app.jobs.folder import writable_folder
from reviewer_app.jobs.learn_request import BenchTrain
from reviewer_app.jobs.message import Measure
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import (
    AcceptRequest,
    BenchRequest,
    Compute,
    DoctorRequest,
    PhantomRequest,
    ScanRequest,
    StarterRequest,
)
from reviewer_app.settings import read_settings

NOT_FINE = 1
"""Exit code of a doctor that found something missing."""

starter_app = typer.Typer(help=f"Train the starter bundle again. {STARTER_NOTICE}", no_args_is_help=True)
bench_app = typer.Typer(help="Measure speed on this machine, as ratios within one run.", no_args_is_help=True)


def phantom(
    to: Annotated[Path, typer.Option("--to", help="The folder for the files.")],
    hours: Annotated[float, typer.Option(help="Length of the recording.")] = 0.2,
    seed: Annotated[
        int, typer.Option(help="Another seed, another infant and night; the same seed, the same files.")
    ] = 7,
    scene: Annotated[str, typer.Option(help="ward, phone, nursery, clinic or home.")] = "ward",
    files: Annotated[int | None, typer.Option(help="Video files; two, or one an hour, if not given.")] = None,
    eeg: Annotated[bool, typer.Option(help="Write an EDF+ with an EEG, too.")] = True,
    repeats: Annotated[
        bool, typer.Option(help="Stitch nights over 20 minutes from shots that repeat; without, drawing takes hours.")
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Make a synthetic recording of an infant, with the exact truth as BIDS events."""
    request = PhantomRequest(writable_folder(to), hours * 3600, seed, scene, files, eeg, repeats=repeats)
    made = Watch().drive(supervise(request))
    if as_json:
        OUT.print_json(json.dumps(asdict(made), default=str))
        return
    OUT.print(f"A phantom of {duration(made.seconds)} with {counted(made.spasms, 'spasms')}:")
    for path in made.files:
        OUT.print(f"  {plain(str(path))}", soft_wrap=True)


def accept(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders that 'phantom' has made.")],
    bundle: Annotated[str | None, typer.Option(help="Name or folder of the bundle to test.")] = None,
    library: LibraryOption = None,
    false_alarms: FalseAlarmsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Test a bundle on this machine: scan phantoms and compare what is found with their exact truth."""
    settings = read_settings(paths.config_file())
    how = ScanRequest(
        paths=tuple(folders),
        library=library_place(settings, library),
        bundle=bundle or settings.bundle,
        bundle_folders=paths.bundle_folders(),
        compute=Compute.chosen(settings.device, settings.precision, settings.threads),
        rules=event_rules(settings, false_alarms),
    )
    result = Watch().drive(supervise(AcceptRequest(tuple(folders), how)))
    if as_json:
        OUT.print_json(json.dumps(asdict(result)))
        return
    OUT.print(f"{counted(result.recordings, 'phantoms')}, {result.hours:.2f} h scored. {plain(result.rules)}")
    table = Table("figure", "value", "95 % interval", "by")
    for each in result.figures:
        interval = f"{_number(each.low)} to {_number(each.high)}" if each.low is not None else "unknown"
        table.add_row(each.what, _number(each.value), interval, counted(each.count, each.unit))
    OUT.print(table)
    OUT.print(f"Phantoms are drawn: this says nothing about real infants. {RESEARCH_NOTICE}")


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.3f}"


@starter_app.command("train")
def starter_train(
    to: Annotated[Path, typer.Option("--to", help="The folder of the new bundle; it must not exist yet.")],
    clips: Annotated[int, typer.Option(help="Phantom clips to train on, three views of each drawn one.")] = 128_000,
    seed: Annotated[int, typer.Option(help="Decides every clip and every weight.")] = 0,
    family: Annotated[str, typer.Option(help="hiera or motion_conv.")] = "motion_conv",
    calibration_hours: Annotated[float, typer.Option(help="Phantom hours per scene for the operating points.")] = 1.0,
    start: Annotated[
        Path | None,
        typer.Option("--from", help="Folder of an earlier starter to go on from, with other clips by another seed."),
    ] = None,
) -> None:
    """Train the starter on phantoms, calibrate it on phantom nights, and pack it as a bundle."""
    facts = Watch().drive(supervise(StarterRequest(to, clips, seed, family, calibration_hours, start)))
    OUT.print(plain(facts.card), soft_wrap=True)
    OUT.print(f"Written to {plain(str(facts.folder))}.", soft_wrap=True)


@bench_app.command("scan")
def bench_scan(
    file: Annotated[Path, typer.Argument(help="A video file; the longer, the steadier the figures.")],
    bundle: Annotated[str | None, typer.Option(help="Name or folder of the bundle.")] = None,
    seconds: Annotated[float, typer.Option(help="Video seconds to measure with at most.")] = 300.0,
    threads: Annotated[int, typer.Option(help="Processor threads; 0 for all cores.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Measure decoding alone, the network alone, and the whole scan, on the same file in one run."""
    settings = read_settings(paths.config_file())
    compute = Compute.chosen(settings.device, settings.precision, threads or settings.threads)
    request = BenchRequest(file, bundle or settings.bundle, paths.bundle_folders(), compute, seconds)
    _show(Watch().drive(supervise(request)), as_json=as_json)


@bench_app.command("train")
def bench_train(
    bundle: Annotated[str | None, typer.Option(help="Name or folder of the bundle whose network learns.")] = None,
    recipe: Annotated[str, typer.Option(help=f"{' or '.join(RECIPES)}.")] = "paper",
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    clips: Annotated[int, typer.Option(help="Clips of noise to learn from.")] = 64,
    seconds: Annotated[float, typer.Option(help="Time for either training.")] = 20.0,
    as_json: JsonOption = False,
) -> None:
    """Measure training from clips on disk against the bare step, and how long it waits for clips."""
    if recipe not in RECIPES:
        raise RequestError(f"Unknown recipe {recipe!r}: choose {' or '.join(RECIPES)}.")
    chosen = bundle or read_settings(paths.config_file()).bundle
    request = BenchTrain(chosen, paths.bundle_folders(), RECIPES[recipe], device, clips, seconds)
    _show(Watch().drive(supervise(request)), as_json=as_json)


def _show(measures: tuple[Measure, ...], *, as_json: bool) -> None:
    if as_json:
        OUT.print_json(json.dumps([asdict(each) for each in measures]))
        return
    table = Table("measure", "value", "unit")
    for each in measures:
        table.add_row(each.what, f"{each.value:.3g}", each.unit)
    OUT.print(table)


@bench_app.command("gui")
def bench_gui(
    only: Annotated[
        list[str] | None, typer.Option(help="start, redraw, seek, play, scan or memory; all, if not given.")
    ] = None,
    hours: Annotated[float, typer.Option(help="Length of the night on the timeline.")] = 72.0,
    flags: Annotated[int, typer.Option(help="Flags in it.")] = 20_000,
    minutes: Annotated[float, typer.Option(help="How long to work while memory is watched.")] = 2.0,
    bundle: Annotated[str | None, typer.Option(help="Name or folder of the bundle that scans meanwhile.")] = None,
    film: Annotated[Path | None, typer.Option(help="A film of 1080p; without it a phantom is made once.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the window: its start, its stalls, its pictures, its timeline, its memory."""
    words = ["--hours", str(hours), "--flags", str(flags), "--minutes", str(minutes)]
    words += ["--bundle", bundle or read_settings(paths.config_file()).bundle]
    words += ["--film", str(film)] if film else []
    words += [word for each in only or () for word in ("--only", each)]
    figures = json.loads(in_window_process("reviewer_app.gui.bench", words))
    if as_json:
        OUT.print_json(json.dumps(figures))
        return
    table = Table("measure", "value", "unit", "at most", "", "x the least possible")
    for each in figures:
        met = {True: "ok", False: "[bold]!![/]", None: ""}[each["met"]]
        table.add_row(
            each["what"],
            _short(each["value"]),
            each["unit"],
            _short(each["target"], ""),
            met,
            _short(each["ratio"], ""),
        )
    OUT.print(table)


@bench_app.command("screenshots")
def screenshots(
    to: Annotated[Path, typer.Option("--to", help="The folder for the pictures.")],
) -> None:
    """Make the pictures of the window that the documentation shows, from the demo's phantom."""
    for file in in_window_process("reviewer_app.gui.screenshots", ["--to", str(writable_folder(to))]).splitlines():
        OUT.print(plain(file), soft_wrap=True)


def in_window_process(module: str, words: list[str]) -> str:
    """Runs a module of the window in a process of its own, as the command line knows no Qt; gives what it printed.

    Raises:
        typer.Exit: it ended otherwise than well, and has said why.
    """
    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-m", module, *words], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise typer.Exit(done.returncode)
    return done.stdout


def _short(value: float | None, otherwise: str = "unknown") -> str:
    return otherwise if value is None else f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def doctor(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """See whether this machine has all that is needed, and how to get what is missing."""
    settings = read_settings(paths.config_file())
    request = DoctorRequest(library_place(settings, library), paths.bundle_folders())
    findings = Watch().drive(supervise(request))
    if as_json:
        OUT.print_json(json.dumps([asdict(each) for each in findings]))
    else:
        table = Table("", "what", "found", "what to do")
        for each in findings:
            table.add_row(
                "ok" if each.fine else "[bold]!![/]",
                each.what,
                plain(each.found),
                "" if each.fine else plain(each.remedy),
            )
        OUT.print(table)
    if not all(each.fine for each in findings):
        raise typer.Exit(NOT_FINE)
