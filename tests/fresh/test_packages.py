"""The recipes of the packages: what they say of the program agrees with the program."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click import Context

import backstop
import bootstrap
import build
from bundle import contents, libraries
from bundle.macos import information
from bundle.version import filled, moment, released, version
from fresh.machine import linux_only
from windows import make as windows

PROJECT = Path(bootstrap.__file__).parent.parent
LINUX = PROJECT / "packaging" / "linux"


def test_there_is_one_version_and_the_changelog_begins_with_it() -> None:
    assert version() == backstop.__version__
    first = re.search(r"^## (\S+)", (PROJECT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] == version()
    assert released().isoformat() in (PROJECT / "CHANGELOG.md").read_text("utf-8")
    assert moment() % 86_400 == 0


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(LINUX / "backstop.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_window_goes_by_the_name_of_its_menu_entry() -> None:
    program = (PROJECT / "src/backstop/desktop/shell/app.py").read_text(encoding="utf-8")
    named = re.search(r'setDesktopFileName\("(.+)"\)', program)
    assert named is not None
    assert (LINUX / f"{named[1]}.desktop").exists()
    assert (entry()["StartupWMClass"], entry()["Icon"]) == (named[1], named[1])


def test_a_book_is_the_kind_of_file_that_the_program_opens() -> None:
    kind = ElementTree.parse(LINUX / "backstop.xml").find("{*}mime-type")
    assert kind is not None
    assert entry()["MimeType"] == f"{kind.attrib['type']};"
    assert entry()["Exec"] == "backstop %f"
    pattern = kind.find("{*}glob")
    assert pattern is not None
    assert pattern.attrib["pattern"] == "*.backstop"


def test_the_shop_window_tells_the_version_and_names_the_menu_entry() -> None:
    told = ElementTree.fromstring(filled(LINUX / "backstop.metainfo.xml"))
    release = told.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": version(), "date": released().isoformat()}
    assert told.findtext("launchable") == "backstop.desktop"


@pytest.mark.parametrize("manual", ["backstop.1", "backstop.zh_CN.1"])
def test_the_manual_names_every_command(manual: str) -> None:
    from backstop.cli.command_line import PROGRAM, CommandLine

    line = CommandLine()
    commands = line.list_commands(Context(line, info_name=PROGRAM))
    said = (LINUX / manual).read_text(encoding="utf-8")
    assert len(commands) > 10
    assert [each for each in commands if each not in said and each != "open"] == []


def test_macos_is_told_of_the_version_and_of_books() -> None:
    told = information()
    assert told["CFBundleShortVersionString"] == version()
    assert told["LSMinimumSystemVersion"] == "14.0"
    (opened,), (declared,) = told["CFBundleDocumentTypes"], told["UTExportedTypeDeclarations"]
    assert opened["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["backstop"]
    assert "@" not in str(told)


INSIDE = (Path("/env"), Path("/python"))


def shipped(*entries: contents.Entry) -> list[str]:
    return [name for name, _, _ in contents.kept(entries, INSIDE)]


def test_libraries_of_the_system_stay_there_but_for_those_that_others_lack() -> None:
    assert shipped(
        ("libGL.so.1", "/usr/lib/libGL.so.1", "BINARY"),
        ("libstdc++.so.6", "/usr/lib/libstdc++.so.6", "BINARY"),
        ("libxcb-cursor.so.0", "/usr/lib/libxcb-cursor.so.0", "BINARY"),
        ("libffi.so.8", "/usr/lib/libffi.so.8", "BINARY"),
    ) == ["PySide6/Qt/lib/libxcb-cursor.so.0", "libffi.so.8"]


def test_what_nothing_uses_is_left_out() -> None:
    data = "matplotlib/mpl-data"
    assert shipped(
        (f"{data}/matplotlibrc", "/env/m", "DATA"),
        (f"{data}/fonts/ttf/LastResortHE-Regular.ttf", "/env/l", "DATA"),
        (f"{data}/fonts/ttf/cmr10.ttf", "/env/c", "DATA"),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "/env/t", "BINARY"),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/env/x", "BINARY"),
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
    ) == [
        f"{data}/matplotlibrc",
        f"{data}/fonts/ttf/LastResortHE-Regular.ttf",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
    ]


def test_the_hash_of_a_version_is_that_of_the_format() -> None:
    """Known from `objdump -p` of glibc's own libraries."""
    assert libraries.elf_hash("GLIBC_2.35") == 0x069691B5
    assert libraries.elf_hash("GLIBC_2.2.5") == 0x09691A75


@linux_only
def test_a_library_of_this_python_can_be_mapped_and_tells_what_it_needs() -> None:
    if not Path("/usr/bin/objdump").exists():
        pytest.skip("objdump is not here")
    library = next(Path(sys.base_prefix).rglob("math.cpython-*.so"), None)
    if library is None:
        pytest.skip("math is built into this Python")
    assert libraries.is_library(library)
    assert libraries.are_mappable(library)
    assert "libc.so.6" in libraries.names_needed([library])
    assert (2, 2) <= libraries.newest_glibc(library) < (3, 0)


def test_another_python_is_not_packed_for_windows(tmp_path: Path) -> None:
    other = tmp_path / "python.zip"
    other.write_bytes(b"PK")
    with pytest.raises(SystemExit, match="is not python-3"):
        windows.make_windows(other)


def test_of_what_windows_is_not_given_no_folder_stays(tmp_path: Path) -> None:
    for name in ("PySide6/qml/QtQuick/a.dll", "PySide6/Qt6Core.dll", "numpy/tests/a/b.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for each in list(windows.unused(tmp_path)):
        each.unlink()
    windows.drop_empty_folders(tmp_path)
    left = sorted(each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*"))
    assert left == ["PySide6", "PySide6/Qt6Core.dll"]


@pytest.mark.parametrize("given", [[], ["rpm"], ["windows"], ["deb", "--fast"]])
def test_an_unknown_package_shows_the_usage(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(given) == 2
    assert "bundle | deb" in capsys.readouterr().err


@linux_only
def test_install_sh_leaves_no_trace_of_itself(tmp_path: Path) -> None:
    unpacked, home = tmp_path / "a b" / "unpacked", tmp_path / "home of mine"
    (unpacked / "program").mkdir(parents=True)
    (unpacked / "program" / "backstop").write_text("#!/bin/sh\necho started\n")
    (unpacked / "program" / "backstop").chmod(0o755)
    (unpacked / "share" / "applications").mkdir(parents=True)
    (unpacked / "share" / "mime" / "packages").mkdir(parents=True)
    shutil.copy(LINUX / "backstop.desktop", unpacked / "share" / "applications")
    shutil.copy(LINUX / "backstop.xml", unpacked / "share" / "mime" / "packages")
    shutil.copy(LINUX / "install.sh", unpacked)
    owners = home / ".local" / "share" / "backstop" / "backstop.log"
    owners.parent.mkdir(parents=True)
    owners.touch()
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "zh_CN.UTF-8"}

    def install(script: Path, *arguments: str) -> str:
        command = ["sh", str(script), *arguments]
        return subprocess.run(
            command, env=environ, check=True, capture_output=True, text=True
        ).stdout

    assert "已安装" in install(unpacked / "install.sh")
    program = home / ".local" / "lib" / "backstop"
    menu = home / ".local" / "share" / "applications" / "backstop.desktop"
    assert f'Exec="{program}/backstop" %f' in menu.read_text(encoding="utf-8")
    started = home / ".local" / "bin" / "backstop"
    assert subprocess.run([started], check=True, capture_output=True).stdout == b"started\n"
    assert "已卸载" in install(program / "install.sh", "--remove")
    assert [each for each in home.rglob("*") if each.is_file()] == [owners]
