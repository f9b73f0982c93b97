"""A laptop that sleeps in the middle of a job: supervisor and child stand still together, and then go on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import sys
from pathlib import Path
from reviewer_app.jobs import process
from tests.jobs import stand_ins
if __name__ == '__main__':
    process.STARTING, process.SILENCE = 120.0, 4.0
    for message in process.supervise(stand_ins.request_in(Path(sys.argv[1])), run=stand_ins.beat_for_ever):
        print(type(message).__name__, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGSTOP is a POSIX signal")
def test_a_machine_that_slept_longer_than_any_silence_is_no_hung_child(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(program), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as supervisor:
        assert supervisor.stdout is not None
        for _ in range(5):
            assert supervisor.stdout.readline() == "Heartbeat\n"
        diary = tmp_path / "diary"
        while not diary.exists():
            time.sleep(0.05)
        child = int(diary.read_text())
        for pid in (supervisor.pid, child):
            os.kill(pid, signal.SIGSTOP)
        time.sleep(6)
        # The supervisor wakes first, and finds that nothing was said for longer than it allows.
        os.kill(supervisor.pid, signal.SIGCONT)
        time.sleep(0.5)
        os.kill(child, signal.SIGCONT)
        heard = [supervisor.stdout.readline() for _ in range(40)]
        supervisor.kill()
    assert set(heard) == {"Heartbeat\n"}, "no remark about a child that was started again"
    assert diary.read_text().split() == [str(child)]
