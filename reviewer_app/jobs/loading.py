"""Loading a bundle's network to score with, as the person asked for it to be computed."""

from collections.abc import Generator
from functools import partial

from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.message import Message
from reviewer_app.jobs.request import Compute
from reviewer_app.learning.bundle import Bundle
from reviewer_app.learning.predictor import Predictor


def load_predictor(bundle: Bundle, compute: Compute) -> Generator[Message, None, Predictor]:
    """Loads the network while the job goes on speaking.

    Raises:
        BundleError: The bundle cannot be trusted, or cannot be computed so.
    """
    load = partial(
        Predictor, bundle, device=compute.device, precision=compute.precision, threads=compute.threads or None
    )
    return (yield from beating("Loading the network", load))
