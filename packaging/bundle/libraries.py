"""What stands in the head of a shared library (ELF, 64 bits, the byte order of this machine)."""

import re
import struct
import subprocess
from collections.abc import Iterable
from pathlib import Path

MAGIC = b"\x7fELF\x02"
PAGE = 4096
LOAD = 1
WEAK = 2
Version = tuple[int, int]


def is_library(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def heads(*files: Path) -> str:
    """What these files are linked with, as objdump says it."""
    command = ["objdump", "-p", *map(str, files)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def names_needed(files: Iterable[Path]) -> set[str]:
    """The names of the libraries that these files are linked with."""
    return set(re.findall(r"^ +NEEDED +(\S+)$", heads(*files), re.MULTILINE))


def search_path(file: Path) -> str:
    """Where a file looks for its libraries before the system's places."""
    found = re.search(r"^ +R(?:UN)?PATH +(\S+)$", heads(file), re.MULTILINE)
    return found[1] if found else ""


def newest_glibc(*files: Path) -> Version:
    """The newest version of glibc that one of these files cannot do without."""
    found = re.findall(r"^ +0x\S+ 0x(\S+) \d+ GLIBC_(\d+)\.(\d+)$", heads(*files), re.MULTILINE)
    strong = [
        (int(major), int(minor)) for flags, major, minor in found if not int(flags, 16) & WEAK
    ]
    return max(strong, default=(0, 0))


def excuse_version(file: Path, version: str) -> None:
    """Let a library load where the system has no such version of a library, once no symbol asks
    for it: the loader passes over a missing version that is marked as weak."""
    content = file.read_bytes()
    strong, weak = (struct.pack("=IH", elf_hash(version), flags) for flags in (0, WEAK))
    if content.count(strong) != 1:
        raise SystemExit(f"{file.name} does not ask for {version} just once")
    file.write_bytes(content.replace(strong, weak))


def elf_hash(name: str) -> int:
    """The number under which a name stands in a library (System V ABI, “Hash Table”)."""
    value = 0
    for each in name.encode():
        value = (value << 4) + each
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return value


def are_mappable(path: Path) -> bool:
    """Whether each part of a library can be laid into memory from where it stands in the file."""
    content = path.read_bytes()
    (at,) = struct.unpack_from("=Q", content, 32)
    size, count = struct.unpack_from("=HH", content, 54)
    for number in range(count):
        kind, _, offset, address = struct.unpack_from("=IIQQ", content, at + number * size)
        if kind == LOAD and (offset - address) % PAGE:
            return False
    return True
