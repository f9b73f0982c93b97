"""Pieces hold the right picture at the right time, and join as if they had been compressed in one go."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from reviewer_app.phantom import encode
from reviewer_app.phantom.encode import Piece, encode_piece, picture_times
from reviewer_app.phantom.scene import SceneKind, ShotPlan

SHOT = ShotPlan(SceneKind.WARD, 5, 24.0)
WARD = Piece(SHOT, first=0.0, seconds=8.0, size=(64, 48), hand_held=False, sound=False)
PHONE = replace(WARD, shot=replace(SHOT, kind=SceneKind.PHONE), size=(48, 64), hand_held=True)


class GreyRenderer:
    """Draws the time as a shade of grey, so that no test waits for an infant."""

    def __init__(self, plan: ShotPlan, *, size: tuple[int, int]) -> None:
        self._shape = (size[1], size[0], 3)

    def frame(self, time: float) -> NDArray[np.uint8]:
        return np.full(self._shape, int(40 + 8 * time), np.uint8)


@pytest.fixture(autouse=True)
def grey(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "ShotRenderer", GreyRenderer)


def test_a_ward_camera_is_regular_and_slower_in_the_dark() -> None:
    assert np.allclose(np.diff(picture_times(WARD)), 0.04)
    dark = picture_times(replace(WARD, shot=replace(SHOT, night=True)))
    assert np.allclose(np.diff(dark), 0.08)
    assert len(dark) == 100


def test_a_phone_jitters_drops_pictures_and_slows_down() -> None:
    phones = [replace(PHONE, shot=replace(PHONE.shot, seed=seed)) for seed in range(20)]
    steps = [np.diff(picture_times(phone)) for phone in phones]
    assert all(step.min() > 0.02 for step in steps)
    assert any(step.max() > 0.055 for step in steps)
    assert {round(1 / float(np.median(step))) for step in steps} == {24, 30}
    assert all(picture_times(phone)[-1] < phone.seconds for phone in phones)


def test_a_piece_begins_with_a_key_frame_and_is_the_same_every_time() -> None:
    piece = encode_piece(WARD)
    assert piece.pictures[0].is_key
    assert [picture.time for picture in piece.pictures] == list(picture_times(WARD))
    assert encode_piece(WARD) == piece


def test_a_phone_held_upright_stores_its_picture_lying_down() -> None:
    assert PHONE.upright
    assert PHONE.stored_size == (64, 48)
    assert not replace(PHONE, size=(64, 48)).upright


def test_large_pictures_are_drawn_small() -> None:
    assert replace(PHONE, size=(720, 1280)).drawn_size == (360, 640)
    assert replace(WARD, size=(640, 480)).drawn_size == (640, 480)
    drawn = replace(WARD, size=(800, 600), seconds=0.2)
    assert encode_piece(drawn).pictures[0].is_key


def test_sound_is_125_packets_for_each_8_seconds() -> None:
    assert len(encode_piece(replace(WARD, sound=True)).sounds) == 125
    assert len(encode_piece(replace(WARD, sound=True, first=8.0, seconds=1.0)).sounds) == 15
