"""A bundle's card: what the manifest says, told to the person who is to decide whether to use it."""

import json
import math
from collections.abc import Mapping
from typing import Any

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.phrases import counted
from reviewer_app.learning.manifest import Description

_TOLD_APART = ("data", "recipe", "base", "ancestors", "validation", "limits")
"""Facts of a fine-tuning that have a section of their own; see ``provenance``."""


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
        *_training(dict(told.training)),
    ]
    return "\n\n".join(parts) + "\n"


def _training(facts: dict[str, Any]) -> list[str]:
    if not facts:
        return ["## Training", "Nothing is known of its training."]
    if not isinstance(facts.get("data"), Mapping):
        return ["## Training", _as_code(facts)]
    data = facts["data"]
    rest = {key: value for key, value in facts.items() if key not in _TOLD_APART}
    return [
        "## Data",
        f"Snapshot {str(data['snapshot'])[:12]}: {data['windows']} windows of 5 s, {data['windows_with_spasms']} of "
        f"them with a spasm's onset, of {counted(data['patients'], 'patients')}; "
        f"{counted(data['validation_patients'], 'other patients')} to validate; "
        f"{counted(data['recordings'], 'recordings')}, {data['hours']:g} h.",
        "## Made from",
        "\n".join(_ancestor(each) for each in facts["ancestors"]),
        "## Recipe",
        _as_code(facts["recipe"]),
        "## Validation",
        _figures(facts["validation"]),
        "## Limits",
        "\n".join(f"- {each}" for each in facts["limits"]),
        "## Training",
        _as_code(rest),
    ]


def _ancestor(told: Mapping[str, Any]) -> str:
    identity = told.get("identity") or told.get("sha256")
    return f"- {told['name']}, {told.get('licence', 'licence unknown')}" + (
        f" ({str(identity)[:12]})" if identity else ""
    )


def _figures(figures: Mapping[str, Any]) -> str:
    if not figures:
        return "Nothing was measured on patients that it was not trained on."
    rows = [f"| {name} | {'not known' if value is None else f'{value:g}'} |" for name, value in figures.items()]
    return "\n".join(["| on the validation patients | |", "| --- | --- |", *rows])


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
