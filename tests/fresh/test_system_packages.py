"""What the system lacks is installed for root, and named for others."""

import sys

import pytest

import bootstrap
from bootstrap import Halt, Package
from fresh.machine import Machine, Told, linux_only


def test_the_listing_is_read_by_sections_without_its_comments() -> None:
    listing = "# head\n[window]  # why\nlibgl1  libGL.so.1  # why\n\n[test]\nxvfb Xvfb\n"
    assert bootstrap.read_packages(listing) == [
        Package("libgl1", "libGL.so.1", "window"),
        Package("xvfb", "Xvfb", "test"),
    ]


def test_the_listing_names_each_package_once_in_a_known_section() -> None:
    packages = bootstrap.read_packages(bootstrap.PACKAGES.read_text(encoding="utf-8"))
    assert len({each.name for each in packages}) == len(packages)
    assert {each.section for each in packages} == {
        "window",
        "font",
        "test",
        "bundle",
        "deb",
        "launch",
        "windows",
    }


@linux_only
def test_a_library_counts_only_if_it_can_be_loaded() -> None:
    assert bootstrap.is_there("libc.so.6")
    assert not bootstrap.is_there("libnothing-of-the-kind.so.1")


@pytest.mark.parametrize(
    ("programs", "start"), [({"apt-get", "sudo"}, "sudo sh -c"), ({"apt-get"}, "su -c")]
)
def test_a_user_is_told_the_exact_line_to_type(
    machine: Machine, told: Told, programs: set[str], start: str
) -> None:
    machine.missing = {"libEGL.so.1", "Xvfb"}
    machine.programs = programs
    assert bootstrap.main(["test"]) == 2
    assert told() == (
        "The system lacks something that Backstop needs: type this line, "
        "then give the same command again:\n"
        f"    {start} 'apt-get update && "
        "apt-get install --yes --no-install-recommends libegl1 xvfb'\n"
    )
    assert machine.done == []


def test_root_gets_what_is_missing_installed(machine: Machine) -> None:
    machine.missing = {"libEGL.so.1", "font:zh-cn"}
    machine.user = 0
    bootstrap.prepare_system("window", "font")
    install = ["apt-get", "install", "--yes", "--no-install-recommends"]
    assert machine.done == [["apt-get", "update"], [*install, "libegl1", "fonts-noto-cjk"]]


def test_a_failed_installation_says_why_and_what_to_type(machine: Machine) -> None:
    machine.missing = {"libEGL.so.1"}
    machine.user = 0
    machine.complaint = "Reading lists\nE: Unable to fetch some archives\nhint"
    with pytest.raises(Halt, match=r"\(E: Unable to fetch some archives\)(.|\n)*libegl1"):
        bootstrap.prepare_system("window")


def test_what_is_still_missing_after_an_installation_is_named(machine: Machine) -> None:
    machine.missing = {"libEGL.so.1"}
    machine.user = 0
    machine.remedied = False
    with pytest.raises(Halt, match="libegl1"):
        bootstrap.prepare_system("window")


def test_a_system_without_apt_is_told_which_libraries(machine: Machine) -> None:
    machine.missing = {"libEGL.so.1", "libGL.so.1"}
    machine.programs.clear()
    with pytest.raises(Halt, match=r"\(libGL\.so\.1, libEGL\.so\.1\)"):
        bootstrap.prepare_system("window")


def test_a_missing_font_is_mentioned_but_stops_nothing(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.missing = {"font:zh-cn"}
    bootstrap.prepare_system("window", "font")
    assert "install --yes --no-install-recommends fonts-noto-cjk'" in capsys.readouterr().out


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_bring_what_qt_needs(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    machine.missing = {"libEGL.so.1"}
    monkeypatch.setattr(sys, "platform", platform)
    bootstrap.prepare_system("window", "font", "test")
    assert machine.done == []
