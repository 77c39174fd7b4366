"""What kind of folder a book lies in: a network or a synced one takes another way of writing.

There SQLite's write-ahead log is not safe: it shares memory between programs, which two machines
cannot, and a sync program may carry the file away without its log. A rollback journal leaves one
file that is whole after every change.
"""

import ctypes
import sys
from functools import cache
from pathlib import Path, PurePosixPath

NETWORK_SYSTEMS = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "ncpfs",
    "davfs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.davfs",
    "fuse.gvfsd",
    "fuse.s3fs",
    "fuse.glusterfs",
    "vboxsf",
    "vmhgfs",
    "fuse.vmhgfs",
)
"""File systems, as Linux names them, behind which another machine may stand."""

SYNCED_FOLDERS = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "my drive",
    "mobile documents",
    "cloudstorage",
    "icloud drive",
    "iclouddrive",
    "nextcloud",
    "owncloud",
    "syncthing",
    "sync",
    "nutstore",
    "nutstore files",
    "坚果云",
    "我的坚果云",
    "baidusyncdisk",
    "baidunetdisk",
    "百度网盘",
    "百度云同步盘",
    "weiyun",
    "aliyundrive",
    "阿里云盘",
)
"""Names of folders that sync programs keep; what follows a blank and a dash is the account's."""


def is_shared(path: Path) -> bool:
    """Whether another machine may read or carry away this file while it is being written."""
    return _is_synced(path) or _is_on_network(path)


def _is_synced(path: Path) -> bool:
    names = (part.casefold().split(" - ")[0] for part in path.parent.parts)
    return any(name in SYNCED_FOLDERS for name in names)


def _is_on_network(path: Path) -> bool:
    if sys.platform == "win32":
        return _is_windows_share(path)
    return _system_of(path).startswith(NETWORK_SYSTEMS)


def _system_of(path: Path) -> str:
    """The file system that holds the path: that of the longest mount point above it."""
    best, system = -1, ""
    for point, kind in _mounts():
        if path.is_relative_to(point) and len(PurePosixPath(point).parts) > best:
            best, system = len(PurePosixPath(point).parts), kind
    return system


@cache
def _mounts() -> tuple[tuple[str, str], ...]:
    """Mount points and their kinds; none where the system does not list them."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    fields = (line.split(" ") for line in lines.splitlines())
    return tuple((each[1].replace("\\040", " "), each[2]) for each in fields if len(each) > 2)


def _is_windows_share(path: Path) -> bool:
    if sys.platform != "win32":
        return False
    remote = 4
    return str(path).startswith("\\\\") or (
        ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == remote
    )
