from pathlib import Path

import pytest

from reviewer_app.errors import RequestError
from reviewer_app.jobs.message import StepsDone
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import PhantomRequest
from tests.jobs.test_process import drain


def test_a_phantom_is_made_on_request(tmp_path: Path) -> None:
    request = PhantomRequest(tmp_path / "night", 16.0, 3, "ward", files=1, eeg=False)
    messages, made = drain(supervise(request))
    assert made.seconds == 16.0
    assert {path.suffix for path in made.files} == {".mp4", ".tsv"}
    assert all(path.exists() for path in made.files)
    assert any(isinstance(message, StepsDone) for message in messages)


def test_a_scene_that_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="unknown scene 'moon': choose ward"):
        drain(supervise(PhantomRequest(tmp_path, 60.0, 3, "moon")))
