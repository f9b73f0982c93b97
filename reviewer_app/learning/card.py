"""A bundle's card: what the manifest says, told to the person who is to decide whether to use it."""

import json
import math

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.learning.manifest import Description


def card_text(description: Description) -> str:
    """The card as Markdown, from the description alone, so that the two cannot disagree."""
    told = description
    licence = f"{told.licence.spdx}. {told.licence.notes}".strip()
    parts = [f"# {told.name}", f"**{RESEARCH_NOTICE}**"]
    if told.notice:
        parts.append(told.notice)
    parts += [
        "## Licence of the weights",
        licence,
        "## What it looks at",
        f"{told.clip.frames} frames over {told.clip.seconds:g} s at {told.clip.size} x {told.clip.size} pixels, "
        f"{told.clip.resampling} resampling, {told.clip.channels} channels, crop: {told.clip.crop}.",
        "## Network",
        _as_code(told.network.to_json()),
        "## Operating points",
        _points(told),
        "## Training",
        _as_code(dict(told.training)) if told.training else "Nothing is known of its training.",
    ]
    return "\n\n".join(parts) + "\n"


def _points(told: Description) -> str:
    if not told.operating_points:
        return "None: the model was not calibrated, so its scores cannot be turned into events."
    head = "| predicted false alarms per hour | predicted share of spasms found | enter | leave |"
    rows = [
        f"| {point.false_alarms_per_hour:g} | {_share(point.sensitivity)} | {point.enter:.4f} | {point.leave:.4f} |"
        for point in told.operating_points
    ]
    return (
        "\n".join([head, "| --- | --- | --- | --- |", *rows])
        + "\n\nPredicted on the recordings it was calibrated with; others may differ."
    )


def _share(sensitivity: float) -> str:
    return "unknown" if math.isnan(sensitivity) else f"{sensitivity:.0%}"


def _as_code(values: object) -> str:
    return f"```json\n{json.dumps(values, indent=2, ensure_ascii=False)}\n```"
