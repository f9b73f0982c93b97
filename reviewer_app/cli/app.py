"""The command ``spasm-reviewer``: its sub-commands, and how it ends.

Exit codes: 0 done; 1 an unexpected end; 2 the request makes no sense or cannot be done here; 3 the media cannot be
used; 4 the library cannot be used; 5 the bundle cannot be used; 6 done, but part of the recording could not be read;
130 stopped by the person (what was scanned is kept).
"""

import sys
from typing import Annotated

import typer

from reviewer_app import __version__
from reviewer_app.cli import (
    adapt,
    bundles,
    evaluate,
    learning,
    library,
    published,
    reporting,
    scanning,
    snapshots,
    tools,
    trainings,
)
from reviewer_app.cli.show import ERR, plain
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.errors import SpasmReviewerError

app = typer.Typer(
    name="spasm-reviewer",
    help="Finds and reviews infantile epileptic spasms in long recordings; without a command it opens the window. "
    f"{RESEARCH_NOTICE}",
    epilog="Exit codes: 0 done, 2 request, 3 media, 4 library, 5 bundle, 6 done but part was unreadable, 130 stopped.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("demo")(scanning.demo)
app.command("scan")(scanning.scan)
app.command("events")(scanning.events)
app.command("report")(reporting.report)
app.command("adapt")(adapt.adapt)
app.command("phantom")(tools.phantom)
app.command("accept")(tools.accept)
app.command("finetune")(learning.finetune)
app.command("crossval")(learning.crossval)
app.command("evaluate")(evaluate.evaluate)
app.command("published")(published.published)
app.add_typer(bundles.app, name="bundle")
app.add_typer(library.app, name="library")
app.add_typer(snapshots.app, name="snapshot")
app.add_typer(trainings.app, name="trainings")
app.add_typer(tools.starter_app, name="starter")
app.add_typer(tools.bench_app, name="bench")
app.command("doctor")(tools.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"spasm-reviewer {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Turns what every sub-command shares into one place; there is nothing else to do before them."""


def main() -> None:
    """Runs the command line; a refusal is one sentence and an exit code, never a traceback."""
    try:
        app()
    except SpasmReviewerError as error:
        ERR.print(f"[bold]spasm-reviewer:[/] {plain(str(error))}", soft_wrap=True)
        sys.exit(error.exit_code)
