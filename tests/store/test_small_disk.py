"""A disk without room, for real: a small disk of the test's own, or a limit on file sizes."""

import subprocess
import sys
from pathlib import Path

import pytest

CHILD = Path(__file__).parent / "small_disk.py"
SOME_SECONDS = 120
SMALL = 'mount -t tmpfs -o size=2m tmpfs "$1" && shift && exec "$@"'

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=SOME_SECONDS, check=False
    )


def on_small_disk(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    return run(
        "unshare", "--map-root-user", "--mount", "sh", "-c", SMALL, "sh", str(folder), *command
    )


def skip_without_small_disks(folder: Path) -> None:
    try:
        tried = on_small_disk(folder, "true")
    except FileNotFoundError:
        pytest.skip("there is no unshare here, so no disk of the test's own")
    if tried.returncode:
        pytest.skip(f"no disk of the test's own may be mounted here: {tried.stderr.strip()}")


@pytest.mark.parametrize("place", ["tmpfs", "limit"])
@pytest.mark.parametrize("work", ["edit", "backup", "import", "migration"])
def test_without_room_work_is_refused_in_words_and_nothing_is_lost(
    tmp_path: Path, work: str, place: str
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = (sys.executable, "-X", "utf8", str(CHILD), work, place, str(folder))
    if place == "tmpfs":
        skip_without_small_disks(folder)
        done = on_small_disk(folder, *command)
    else:
        done = run(*command)
    assert done.returncode == 0, done.stderr
    assert "The disk" in done.stdout
    assert ".new" not in done.stdout  # names that the owner never sees
    if place == "tmpfs":
        assert "The disk is full" in done.stdout
