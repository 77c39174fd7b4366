"""A file that one program holds: the system lets go of it when the holder dies, however it dies."""

import errno
import os
import sys

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a locked byte cannot be read there, so it lies beyond the text

    def hold(handle: int) -> None:
        """Hold an open file until its handle is closed; raises `OSError`, see `HELD`."""
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def hold(handle: int) -> None:
        """Hold an open file until its handle is closed; raises `OSError`, see `HELD`."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}
"""What the error says where another program holds the file."""
