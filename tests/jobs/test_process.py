import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.domain.clip import WHOLE_PICTURE, Crop
from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError, SpasmReviewerError
from reviewer_app.jobs import process
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.message import Heartbeat, Message, Remark, Stage
from reviewer_app.jobs.process import Crashes, supervise
from tests.jobs import stand_ins


def drain(job: Generator[Message, None, Any]) -> tuple[list[Message], Any]:
    messages: list[Message] = []
    while True:
        try:
            message = next(job)
        except StopIteration as stop:
            return messages, stop.value
        if not isinstance(message, Heartbeat):
            messages.append(message)


def children(folder: Path) -> list[int]:
    return [int(line) for line in (folder / "diary").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_messages_and_the_answer_come_out_of_the_child(tmp_path: Path) -> None:
    messages, answer = drain(supervise(stand_ins.request_in(tmp_path), run=stand_ins.speak))
    assert messages == [Stage("one"), Remark("two")]
    assert answer == (tmp_path / "film.mp4",)


def test_a_refusal_in_the_child_is_the_same_refusal_outside(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="copy it again"):
        drain(supervise(stand_ins.request_in(tmp_path), run=stand_ins.refuse))


def test_a_bug_ends_in_one_sentence_and_is_not_tried_again(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SpasmReviewerError, match=r"fault in the program .*ZeroDivisionError: a bug"):
        drain(supervise(stand_ins.request_in(tmp_path), run=stand_ins.fault))
    assert len(children(tmp_path)) == 1
    assert "Traceback" not in capfd.readouterr().err


def test_a_child_that_dies_once_is_started_again(tmp_path: Path) -> None:
    messages, answer = drain(supervise(stand_ins.request_in(tmp_path), run=stand_ins.die_once))
    assert answer == 2
    assert [type(message) for message in messages] == [Stage, Remark, Stage]


@pytest.mark.parametrize("run", [stand_ins.die_at_42, stand_ins.hang_at_42, stand_ins.beat_at_42])
def test_a_second_that_takes_the_decoder_down_twice_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: process.Runner
) -> None:
    monkeypatch.setattr(process, "SILENCE", 1.0)
    messages, skips = drain(supervise(stand_ins.request_in(tmp_path), run=run))
    assert len(children(tmp_path)) == 3
    assert skips == (Interval(41.5, 44.0),)
    assert any(isinstance(message, Remark) and "undecodable" in message.text for message in messages)
    assert not any(is_alive(child) for child in children(tmp_path))


def test_a_job_that_waits_on_purpose_is_not_taken_for_a_hung_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "SILENCE", 1.0)
    _, skips = drain(supervise(stand_ins.request_in(tmp_path), run=stand_ins.wait_at_42))
    assert skips == ()
    assert len(children(tmp_path)) == 1


def test_a_file_that_gives_nothing_is_named_after_the_second_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "SILENCE", 1.0)
    request = replace(stand_ins.request_in(tmp_path), crop=Crop(0.1, 0.1, 0.5, 0.5))
    with pytest.raises(MediaError, match=r"film\.mp4 got no further"):
        drain(supervise(request, run=stand_ins.read_in_vain))
    assert len(children(tmp_path)) == 2


def test_reading_that_gets_on_may_take_as_long_as_it_likes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SILENCE", 1.0)
    assert drain(supervise(stand_ins.request_in(tmp_path), run=stand_ins.read_slowly)) == ([], True)
    assert len(children(tmp_path)) == 1


def test_a_job_that_cannot_be_kept_alive_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(SpasmReviewerError, match="given up"):
        drain(supervise(stand_ins.request_in(tmp_path), run=stand_ins.die_always))
    assert len(children(tmp_path)) == process.FRUITLESS


def test_closing_the_supervisor_closes_the_job_and_ends_the_child(tmp_path: Path) -> None:
    with closing(supervise(stand_ins.request_in(tmp_path), run=stand_ins.beat_for_ever)) as job:
        for _ in range(5):
            next(job)
    assert (tmp_path / "closed").exists()
    assert not is_alive(children(tmp_path)[0])


def test_pausing_reaches_the_child_and_its_beat_keeps_it_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "STARTING", 5.0)
    control = Control(get_context("spawn"))
    with closing(supervise(stand_ins.request_in(tmp_path), control, run=stand_ins.beat_for_ever)) as job:
        next(job)
        control.pause()
        assert any(next(job) == Heartbeat(paused=True) for _ in range(100))
        control.resume()
        assert any(next(job) == Heartbeat(paused=False) for _ in range(100))
    assert len(children(tmp_path)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal")
def test_a_child_does_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path\n"
        "from tests.jobs import stand_ins\n"
        "from reviewer_app.jobs.process import supervise\n"
        "if __name__ == '__main__':\n"
        f"    for _ in supervise(stand_ins.request_in(Path({str(tmp_path)!r})), run=stand_ins.beat_for_ever):\n"
        "        print('beat', flush=True)\n"
    )
    program = tmp_path / "program.py"
    program.write_text(script)
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, env=environment) as supervisor:
        assert supervisor.stdout is not None
        for _ in range(3):
            assert supervisor.stdout.readline() == b"beat\n"
        supervisor.send_signal(signal.SIGKILL)
    child = children(tmp_path)[0]
    for _ in range(100):
        if not is_alive(child):
            break
        time.sleep(0.1)
    assert not is_alive(child)


def test_a_skip_that_did_not_help_is_doubled() -> None:
    crashes = Crashes()
    assert "starts again" in crashes.add(42.0)
    assert "undecodable" in crashes.add(42.5)
    assert crashes.skips == (Interval(42.0, 44.5),)
    # The decoder starts at a keyframe before the stretch and dies in it again.
    crashes.add(43.0)
    assert crashes.skips == (Interval(42.0, 47.0),)


def test_crashes_at_different_seconds_skip_nothing() -> None:
    crashes = Crashes()
    for second in (10.0, 20.0, 30.0, -1.0, -1.0):
        crashes.add(second)
    assert crashes.skips == ()


def test_a_search_for_the_crop_that_kills_the_decoder_is_left_out(tmp_path: Path) -> None:
    crashes, request = Crashes(), stand_ins.request_in(tmp_path)
    crashes.add(-1.0)
    assert crashes.avoided(request).crop is None
    crashes.add(-1.0)
    assert crashes.avoided(request).crop == WHOLE_PICTURE
    drawn = Crop(0.1, 0.1, 0.5, 0.5)
    assert crashes.avoided(replace(request, crop=drawn)).crop == drawn
