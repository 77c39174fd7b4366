"""What the banner says: sentences about faults, in the owner's language."""

import logging
from dataclasses import dataclass
from pathlib import Path

from backstop.domain.errors import EnvironmentFault, Fault, Message, message

log = logging.getLogger("backstop.desktop")


@dataclass(frozen=True)
class Notice:
    """One sentence; `serious` when something failed, not serious when it only informs. `written` is
    the file that it speaks of: it can be opened, and is no news any more on another page."""

    said: Message
    serious: bool = True
    written: Path | None = None


def notice_of(what: Exception | Message) -> Notice:
    """The sentence for an error or a message; a failure of ours is logged with its trace."""
    match what:
        case Message():
            return Notice(what, serious=False)
        case EnvironmentFault():
            return Notice(what.message)
        case Fault():
            log.error("defect", exc_info=what)
            return Notice(what.message)
        case _:
            log.error("unexpected", exc_info=what)
            return Notice(
                message(
                    "Something went wrong in Backstop itself ({kind}). Your book is safe; "
                    "the details are in the log.",
                    kind=type(what).__name__,
                )
            )
