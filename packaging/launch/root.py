"""A Debian system with nothing but its least packages, in a folder, to try a package in.

It is laid out by debootstrap once and kept, packed, in the builder's cache; so are the packages
that are installed into it. Needs root. The archives, certificates and proxies of this machine are
used, and what is installed gets nothing else of it.
"""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

RELEASE = "bookworm"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "backstop-launch"
USER = "tester"
PATHS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PASSED_ON = ("http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE")
LISTING = ["apt-get", "indextargets", "--format", "deb $(REPO_URI) $(RELEASE) $(COMPONENT)"]
SETTINGS = (
    'Acquire::Retries "3";',
    'Binary::apt-get::APT::Keep-Downloaded-Packages "true";',
    'Dir::Etc::sourceparts "-";',
    "",
)


class Root:
    """The system in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(
        self, *command: str, user: str = "root", environ: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Carry out a command in it to its end; its output is kept."""
        return subprocess.run(
            self.words(user, command),
            env=self.environ(user, environ or {}),
            capture_output=True,
            text=True,
            check=False,
        )

    def must(self, *command: str, user: str = "root", passing: Sequence[int] = (0,)) -> str:
        """The output of a command that has to succeed: to end with one of these codes."""
        done = self.run(*command, user=user)
        if done.returncode not in passing:
            raise SystemExit(f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def words(self, user: str, command: Sequence[str]) -> list[str]:
        become = ["setpriv", "--reuid", user, "--regid", user, "--init-groups", "--"]
        return ["chroot", str(self.folder), *become, *command]

    def environ(self, user: str, more: Mapping[str, str]) -> dict[str, str]:
        home = f"/{home_of(user)}"
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return {"PATH": PATHS, "LANG": "C.UTF-8", "HOME": home, **kept, **more}

    def put(self, source: Path, place: str) -> None:
        shutil.copy(source, self.folder / place.lstrip("/"))


def home_of(user: str) -> str:
    """Where a user is at home, from the root of the system."""
    return "root" if user == "root" else f"home/{user}"


@contextmanager
def bare_root(folder: Path) -> Iterator[Root]:
    """A fresh system, ready for apt-get, with a user of no rights."""
    root = Root(folder)
    unpack(folder)
    mount = ["mount", "--bind", "/proc", str(folder / "proc")]
    archives = folder / "var" / "cache" / "apt" / "archives"
    (CACHE / "archives" / "partial").mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(mount, check=True)
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder / "dev" / "shm")], check=True)
        subprocess.run(["mount", "--bind", str(CACHE / "archives"), str(archives)], check=True)
        settle(root)
        yield root
    finally:
        for each in (folder / "proc", folder / "dev" / "shm", archives):
            subprocess.run(["umount", str(each)], check=False, stderr=subprocess.DEVNULL)


def unpack(folder: Path) -> None:
    if folder.exists():
        subprocess.run(["rm", "-rf", "--one-file-system", str(folder)], check=True)
    packed = CACHE / f"{RELEASE}.tar"
    if not packed.exists():
        lay_out(folder, packed)
        return
    folder.mkdir(parents=True)
    subprocess.run(["tar", "-C", str(folder), "-xf", str(packed)], check=True)


def lay_out(folder: Path, packed: Path) -> None:
    """By debootstrap; packed under another name first, so that half a file is never taken."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    archive = next(each.split()[1] for each in sources() if each.split()[2] == RELEASE)
    command = ["debootstrap", "--variant=minbase", RELEASE, str(folder), archive]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"debootstrap: {done.stdout[-2000:]}{done.stderr}")
    packed.parent.mkdir(parents=True, exist_ok=True)
    half = packed.with_suffix(f".{os.getpid()}")
    with tarfile.open(half, "w") as file:
        file.add(folder, ".")
    half.replace(packed)


def sources() -> list[str]:
    """Debian's archives as this machine knows them."""
    command = [*LISTING, "Origin: Debian", "Created-By: Packages"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return sorted(set(said.splitlines()))


def settle(root: Root) -> None:
    """How this machine reaches the archives, and who uses the system."""
    etc = root.folder / "etc"
    for name in ("resolv.conf", "hosts"):
        root.put(Path("/etc", name), f"/etc/{name}")
    (etc / "apt" / "sources.list").write_text("\n".join(sources()) + "\n")
    for each in [Path("/etc/apt/apt.conf"), *Path("/etc/apt/apt.conf.d").glob("*")]:
        if each.is_file() and "Acquire" in each.read_text(errors="replace"):
            shutil.copy(each, etc / "apt" / "apt.conf.d")
    (etc / "ssl" / "certs").mkdir(parents=True, exist_ok=True)
    shutil.copy("/etc/ssl/certs/ca-certificates.crt", etc / "ssl" / "certs")
    (etc / "apt" / "apt.conf.d" / "99launch").write_text("\n".join(SETTINGS))
    (root.folder / "etc" / "apt" / "apt.conf.d" / "docker-clean").unlink(missing_ok=True)
    root.must("useradd", "--create-home", "--shell", "/bin/sh", USER)
    root.must("apt-get", "update")
