"""What a plan is worked out from, as a fingerprint: the same inputs give the same plan."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields

import msgspec

from backstop.contingency import Contingency, Outcome
from backstop.domain import Book
from backstop.domain.fields import terms_of
from backstop.plan.drafting.granting import named_sources, wanted_days
from backstop.plan.offers.rules import offers_for
from backstop.plan.situation import Situation, situation_of
from backstop.plan.wishes import NO_WISHES, Wishes
from backstop.projection import Projection

LENGTH = 16


def inputs_of(projection: Projection, outcome: Outcome, wishes: Wishes = NO_WISHES) -> str:
    """Changes with the loss, its cash, what falls due, what could be done about it and on which
    terms, and what the owner wishes; not with notes, tags, or lines that play no part.
    """
    named = named_sources(projection, wishes)
    situation = situation_of(projection, outcome, tuple(wanted_days(wishes)), named)
    digest = hashlib.sha256()
    for part in _parts(situation, wishes):
        digest.update(part)
        digest.update(b"\0")
    return digest.hexdigest()[:LENGTH]


def _parts(situation: Situation, wishes: Wishes) -> Iterator[bytes]:
    book = situation.book
    yield f"{book.as_of} {book.currency} {wishes!r} {_spelled(situation.contingency)}".encode()
    if situation.projection.start:
        yield f"from {situation.projection.start}".encode()
    if wishes.done:
        yield repr(wishes.done).encode()
    yield situation.low.tobytes()
    yield situation.projection.buffer.tobytes()
    if not len(situation.need_days) and not wishes:
        return  # nothing is needed, so nothing is asked of anybody
    yield repr(situation.payable).encode()
    offers = offers_for(situation)
    yield repr(offers).encode()
    lost = situation.contingency.targets if situation.contingency else ()
    for source in dict.fromkeys((*(each.action.source for each in offers), *lost)):
        yield _terms(book, source)


def _spelled(loss: Contingency | None) -> str:
    """The loss as fingerprints have always spelled it: plans accepted long ago still hold."""
    if loss is None:
        return repr(loss)
    named = {"id": loss.id} | {each.name: getattr(loss, each.name) for each in fields(loss)[1:]}
    return f"Contingency({', '.join(f'{name}={value!r}' for name, value in named.items())})"


def _terms(book: Book, source: str) -> bytes:
    """A record as far as it counts."""
    return msgspec.json.encode(terms_of(book.by_id[source].changed(notes="", tags=())))
