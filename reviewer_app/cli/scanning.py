"""``scan``, ``events`` and ``demo``: from files to events."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from reviewer_app import paths
from reviewer_app.cli.jsonable import report_json
from reviewer_app.cli.show import ERR, OUT, Watch, plain, show_report
from reviewer_app.domain.clip import Crop
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.said import Said
from reviewer_app.errors import RequestError
from reviewer_app.jobs.folder import writable_folder
from reviewer_app.jobs.library_request import ToldRequest
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import (
    DEMO_SEED,
    Compute,
    EventRules,
    EventsRequest,
    ExportRequest,
    LibraryPlace,
    ScanRequest,
    demo_phantom,
)
from reviewer_app.settings import Settings, read_settings

PARTLY_UNREADABLE = 6
"""Exit code of a scan that ended, of a recording that could not be read everywhere."""

LibraryOption = Annotated[
    Path | None, typer.Option("--library", help="The library's folder, instead of the one in the settings.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
FalseAlarmsOption = Annotated[
    float | None,
    typer.Option(
        "--false-alarms", help="Choose the operating point for this predicted number of false alarms an hour."
    ),
]
ToOption = Annotated[
    Path | None,
    typer.Option(
        "--to", help="Also write the trace and the events (CSV, BIDS), a picture and a report into this folder."
    ),
]
NamesOption = Annotated[bool, typer.Option("--names", help="Write raters' names; otherwise they are numbered.")]
NotesOption = Annotated[
    bool, typer.Option("--notes", help="Write the notes too, in which people may have named somebody.")
]


def scan(
    files: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Video files of one recording, or its folder.")
    ],
    to: ToOption = None,
    bundle: Annotated[
        str | None,
        typer.Option(help="Name or folder of the bundle to score with, instead of the one promoted in the library."),
    ] = None,
    stride: Annotated[
        int | None, typer.Option(help="Grid frames of 0.3125 s between windows: 1 to 16, 3 by default.")
    ] = None,
    crop: Annotated[
        str | None, typer.Option(metavar="L,T,R,B", help="Score this rectangle, in fractions of the picture.")
    ] = None,
    patient: Annotated[str, typer.Option(help="The patient's pseudonym.")] = "",
    start: Annotated[
        datetime | None, typer.Option(help="Wall clock at the beginning, where the files do not tell it right.")
    ] = None,
    device: Annotated[str | None, typer.Option(help="auto, cuda, mps, openvino or torch.")] = None,
    precision: Annotated[str | None, typer.Option(help="auto, bf16 or f32.")] = None,
    threads: Annotated[int | None, typer.Option(help="Processor threads; 0 for all cores.")] = None,
    fresh: Annotated[bool, typer.Option(help="Forget the stored trace and score everything again.")] = False,
    library: LibraryOption = None,
    false_alarms: FalseAlarmsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score a recording and list its events; a scan that was stopped goes on where it was."""
    settings = read_settings(paths.config_file())
    if to is not None:
        writable_folder(to)
    request = ScanRequest(
        paths=tuple(files),
        library=library_place(settings, library),
        bundle=bundle or settings.bundle,
        by_default=bundle is None,
        bundle_folders=paths.bundle_folders(),
        stride=settings.stride if stride is None else stride,
        crop=None if crop is None else read_crop(crop),
        person_detector=settings.person_detector,
        compute=Compute.chosen(
            device or settings.device,
            precision or settings.precision,
            settings.threads if threads is None else threads,
        ),
        rules=event_rules(settings, false_alarms),
        patient=patient,
        start=start,
        fresh=fresh,
    )
    report = Watch().drive(supervise(request))
    finish(report, to, as_json=as_json)


def events(
    recording: Annotated[
        int | None, typer.Argument(help="Number of the recording in the library; all of them by default.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            help="Also write the trace, the events and what people said (CSV, BIDS), a picture and a report into this "
            "folder.",
        ),
    ] = None,
    names: NamesOption = False,
    notes: NotesOption = False,
    library: LibraryOption = None,
    false_alarms: FalseAlarmsOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the events of recordings scanned before, perhaps at another operating point."""
    settings = read_settings(paths.config_file())
    if to is not None and recording is None:
        raise RequestError(
            "name the recording whose files are to be written: spasm-reviewer events NUMBER --to FOLDER."
        )
    if to is None and (names or notes):
        raise RequestError("--names and --notes say what may stand in files: name their folder with --to FOLDER.")
    place, rules = library_place(settings, library), event_rules(settings, false_alarms)
    request = EventsRequest(place, paths.bundle_folders(), rules, recording)
    reports = Watch().drive(supervise(request))
    if as_json:
        OUT.print_json(json.dumps([report_json(report) for report in reports]))
    else:
        for report in reports:
            show_report(report)
    if to is not None and recording is not None:
        question = ToldRequest(place, recording, paths.bundle_folders(), rules, with_names=names, with_notes=notes)
        export(reports[-1], to, said=Watch().drive(supervise(question)).said)


def demo(
    to: Annotated[Path, typer.Option("--to", help="Where the picture, the tables and the report go.")] = Path(
        "spasm-reviewer-demo"
    ),
    bundle: Annotated[str | None, typer.Option(help="Name or folder of the bundle to score with.")] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a 12-minute synthetic recording with EEG (once), scan it, and write what was found.

    Without options, where there is a display, it is opened in the window instead.
    """
    settings = read_settings(paths.config_file())
    writable_folder(to)
    recording = paths.cache_folder() / f"demo-{DEMO_SEED}"
    if not (recording / "complete").exists():
        ERR.print("Making the demo recording: a phantom, an infant that is drawn. This is done once.")
        Watch().drive(supervise(demo_phantom(recording)))
        (recording / "complete").touch()
    ERR.print(f"The recording is in {plain(str(recording))}.")
    request = ScanRequest(
        paths=(recording,),
        library=LibraryPlace(library or paths.cache_folder() / "demo-library", paths.key_folder()),
        bundle=bundle or settings.bundle,
        bundle_folders=paths.bundle_folders(),
        rules=event_rules(settings, None),
        compute=Compute.chosen(settings.device, settings.precision, settings.threads),
    )
    finish(Watch().drive(supervise(request)), to, as_json=as_json)


def finish(report: TraceReport, to: Path | None, *, as_json: bool) -> None:
    """Shows a scan's report, writes its files, and ends with the code that tells whether all could be read."""
    if as_json:
        OUT.print_json(json.dumps(report_json(report)))
    else:
        show_report(report)
    if to is not None:
        export(report, to)
    if not report.coverage.complete:
        raise typer.Exit(PARTLY_UNREADABLE)


def export(report: TraceReport, to: Path, *, said: Said | None = None) -> None:
    """Writes the report's files, and what people said where that may go out, and says where they are."""
    show_written(Watch().drive(supervise(ExportRequest(report, to, said))))


def show_written(written: Sequence[Path]) -> None:
    """Says where files are."""
    ERR.print("Written:")
    for path in written:
        ERR.print(f"  {plain(str(path))}", soft_wrap=True)


def library_place(settings: Settings, library: Path | None) -> LibraryPlace:
    """The library that a command works on."""
    return LibraryPlace(library or settings.library or paths.library_folder(), paths.key_folder())


def event_rules(settings: Settings, false_alarms: float | None) -> EventRules:
    """How events are made, from the settings and the command's own wish."""
    return EventRules(settings.false_alarms_per_hour if false_alarms is None else false_alarms, settings.cluster_gap)


def read_crop(text: str) -> Crop:
    """A crop from four fractions.

    Raises:
        RequestError: it is no rectangle inside the picture.
    """
    try:
        left, top, right, bottom = (float(part) for part in text.split(","))
        return Crop(left, top, right, bottom)
    except ValueError as error:
        raise RequestError(
            f"{text!r} is no crop: give left,top,right,bottom as fractions of the picture, such as 0.2,0.1,0.8,0.9."
        ) from error
