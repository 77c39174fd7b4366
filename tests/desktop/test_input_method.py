"""Which input method Qt is asked for, whatever the desktop says and runs."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo

from backstop.desktop.shell import input_method
from backstop.desktop.shell.input_method import reachable_input_method, settings

VARIABLES = ("QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS", "IBUS_USE_PORTAL", "QT_PLUGIN_PATH")
FCITX_OF_DEBIAN = {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}
IBUS_OF_DEBIAN = {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}

TABLE = {
    "fcitx": (FCITX_OF_DEBIAN, "ibus"),
    "fcitx by its newer name": ({"QT_IM_MODULE": "fcitx5"}, "ibus"),
    "fcitx in capitals": ({"QT_IM_MODULE": "Fcitx"}, "ibus"),
    "fcitx named for the programs of old alone": ({"XMODIFIERS": "@im=fcitx"}, "wayland;ibus"),
    "Wayland, then fcitx": ({"QT_IM_MODULES": "wayland;fcitx"}, "wayland;ibus"),
    "fcitx, then ibus": ({"QT_IM_MODULES": "fcitx;ibus"}, "ibus"),
    "ibus": (IBUS_OF_DEBIAN, ""),
    "ibus for Qt, fcitx for the programs of old": (
        {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"},
        "",
    ),
    "a list without fcitx goes before a name": (
        {"QT_IM_MODULES": "wayland", "QT_IM_MODULE": "fcitx"},
        "",
    ),
    "an empty list": ({"QT_IM_MODULES": "", "QT_IM_MODULE": "fcitx"}, "ibus"),
    "another one": ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, ""),
    "none": ({}, ""),
    "ibus for the programs of old alone": ({"XMODIFIERS": "@im=ibus"}, ""),
}


def never() -> bool:
    return False


def always() -> bool:
    return True


def not_asked() -> bool:
    raise AssertionError("asked, though it does not matter")


@pytest.mark.parametrize("desktop", TABLE)
def test_fcitx_is_reached_by_the_protocol_of_ibus(desktop: str) -> None:
    environment, modules = TABLE[desktop]
    expected = {"QT_IM_MODULES": modules, "IBUS_USE_PORTAL": "1"} if modules else {}
    assert settings(environment, never, always) == expected


@pytest.mark.parametrize("desktop", [name for name, (_, modules) in TABLE.items() if not modules])
def test_neither_plugins_nor_the_bus_are_asked_where_nobody_wants_fcitx(desktop: str) -> None:
    environment, _ = TABLE[desktop]
    assert settings(environment, not_asked, not_asked) == {}


def test_the_choice_stands_where_qt_has_a_plugin_of_its_own_version() -> None:
    assert settings(FCITX_OF_DEBIAN, always, not_asked) == {}


def test_the_choice_stands_where_nobody_answers() -> None:
    assert settings(FCITX_OF_DEBIAN, never, never) == {}


@pytest.fixture
def fcitx_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    monkeypatch.setattr(input_method, "_has_fcitx_plugin", never)
    monkeypatch.setattr(input_method, "_bus_answers_ibus", always)


def test_programs_started_later_find_the_environment_as_it_was(fcitx_wanted: None) -> None:
    before = dict(os.environ)
    with reachable_input_method():
        assert os.environ["QT_IM_MODULES"] == "ibus"
        assert os.environ["IBUS_USE_PORTAL"] == "1"
    assert dict(os.environ) == before


def test_the_environment_is_as_it_was_after_a_failure_too(fcitx_wanted: None) -> None:
    before = dict(os.environ)
    with pytest.raises(RuntimeError), reachable_input_method():
        raise RuntimeError
    assert dict(os.environ) == before


def test_the_plugin_of_another_qt_is_not_taken_for_our_own(
    fcitx_wanted: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    before = QCoreApplication.libraryPaths()
    QCoreApplication.setLibraryPaths([str(tmp_path), own])
    try:
        with reachable_input_method():
            pass
        assert QCoreApplication.libraryPaths() == [str(tmp_path), own]
        monkeypatch.setenv("QT_PLUGIN_PATH", str(tmp_path))
        with reachable_input_method():
            pass
        assert QCoreApplication.libraryPaths() == [own, str(tmp_path)]
    finally:
        QCoreApplication.setLibraryPaths(before)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_are_left_alone(
    fcitx_wanted: None, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    before = dict(os.environ)
    with reachable_input_method():
        assert dict(os.environ) == before


def test_qt_is_given_a_plugin_for_ibus_and_none_for_fcitx() -> None:
    folders = [Path(each, "platforminputcontexts") for each in QCoreApplication.libraryPaths()]
    assert any(list(folder.glob("libibus*.so")) for folder in folders)
    assert not input_method._has_fcitx_plugin()


@pytest.mark.parametrize(
    ("version", "is_ours"), [([6, 12], True), ([6, 4], False), ([5, 15], False), ([], False)]
)
def test_a_plugin_counts_if_it_was_made_for_this_qt(
    version: list[int], is_ours: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    (folder / "libfcitx5platforminputcontextplugin.so").touch()
    monkeypatch.setattr(QCoreApplication, "libraryPaths", lambda: [str(tmp_path)])
    monkeypatch.setattr(input_method, "_made_for", lambda _: version)
    monkeypatch.setattr(input_method, "_our_version", lambda: [6, 12])
    assert input_method._has_fcitx_plugin() is is_ours


def test_the_version_of_a_plugin_is_read_from_it(tmp_path: Path) -> None:
    folders = [Path(each, "platforminputcontexts") for each in QCoreApplication.libraryPaths()]
    ibus = next(plugin for folder in folders for plugin in folder.glob("libibus*.so"))
    assert input_method._made_for(ibus) == input_method._our_version()
    broken = tmp_path / "libfcitx.so"
    broken.write_bytes(b"no plugin")
    assert input_method._made_for(broken) == []


def test_nobody_answers_on_a_bus_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    assert not input_method._bus_answers_ibus()
