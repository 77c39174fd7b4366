"""The owner's wishes applied to the offers; what cannot be granted is said in a sentence."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from backstop.domain import Book, Facility, Measure, Message, Money, message
from backstop.plan.actions import Action
from backstop.plan.drafting.judge import exceeded, within_limits
from backstop.plan.offers import Claim, Key, Offer, Sort, kind_of
from backstop.plan.offers.bought import line_through
from backstop.plan.offers.claims import payment_key, purchase_key
from backstop.plan.situation import Situation
from backstop.plan.wishes import Pin, Wishes
from backstop.projection import Projection

AVOIDED = 0.1
"""Share of the amount added in the choice alone to what an avoided lender gives."""

NOT_PREFERRED = 0.1
"""The same for every other lender, where some are preferred."""


@dataclass(frozen=True)
class Granted:
    """Offers as the owner wants them (pinned ones at their amount), and the wishes left unmet."""

    offers: tuple[Offer, ...]
    unmet: tuple[Message, ...]

    @property
    def pinned(self) -> list[tuple[Offer, int]]:
        """The pinned offers with their amounts (minor units)."""
        return [(each, each.most) for each in self.offers if each.action.pinned]


def grant(situation: Situation, offers: Sequence[Offer], wishes: Wishes) -> Granted:
    """Forbidden offers gone, disliked lenders dearer in the choice, pinned offers fixed; and what
    is done already among them."""
    done = [_done(situation.book, offers, each) for each in wishes.done]
    over = _overdone(situation.book, done)
    done = [_without(each, over) for each in done]
    allowed = [
        _as_wished(situation, each, wishes)
        for each in offers
        if not wishes.forbids(each.action) and over.isdisjoint(each.shared)
    ]
    kept = [(each, each.most) for each in done]
    unmet: list[Message] = []
    for pin in wishes.pins:
        number = next((n for n, each in enumerate(allowed) if pin.means(each.action)), None)
        fixed = None if number is None else _fixed(allowed[number], pin)
        refusal = _refusal(situation, pin, None if number is None else allowed[number])
        if refusal is None and fixed is not None and not _fits(situation.book, kept, fixed):
            refusal = message(
                "“{name}” on {date} does not fit with your other wishes.", **_which(situation, pin)
            )
        if refusal is not None or fixed is None or number is None:
            unmet += [refusal] if refusal else []
            continue
        kept.append((fixed, fixed.most))
        allowed[number] = fixed
    return Granted((*allowed, *done), tuple(unmet))


def _done(book: Book, offers: Sequence[Offer], action: Action) -> Offer:
    """What is done as an offer that has to be taken, whether or not it could still be. It shares
    with others what the like of it does."""
    alike = sorted(
        (each for each in offers if _alike(each.action, action)), key=lambda each: each.action.day
    )
    rearranges = kind_of(action).rearranges
    return Offer(
        replace(action, pinned=True, done=True),
        claims=_but_applications(alike[0].claims) if alike else (),
        weighted=alike[0].weighted if alike else (),
        payments=tuple(_keys(book, action)) if rearranges else (),
        least=action.amount,
    )


def _but_applications(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Those of what is done: that it was applied for stands in the log of applications."""
    return tuple(each for each in claims if each.key.sort is not Sort.APPLICATIONS)


def _keys(book: Book, action: Action) -> Iterator[Key]:
    """What it arranges otherwise: payments, or purchases by a line."""
    for day in action.days or (action.day,):
        if line_through(book, action):
            yield purchase_key(action.source, day)
        else:
            yield payment_key(action.payment or action.source, day)


def _overdone(book: Book, done: Sequence[Offer]) -> set[Claim]:
    """The limits of which more was taken than there is: nothing of these is left for others."""
    over = exceeded(book, [(each, each.most) for each in done])
    return {claim for claim in over if not claim.balance}


def _without(offer: Offer, over: Set[Claim]) -> Offer:
    return replace(
        offer,
        claims=tuple(each for each in offer.claims if each not in over),
        weighted=tuple(each for each in offer.weighted if each[0] not in over),
    )


def _alike(offered: Action, done: Action) -> bool:
    return (offered.kind, offered.source, offered.payment) == (done.kind, done.source, done.payment)


def _fits(book: Book, kept: Sequence[tuple[Offer, int]], fixed: Offer) -> bool:
    """Whether this one can be taken besides those; an open amount counts as the least."""
    least = [(offer, max(offer.least, 1)) for offer, _ in kept]
    taken = [*least, (fixed, max(fixed.least, 1))]
    return within_limits(book, taken, steps=False, balances=False)


def _fixed(offer: Offer, pin: Pin) -> Offer:
    """The offer as it must be taken: at the pinned amount, or at any that it allows."""
    if not pin.amount:
        return replace(offer, action=replace(offer.action, pinned=True))
    action = replace(offer.action, pinned=True, amount=pin.amount)
    return replace(offer, action=action, least=pin.amount)


def _as_wished(situation: Situation, offer: Offer, wishes: Wishes) -> Offer:
    dislike = dislike_of(situation.book, offer.action, wishes)
    if dislike:
        offer = replace(offer, hardship=offer.hardship + dislike)
    if wishes.at_most is None:
        return offer
    at_most = Claim(Key(Sort.ACTIONS), wishes.at_most, counts=True)
    return replace(offer, claims=(*offer.claims, at_most))


def dislike_of(book: Book, action: Action, wishes: Wishes) -> float:
    """What the lender's being avoided, or not preferred, makes of the hardship of an action."""
    if not (wishes.avoid or wishes.prefer):
        return 0.0
    names = _lender_names(book, action)
    if names & _folded(wishes.avoid):
        return AVOIDED
    if names and wishes.prefer and not names & _folded(wishes.prefer):
        return NOT_PREFERRED
    return 0.0


def _lender_names(book: Book, action: Action) -> set[str]:
    """The names by which an owner may call the lender; none where nobody lends."""
    record = book.by_id.get(action.source)
    if isinstance(record, Measure):
        return _folded((record.provider, record.name, record.id)) - {""}
    if not isinstance(record, Facility):
        return set()
    return _folded((record.lender, record.name, record.id)) - {""}


def _folded(names: Sequence[str]) -> set[str]:
    return {each.strip().casefold() for each in names}


def _refusal(situation: Situation, pin: Pin, offer: Offer | None) -> Message | None:
    """Why this pin cannot be kept, or None."""
    if offer is None:
        return message(
            "“{name}” cannot be used on {date}: it is lost, not ready, or forbidden.",
            **_which(situation, pin),
        )
    least = max(offer.least, 1)
    if pin.amount and not least <= pin.amount <= offer.most:
        return message(
            "“{name}” on {date} cannot be {amount}: from {least} to {most} is possible.",
            **_which(situation, pin),
            amount=_money(situation, pin.amount),
            least=_money(situation, least),
            most=_money(situation, offer.most),
        )
    if kind_of(offer.action).comes_in_steps and pin.amount % offer.step:
        return message(
            "“{name}” on {date} cannot be {amount}: it comes in steps of {step}.",
            **_which(situation, pin),
            amount=_money(situation, pin.amount),
            step=_money(situation, offer.step),
        )
    return None


def _which(situation: Situation, pin: Pin) -> dict[str, object]:
    record = situation.book.by_id.get(pin.source)
    name = record.name if record is not None else pin.source
    return {"name": name, "date": situation.projection.date_of(pin.day)}


def _money(situation: Situation, minor: int) -> Money:
    return Money(minor, situation.book.currency)


def named_sources(
    projection: Projection, wishes: Wishes, begin: Sequence[Action] = ()
) -> frozenset[str]:
    """Sources that are looked at because the owner wants something of them, or their lender, or
    because the search begins with them."""
    liked = _folded(wishes.prefer)
    lines = projection.book.facilities if liked else ()
    preferred = (each.id for each in lines if _folded((each.lender, each.name)) & liked)
    pinned = (each.source for each in wishes.pins)
    return frozenset((*preferred, *pinned, *(each.source for each in (*wishes.done, *begin))))


def wanted_days(wishes: Wishes) -> Iterator[int]:
    """Days (offsets) on which an offer is looked for because something is pinned there, or because
    what is done leaves the others of a run."""
    yield from (pin.day for pin in wishes.pins)
    for each in wishes.done:
        yield from each.days or (each.day,)
