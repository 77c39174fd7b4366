"""Packed statements as wallets and banks send them: a ZIP, often with a password."""

import zlib
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple
from zipfile import ZipInfo

from backstop.domain import BadInput, message
from backstop.importers.decoding import check_size
from backstop.importers.workbooks import MAGIC, is_workbook

_UTF8_NAME = 0x800
_SUFFIXES = (".csv", ".txt", ".xls", ".xlsx", ".ofx", ".qfx", ".qif", ".xml", ".sta", ".mt940")
_MOST_ENTRIES = 1000


class PasswordNeeded(BadInput):
    """The archive has a password, and none or a wrong one was given."""


class Unpacked(NamedTuple):
    """One file out of an archive."""

    name: str
    data: bytes


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a ZIP that is no spreadsheet."""
    return data.startswith(MAGIC[0]) and not is_workbook(data)


def unpacked(data: bytes, password: str = "") -> Unpacked:
    """The statement in a ZIP: the only file of a kind that can be read, or the largest of them.

    Raises `PasswordNeeded`, and `BadInput` for a damaged archive or one without a statement.
    """
    import pyzipper

    try:
        with pyzipper.AESZipFile(BytesIO(data)) as packed:
            infos = [each for each in packed.infolist()[:_MOST_ENTRIES] if not each.is_dir()]
            fitting = [each for each in infos if _suffix(each) in _SUFFIXES]
            if not fitting:
                raise _nothing_inside(infos)
            info = max(fitting, key=lambda each: each.file_size)
            check_size(info.file_size)
            if info.flag_bits & 1 and not password:
                raise PasswordNeeded(message("This archive has a password. Type it to open it."))
            with packed.open(info, pwd=password.encode() or None) as file:
                content = file.read(info.file_size + 1)
            return Unpacked(_name(info), content)
    except BadInput:
        raise
    except RuntimeError as error:  # also NotImplementedError
        raise _refused(password) from error
    except (zlib.error, pyzipper.BadZipFile, OSError, ValueError, EOFError, LookupError) as error:
        raise _refused(password) from error


def _refused(password: str) -> BadInput:
    """A wrong password of the older kind shows only in what it unpacks."""
    if password:
        return PasswordNeeded(message("The archive does not open with this password."))
    return BadInput(message("This archive is damaged. Download it again."))


def _nothing_inside(infos: list[ZipInfo]) -> BadInput:
    names = ", ".join(_name(each) for each in infos[:3])
    if any(_suffix(each) == ".pdf" for each in infos):
        said = "“{names}” is a PDF, which is not read. Export the statement as CSV or XLSX."
        return BadInput(message(said, names=names))
    return BadInput(message("There is no statement in this archive ({names}).", names=names))


def _suffix(info: ZipInfo) -> str:
    return PurePosixPath(_name(info)).suffix.lower()


def _name(info: ZipInfo) -> str:
    """Its name; Chinese programs write it in their own encoding without saying so."""
    name = str(info.filename)
    if info.flag_bits & _UTF8_NAME:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name
