"""How tables were read before, by their headings: chosen once, remembered for the next file.

Nothing of a statement itself is kept here: headings as a digest, and which column is what. The
headings are found again wherever they stand, and by their bytes too, for their letters may have
been read in a wrong encoding at first. A file of these that cannot be read is none.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec

from backstop.disk.files import make_private
from backstop.disk.whole import write_whole
from backstop.importers import Mapping
from backstop.importers.cells import Record, Table, heading
from backstop.services.paths import config_folder
from backstop.services.statements import Preview

MOST_REMEMBERED = 400
_LARGEST = 2_000_000
_LOOKED_AT = 60
_MARKS = re.compile(r"[,;\t|\"]")
_Known = dict[str, Mapping]


def remember(preview: Preview) -> None:
    """Keep how this table was read, where its owner said how."""
    if not (preview.is_mapped and preview.is_chosen and preview.mapping.header):
        return
    mapping, table = preview.mapping, preview.statement.tables[preview.mapping.sheet]
    header = next((each for each in table.records if each.line == mapping.header), None)
    keys = _keys(header, table) if header else ()
    if not keys:
        return
    known = {name: each for name, each in _load().items() if name not in keys}
    kept = dict([*known.items(), *((key, mapping) for key in keys)][-MOST_REMEMBERED:])
    with suppress(OSError):
        make_private(_path().parent)
        write_whole(_path(), msgspec.json.encode(kept))


def remembered(preview: Preview) -> Mapping | None:
    """How a table with the same headings was read before; at its own place in this file."""
    known = _load() if preview.is_mapped else {}
    return next(_found(preview, known), None) if known else None


def _found(preview: Preview, known: _Known) -> Iterator[Mapping]:
    for sheet, table in enumerate(preview.statement.tables):
        for record in table.records[:_LOOKED_AT]:
            keys = _keys(record, table)
            for by_bytes, key in enumerate(keys):
                if key in known:
                    yield msgspec.structs.replace(
                        known[key],
                        header=record.line,
                        sheet=sheet,
                        encoding=known[key].encoding if by_bytes else table.encoding,
                        currency=preview.mapping.currency,
                    )


def _keys(record: Record, table: Table) -> tuple[str, ...]:
    """Digests of the headings, as text and as bytes, whatever separates them; none for a line
    without letters."""
    joined = _MARKS.sub("", "".join(record.cells))
    text = heading(joined)
    if not any(map(str.isalpha, text)):
        return ()
    found = [text.encode(errors="replace")]
    if table.encoding:
        plain = "".join(joined.split()).encode(table.encoding, "replace")
        found.append(b"bytes:" + plain)
    return tuple(blake2b(each, digest_size=12).hexdigest() for each in found)


def _path() -> Path:
    return config_folder() / "mappings.json"


def _load() -> _Known:
    try:
        with _path().open("rb") as file:
            return msgspec.json.decode(file.read(_LARGEST), type=_Known)
    except (OSError, msgspec.DecodeError, ValueError, RecursionError):
        return {}
