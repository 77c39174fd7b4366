"""Which input method Qt is asked for, so that Chinese can be typed with what the desktop runs.

Qt's own packages bring no plugin for fcitx, on which most Chinese Linux desktops rely; they do
bring one for ibus, and fcitx answers ibus's protocol on the session bus. Its author names this way
for programs with a Qt of their own (fcitx/fcitx5, issue 444).
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QPluginLoader
from PySide6.QtDBus import QDBusConnection

FCITX = ("fcitx", "fcitx5")
IBUS_ON_THE_SESSION_BUS = "org.freedesktop.portal.IBus"
NOT_NAMED = ("wayland", "fcitx")  # the compositor's own way goes first, where there is one


@contextmanager
def reachable_input_method() -> Iterator[None]:
    """While the application is made in here, Qt is asked for an input method it can reach.

    The environment is as before afterwards: programs started from here have plugins of their own.
    """
    before = dict(os.environ)
    if sys.platform == "linux":
        wanted = settings(before, _has_fcitx_plugin, _bus_answers_ibus)
        os.environ.update(wanted)
        if wanted and before.get("QT_PLUGIN_PATH"):
            _prefer_own_plugins()
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


def settings(
    environment: Mapping[str, str],
    has_plugin: Callable[[], bool],
    bus_answers_ibus: Callable[[], bool],
) -> dict[str, str]:
    """What to set so that fcitx is reached by ibus's protocol; nothing where Qt's choice stands.

    It stands unless fcitx is asked for, Qt has no plugin for it, and somebody answers ibus's
    protocol: asking where nobody does would cost Qt its own dead keys. The bus is asked last,
    since that takes time.
    """
    wanted = _wanted(environment)
    if not any(each in FCITX for each in wanted) or has_plugin() or not bus_answers_ibus():
        return {}
    reached = ["ibus" if each in FCITX else each for each in wanted]
    return {"QT_IM_MODULES": ";".join(dict.fromkeys(reached)), "IBUS_USE_PORTAL": "1"}


def _wanted(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The input methods asked for, the first one first, as Qt reads them: its list before its
    single name; where neither is set, the one named for the programs of old.
    """
    named = environment.get("QT_IM_MODULES") or environment.get("QT_IM_MODULE") or ""
    if named:
        return tuple(each.strip().lower() for each in named.split(";"))
    of_old = environment.get("XMODIFIERS", "").partition("@im=")[2]
    return NOT_NAMED if of_old.lower() in FCITX else ()


def _has_fcitx_plugin() -> bool:
    """Whether a plugin for fcitx stands where Qt looks, made for this very Qt.

    Input methods are no part of what Qt keeps stable, so one made for another Qt may crash.
    """
    found = (
        plugin
        for folder in QCoreApplication.libraryPaths()
        for plugin in Path(folder, "platforminputcontexts").glob("*fcitx*.so")
    )
    return any(_made_for(plugin) == _our_version() for plugin in found)


def _our_version() -> list[int]:
    return list(QLibraryInfo.version().segments()[:2])


def _made_for(plugin: Path) -> list[int]:
    """The major and minor version of the Qt that a plugin was built with; empty if it is none."""
    version = QPluginLoader(str(plugin)).metaData().get("version")
    return [version >> 16, version >> 8 & 0xFF] if isinstance(version, int) else []


def _prefer_own_plugins() -> None:
    """Let the plugin for ibus be Qt's own: one of another Qt, in a folder that the environment
    names, would be taken before it, and would not work.
    """
    own = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    others = [each for each in QCoreApplication.libraryPaths() if each != own]
    QCoreApplication.setLibraryPaths([own, *others])


def _bus_answers_ibus() -> bool:
    name = "backstop-input-method"
    interface = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, name).interface()
    answers = interface is not None and (
        interface.isServiceRegistered(IBUS_ON_THE_SESSION_BUS).value() is True
    )
    QDBusConnection.disconnectFromBus(name)
    return answers
