"""The lock files: pinned with hashes, no address in them, all that the project asks for."""

import re
import tomllib
from pathlib import Path

import pytest

import bootstrap

HOME = Path(bootstrap.__file__).parent.parent
LOCKS = [path.read_text(encoding="utf-8") for path in bootstrap.LOCKS.values()]


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+==[^\s;]+)", lock, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_place(lock: str) -> None:
    lines = [
        line for line in lock.splitlines() if not line.startswith(("    --hash=sha256:", "  "))
    ]
    assert not re.search(r"://|^-|\.(com|org|net|io)\b", lock, re.MULTILINE)
    assert all(re.match(r"[a-z0-9.-]+==\S+( ; .+)? \\$", line) for line in lines)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_has_hashes(lock: str) -> None:
    entries = re.split(r"^(?=[a-z])", lock, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_program_runs_on_the_very_versions_that_are_tested() -> None:
    assert pins(LOCKS[0]) <= pins(LOCKS[1])


@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], []), (LOCKS[1], ["test"])])
def test_a_lock_covers_what_the_project_asks_for(lock: str, extras: list[str]) -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = list(project["dependencies"])
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    names = {re.split(r"[^\w.-]", each)[0].lower().replace("_", "-") for each in asked}
    assert names <= {pin.partition("==")[0] for pin in pins(lock)}
