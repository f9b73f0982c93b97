"""A scan as a person orders it: kept in the library as JSON until it is done, on whatever day that is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.window import DEFAULT_STRIDE
from reviewer_app.errors import StoreError
from reviewer_app.jobs.request import Compute, EventRules, LibraryPlace, ScanRequest

KIND = "scan"
"""What such an order is called in the library's queue."""


@dataclass(frozen=True, slots=True)
class ScanTerms:
    """What all scans of this program have in common, at the time when they start."""

    library: LibraryPlace
    bundle_folders: tuple[Path, ...]
    compute: Compute = field(default_factory=Compute)
    rules: EventRules = field(default_factory=EventRules)
    person_detector: Path | None = None


@dataclass(frozen=True, slots=True)
class ScanOrder:
    """Which recording to scan, and how."""

    title: str  # how the screen calls it
    paths: tuple[Path, ...]
    bundle: str  # its name
    stride: int = DEFAULT_STRIDE  # grid frames
    crop: Crop | None = None  # None: as the bundle says
    patient: str = ""
    start: datetime | None = None  # wall clock at 0 s, where the person states it
    number: int | None = None  # of the recording, where the library knows it already

    def request(self, terms: ScanTerms) -> ScanRequest:
        """What the job is asked for."""
        return ScanRequest(
            self.paths,
            terms.library,
            self.bundle,
            terms.bundle_folders,
            stride=self.stride,
            crop=self.crop,
            person_detector=terms.person_detector,
            compute=terms.compute,
            rules=terms.rules,
            patient=self.patient,
            start=self.start,
        )

    def to_json(self) -> str:
        """The order as the library keeps it."""
        crop = self.crop
        return json.dumps(
            {
                "title": self.title,
                "paths": [str(path) for path in self.paths],
                "bundle": self.bundle,
                "stride": self.stride,
                "crop": [crop.left, crop.top, crop.right, crop.bottom] if crop else None,
                "patient": self.patient,
                "start": self.start.isoformat() if self.start else None,
                "number": self.number,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The order that was kept.

        Raises:
            StoreError: it is damaged, or of a later release.
        """
        try:
            return cls(**_read(json.loads(text)))
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError("A scan that waits in the library cannot be read; order it anew.") from error


def _read(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": str(kept["title"]),
        "paths": tuple(Path(path) for path in kept["paths"]),
        "bundle": str(kept["bundle"]),
        "stride": int(kept["stride"]),
        "crop": Crop(*kept["crop"]) if kept["crop"] else None,
        "patient": str(kept["patient"]),
        "start": datetime.fromisoformat(kept["start"]) if kept["start"] else None,
        "number": kept["number"],
    }
