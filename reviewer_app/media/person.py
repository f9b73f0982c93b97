"""Finds people in a picture with a YOLO detector in an ONNX file, named by the person who runs the program."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.clip import Crop
from reviewer_app.errors import MediaError

INPUT_SIZE = 640
"""Pixels, height and width, that YOLO detectors are exported for."""

LEAST_CONFIDENCE = 0.2
"""Infants under blankets are seen with little confidence (median 0.23 in the published series), so this is low."""

_PERSON = 0  # the class in the COCO list
_CLASSES = 80


class PersonDetector:
    """A YOLO network whose answer is (1, 84, N), or (1, N, 85) with an objectness before the classes."""

    def __init__(self, model: Path) -> None:
        """Loads the network.

        Raises:
            MediaError: The file is missing or OpenCV cannot load it.
        """
        self._name = model.name
        if not model.is_file():
            raise MediaError(f"There is no person detector {model.name}; name an ONNX file in the settings.")
        try:
            self._network = cv2.dnn.readNetFromONNX(str(model))
        except cv2.error as error:
            raise MediaError(self._refusal("OpenCV cannot load it")) from error

    def find(self, picture: NDArray[np.uint8]) -> list[Crop]:
        """Where people are in an RGB picture, best first.

        Raises:
            MediaError: The network cannot be run on a picture or answers in another form.
        """
        boxes, confidences = self._looked(picture)
        order = [i for i in np.argsort(-confidences, kind="stable") if confidences[i] >= LEAST_CONFIDENCE]
        return [crop for i in order if (crop := _crop(boxes[i])) is not None]

    def visibility(self, picture: NDArray[np.uint8], *, within: Crop) -> float:
        """The greatest confidence that somebody has the middle of their box within a part of an RGB picture, 0-1.

        Raises:
            MediaError: The network cannot be run on a picture or answers in another form.
        """
        boxes, confidences = self._looked(picture)
        x, y = boxes[:, 0], boxes[:, 1]
        inside = (x >= within.left) & (x <= within.right) & (y >= within.top) & (y <= within.bottom)
        return float(np.clip(confidences[inside].max(initial=0.0), 0, 1))

    def _looked(self, picture: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Middle x, y, width and height in parts of the picture (n, 4), and the confidence in a person (n,)."""
        height, width = picture.shape[:2]
        scale = INPUT_SIZE / max(height, width)
        # Grey bars to the right and below, as in YOLO's own training.
        canvas = np.full((INPUT_SIZE, INPUT_SIZE, 3), 114, np.uint8)
        small = cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_LINEAR)
        canvas[: small.shape[0], : small.shape[1]] = small
        try:
            self._network.setInput(cv2.dnn.blobFromImage(canvas, 1 / 255))
            answer = np.asarray(self._network.forward(), np.float32)
        except cv2.error as error:
            raise MediaError(self._refusal("it cannot be run on a picture of 640 x 640")) from error
        boxes, confidences = self._read(answer)
        return boxes / (scale * np.array([width, height, width, height], np.float32)), confidences

    def _read(self, answer: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Middle x, y, width, height in input pixels (n, 4) and the confidence that it is a person (n,)."""
        if answer.ndim == 3 and answer.shape[:2] == (1, 4 + _CLASSES):
            rows = answer[0].T
            return rows[:, :4], rows[:, 4 + _PERSON]
        if answer.ndim == 3 and answer.shape[0] == 1 and answer.shape[2] == 5 + _CLASSES:
            rows = answer[0]
            return rows[:, :4], rows[:, 4] * rows[:, 5 + _PERSON]
        raise MediaError(self._refusal(f"its answer has the shape {answer.shape}"))

    def _refusal(self, why: str) -> str:
        return f"{self._name} is no person detector that can be used ({why}); name a YOLO network exported to ONNX."


def _crop(box: NDArray[np.float32]) -> Crop | None:
    """The box inside the picture; None where nothing of it is."""
    x, y, width, height = (float(value) for value in box)
    left, right = max(0.0, x - width / 2), min(1.0, x + width / 2)
    top, bottom = max(0.0, y - height / 2), min(1.0, y + height / 2)
    return Crop(left, top, right, bottom) if left < right and top < bottom else None
