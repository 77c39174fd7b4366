"""How tables were read before, by their headings: chosen once, remembered for the next file.

Nothing of a statement itself is kept here: headings as a digest, and which column is what. A file
of these that cannot be read is none.
"""

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec

from backstop.disk.files import make_private
from backstop.disk.whole import write_whole
from backstop.importers import Mapping
from backstop.importers.cells import heading
from backstop.services.mapping_choices import column_names
from backstop.services.paths import config_folder
from backstop.services.statements import Preview

MOST_REMEMBERED = 200
_LARGEST = 2_000_000
_Known = dict[str, Mapping]


def remember(preview: Preview) -> None:
    """Keep how this table was read, where its owner chose otherwise than was guessed."""
    guess = preview.statement.guess
    key = _key(preview)
    if not key or guess is None or preview.mapping == guess.mapping:
        return
    known = {name: each for name, each in _load().items() if name != key}
    kept = dict([*known.items(), (key, preview.mapping)][-MOST_REMEMBERED:])
    with suppress(OSError):
        make_private(_path().parent)
        write_whole(_path(), msgspec.json.encode(kept))


def remembered(preview: Preview) -> Mapping | None:
    """How a table with the same headings was read before; at its own place in this file."""
    key = _key(preview)
    found = _load().get(key) if key else None
    if found is None:
        return None
    now = preview.mapping
    return msgspec.structs.replace(
        found,
        header=now.header,
        sheet=now.sheet,
        encoding=now.encoding,
        delimiter=now.delimiter,
        currency=now.currency,
    )


def _key(preview: Preview) -> str:
    """A digest of the headings; empty where there are none."""
    if not preview.is_mapped or not preview.mapping.header:
        return ""
    heads = "\x1f".join(map(heading, column_names(preview)))
    return blake2b(heads.encode(), digest_size=12).hexdigest() if heads.strip("\x1f") else ""


def _path() -> Path:
    return config_folder() / "mappings.json"


def _load() -> _Known:
    try:
        with _path().open("rb") as file:
            return msgspec.json.decode(file.read(_LARGEST), type=_Known)
    except (OSError, msgspec.DecodeError, ValueError, RecursionError):
        return {}
