"""Makes the archive for one user, who needs no rights: the bundle, its menu entry, `install.sh`."""

import shutil
from pathlib import Path

from bundle.make import BUILD, make_bundle, run
from bundle.version import moment, version
from linux.layout import copy_bundle, lay_share

HERE = Path(__file__).parent
ARCHITECTURE = "x86_64"


def make_tar() -> Path:
    """The archive; the same files at every build."""
    tree = lay_tree(make_bundle())
    archive = BUILD / f"{tree.name}.tar.xz"
    owner = ("--owner=0", "--group=0", "--numeric-owner", "--sort=name", f"--mtime=@{moment()}")
    run("tar", "-C", str(tree.parent), *owner, "-I", "xz -6 -T0", "-cf", str(archive), tree.name)
    return archive


def lay_tree(bundle: Path) -> Path:
    """The folder that is packed, as it lies before an owner who unpacked it."""
    tree = BUILD / "tar" / f"backstop-{version()}-{ARCHITECTURE}"
    shutil.rmtree(tree.parent, ignore_errors=True)
    copy_bundle(bundle, tree / "program")
    lay_share(tree / "share")
    shutil.copy(HERE / "install.sh", tree)
    return tree
