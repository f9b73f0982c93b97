"""What follows from the counts that a paper printed, so that its tables can stand beside ours."""

from collections.abc import Generator

from reviewer_app.evaluation.published import PublishedSet, read_published
from reviewer_app.jobs.figure import figure_of
from reviewer_app.jobs.learn_request import Published, PublishedRequest
from reviewer_app.jobs.message import Figure, Message, Stage


def published(request: PublishedRequest) -> Generator[Message, None, tuple[Published, ...]]:
    """Answers for each set of patients in the table.

    Raises:
        RequestError: the table cannot be read, or contradicts itself.
    """
    yield Stage("Reading the counts")
    return tuple(Published(each.name, str(each), tuple(_figures(each))) for each in read_published(request.counts))


def _figures(counts: PublishedSet) -> Generator[Figure]:
    yield figure_of("false alarms per window, pooled", counts.pooled)
    if counts.mean is not None:
        yield figure_of("false alarms per window, mean over patients", counts.mean)
