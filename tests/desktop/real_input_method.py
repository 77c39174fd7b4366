"""Types Chinese with a real input method into the real window, and reads it back from the book.

    python tests/desktop/real_input_method.py [--method fcitx|ibus|both] [--program FILE]
                                              [--pictures FOLDER] [--patience TIMES]

On a virtual screen with a window manager, xdotool opens a source, spells 你好 in its name, presses
keys that are shortcuts when nothing is composed, chooses the word and leaves the field. `both`
starts ibus before fcitx. `--program` tries a packaged program in place of this source;
`--patience 4` waits four times as long after each key, for a machine that is busy.
Exit codes: 0 it is in the book, 1 it is not, 77 not tried: something to try it with is missing.
"""

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = [sys.executable, "-m", "backstop"]
WORD, SPELLED = "你好", "nihao"
NOT_TRIED, LONG, SHORT = 77, 60.0, 1.0
PACKAGES = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "import": "imagemagick",
    "dbus-daemon": "dbus",
}
FCITX = {"fcitx5": "fcitx5", "/usr/share/fcitx5/inputmethod/pinyin.conf": "fcitx5-pinyin"}
IBUS = {"ibus-daemon": "ibus", "/usr/share/ibus/component/libpinyin.xml": "ibus-libpinyin"}
METHODS = {"fcitx": FCITX, "ibus": IBUS, "both": FCITX | IBUS}
FCITX_PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
[Groups/0/Items/1]
Name=pinyin
[GroupOrder]
0=Default
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--method", choices=METHODS, default="fcitx")
    parser.add_argument("--program", type=Path)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--patience", type=float, default=1.0)
    asked = parser.parse_args()
    needed = PACKAGES | METHODS[asked.method]
    if missing := [package for each, package in needed.items() if not is_there(each)]:
        print("not tried; missing:", ", ".join(missing))
        return NOT_TRIED
    program = [str(asked.program.resolve())] if asked.program else SOURCE
    with tempfile.TemporaryDirectory() as place, contextlib.ExitStack() as ends:
        screen = Screen(Path(place), asked.pictures, ends, asked.patience)
        screen.start_method(asked.method)
        names = screen.type_into_book(program)
    print("the sources of the book:", ", ".join(names))
    return 0 if WORD in names else 1


class Screen:
    """A virtual screen with a bus, a window manager and a home of its own."""

    def __init__(
        self, place: Path, pictures: Path | None, ends: contextlib.ExitStack, patience: float
    ) -> None:
        self.place, self.pictures, self.ends = place, pictures, ends
        self.short = SHORT * patience
        folders = {f"BACKSTOP_{name}_DIR": str(place) for name in ("CONFIG", "DATA", "BOOKS")}
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "QT_", "IBUS_"))}
        self.environment = kept | folders | {"HOME": str(place), "XDG_RUNTIME_DIR": str(place)}
        self.environment["PYTHONPATH"] = str(ROOT / "src")
        self.environment["DISPLAY"] = ":" + self._told(
            ["Xvfb", "-displayfd", "1", "-noreset", "-screen", "0", "1280x900x24"]
        )
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._told(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        )
        self._start(["openbox"])

    def start_method(self, method: str) -> None:
        """Let the input method run, and say so in the environment, as Debian's im-config does."""
        name = "ibus" if method == "ibus" else "fcitx"
        self.environment |= {"QT_IM_MODULE": name, "XMODIFIERS": f"@im={name}"}
        if method != "fcitx":
            self._start(["ibus-daemon"])
            wait_until(lambda: bool(self._said("ibus", "address").strip("() \n")))
        if method != "ibus":
            profile = self.place / ".config" / "fcitx5" / "profile"
            profile.parent.mkdir(parents=True)
            profile.write_text(FCITX_PROFILE)
            self._start(["fcitx5"])
            wait_until(lambda: self._said("fcitx5-remote").strip() in ("0", "1", "2"))
        self.turn_on = self._ibus_on if method == "ibus" else self._fcitx_on

    def type_into_book(self, program: Sequence[str]) -> list[str]:
        """The names of the sources of a sample, after a name of them was typed in Chinese."""
        book, written = self.place / "shop.backstop", self.place / "shop.json"
        sample = ROOT / "resources" / "samples" / "contractor.json"
        self._said(*SOURCE, "new", str(book), "--from", str(sample))
        window = self._start([*program, "open", str(book)])
        self._said("xdotool", "search", "--sync", "--onlyvisible", "--name", "Backstop")
        self._settle()
        self._type_name()
        self._keys("ctrl+q")
        with contextlib.suppress(subprocess.TimeoutExpired):
            window.wait(10 * self.short)
        self._said(*SOURCE, "export", str(book), str(written))
        found = json.loads(written.read_text(encoding="utf-8"))
        return [each["name"] for each in found["facilities"]]

    def _type_name(self) -> None:
        self._keys("ctrl+2")
        self._settle()
        self._keys("Tab", "Tab", "Down", "Return")
        self._settle()
        self._keys("ctrl+a")
        wait_until(self.turn_on)
        self._said("xdotool", "type", "--delay", "100", SPELLED)
        time.sleep(self.short)
        self._keys("ctrl+z", "ctrl+3")
        self._picture("composing")
        self._keys("space")
        self._picture("chosen")
        self._keys("Tab")
        self._picture("left")

    def _fcitx_on(self) -> bool:
        self._said("fcitx5-remote", "-s", "pinyin")
        return self._said("fcitx5-remote", "-n").strip() == "pinyin"

    def _ibus_on(self) -> bool:
        self._said("ibus", "engine", "libpinyin")
        return self._said("ibus", "engine").strip() == "libpinyin"

    def _keys(self, *keys: str) -> None:
        for key in keys:
            self._said("xdotool", "key", key)
            time.sleep(self.short)

    def _picture(self, name: str) -> None:
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self._said("import", "-window", "root", str(self.pictures / f"{name}.png"))

    def _settle(self) -> None:
        """Wait until the screen shows the same for a while; a cursor may go on blinking."""
        seen = [b""]

        def is_still() -> bool:
            time.sleep(self.short)
            seen.append(self._run("import", "-window", "root", "rgb:-").stdout)
            return seen[-1] == seen[-2]

        wait_until(is_still, 15 * self.short)

    def _said(self, *command: str) -> str:
        return self._run(*command).stdout.decode()

    def _run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, env=self.environment, capture_output=True, check=False, timeout=LONG
        )

    def _start(self, command: Sequence[str]) -> subprocess.Popen[str]:
        log = self.ends.enter_context((self.place / "log").open("a"))
        started = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
        self.ends.enter_context(ended(started))
        return started

    def _told(self, command: Sequence[str]) -> str:
        """The first line that a program says once it is ready."""
        output = self._start(command).stdout
        assert output is not None
        return output.readline().strip()


def is_there(program_or_file: str) -> bool:
    return shutil.which(program_or_file) is not None or (
        program_or_file.startswith("/") and Path(program_or_file).exists()
    )


@contextlib.contextmanager
def ended(process: "subprocess.Popen[str]") -> Iterator[None]:
    with process:
        try:
            yield
        finally:
            process.terminate()


def wait_until(done: Callable[[], bool], longest: float = LONG) -> None:
    end = time.monotonic() + longest
    while not done() and time.monotonic() < end:
        time.sleep(0.2)


if __name__ == "__main__":
    raise SystemExit(main())
