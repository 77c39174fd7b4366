"""All offers of a situation, under the owner's rules for a whole plan: claims that they share.

Each rule takes the offers and gives them back, some with more claims, some left out. What the
claims allow is what the solver allows and what the judge checks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from backstop.domain import Book, Facility, Measure
from backstop.plan.offers.chains import unchained
from backstop.plan.offers.claims import Claim, Key, Sort
from backstop.plan.offers.kind import KINDS, kind_of, meaning_of
from backstop.plan.offers.offer import Offer
from backstop.plan.offers.use_of_funds import for_their_use
from backstop.plan.situation import DAYS_OF_A_MONTH, Situation
from backstop.work import heeded

APPLICATION_DAYS = 90
"""Any so many days in which only so many lines may be applied for."""

Offers = Sequence[Offer]
Rule = Callable[[Situation, Offers], Offers]


def offers_for(situation: Situation) -> tuple[Offer, ...]:
    """All that could be done within the owner's rules, in an order that depends on the book
    alone."""
    kinds = heeded(KINDS.values())
    return bounded(situation, [offer for kind in kinds for offer in heeded(kind.offers(situation))])


def bounded(situation: Situation, offers: Offers) -> tuple[Offer, ...]:
    """The offers under all rules, in their order."""
    for rule in heeded(RULES):
        offers = rule(situation, offers)
    return tuple(offers)


def dependent(situation: Situation, offers: Offers) -> Offers:
    """What depends on others is taken only where each of them has been taken by then."""
    for measure in situation.book.measures:
        for other in measure.depends_on:
            offers = _only_after(offers, measure.id, other)
    return offers


def _only_after(offers: Offers, dependent_id: str, other: str) -> Offers:
    """Each offer of the one takes from a balance to which the earlier ones of the other add."""
    made = list(offers)
    impossible: set[int] = set()
    for number, each in enumerate(offers):
        if each.action.source != dependent_id:
            continue
        claim = Claim(Key(Sort.AFTER, dependent_id, number, other), 0, counts=True, balance=True)
        earlier = [
            place
            for place, one in enumerate(offers)
            if one.action.source == other and one.action.day <= each.action.day
        ]
        if not earlier:
            impossible.add(number)
        made[number] = _claiming(made[number], claim)
        for place in earlier:
            made[place] = _claiming(made[place], claim, -1)
    return [each for number, each in enumerate(made) if number not in impossible]


def exclusive(situation: Situation, offers: Offers) -> Offers:
    """Of two that exclude each other, not both are taken."""
    for measure in situation.book.measures:
        for other in measure.excludes:
            if other != measure.id:
                offers = _not_both(offers, measure.id, other)
    return offers


def _not_both(offers: Offers, one: str, other: str) -> Offers:
    """Taking an offer of one uses up what all those of the other would need."""
    made = list(offers)
    others = [number for number, each in enumerate(made) if each.action.source == other]
    for number, each in enumerate(offers):
        if others and each.action.source == one:
            claim = Claim(Key(Sort.NOT_BOTH, one, number, other), len(others), counts=True)
            made[number] = _claiming(made[number], claim, len(others))
            for place in others:
                made[place] = _claiming(made[place], claim)
    return made


def few_applications(situation: Situation, offers: Offers) -> Offers:
    """No more new lines are applied for in any 90 days than the owner wants, with those that were
    applied for before."""
    most = situation.book.most_applications
    if most is None:
        return offers
    applying = [each for each in offers if _applies(situation.book, each)]
    made = [situation.projection.day_of(each.day) for each in situation.book.applications]
    firsts = sorted({*(each.action.start_day for each in applying), *made})
    left = {
        first: most - sum(first <= day < first + APPLICATION_DAYS for day in made)
        for first in firsts
    }
    return [
        _within_windows(each, left) if each in applying else each
        for each in offers
        if each not in applying or min(_windows(each, left).values()) > 0
    ]


def _applies(book: Book, offer: Offer) -> bool:
    record = book.by_id.get(offer.action.source)
    return isinstance(record, Measure) and (
        kind_of(offer.action).is_applied_for and not record.arranged
    )


def _windows(offer: Offer, left: Mapping[int, int]) -> dict[int, int]:
    """By the first day of each 90 in which it would be applied for, how many may still be."""
    begun = offer.action.start_day
    return {day: most for day, most in left.items() if day <= begun < day + APPLICATION_DAYS}


def _within_windows(offer: Offer, left: Mapping[int, int]) -> Offer:
    claims = (
        Claim(Key(Sort.APPLICATIONS, number=day), most, counts=True)
        for day, most in _windows(offer, left).items()
    )
    return replace(offer, claims=(*offer.claims, *claims))


def serviceable(situation: Situation, offers: Offers) -> Offers:
    """New debt makes no more due in any thirty days than a share of what thirty days bring in."""
    percent = situation.book.most_debt_service_percent
    if percent is None:
        return offers
    coming = situation.under.receipts[situation.projection.now :]
    received = int(coming.sum()) * DAYS_OF_A_MONTH // len(coming)
    most = received * percent // 100
    owed = [_due_days(situation, each) for each in offers]
    starts = sorted(set().union(*owed))
    made = []
    for each, days in zip(offers, owed, strict=True):
        windows = (
            (start, start + DAYS_OF_A_MONTH - 1)
            for start in starts
            if any(start <= day < start + DAYS_OF_A_MONTH for day in days)
        )
        claims = tuple(
            Claim(Key(Sort.SERVICE, number=first), most, due=(first, last))
            for first, last in windows
        )
        made.append(replace(each, claims=(*each.claims, *claims)))
    return made


def _due_days(situation: Situation, offer: Offer) -> set[int]:
    """Days to the horizon on which what the offer borrows has to be paid back."""
    if not kind_of(offer.action).makes_debt:
        return set()
    owed = meaning_of(situation.book, offer.action).owed
    return {day for day, _ in owed if day < situation.projection.days}


def spread(situation: Situation, offers: Offers) -> Offers:
    """No provider gives more than its share of all new funding."""
    percent = situation.book.most_from_one_provider_percent
    if percent is None:
        return offers
    providers = [_provider(situation.book, each) for each in offers]
    shares = {name: Claim(Key(Sort.PROVIDER, name), 0, balance=True) for name in providers if name}
    return [
        replace(each, weighted=(*each.weighted, *_weights(shares, mine, percent)))
        for each, mine in zip(offers, providers, strict=True)
    ]


def _weights(shares: Mapping[str, Claim], mine: str, percent: int) -> list[tuple[Claim, int]]:
    """What funding by one provider takes of its own share, and adds to those of the others."""
    if not mine:
        return []
    return [(claim, 100 - percent if name == mine else -percent) for name, claim in shares.items()]


def _provider(book: Book, offer: Offer) -> str:
    """Who lends; empty where nobody does."""
    record = book.by_id.get(offer.action.source)
    if not kind_of(offer.action).lends:
        return ""
    if isinstance(record, Facility):
        return record.lender or record.name
    return (record.provider or record.name) if isinstance(record, Measure) else ""


def _claiming(offer: Offer, claim: Claim, weight: int = 1) -> Offer:
    return replace(offer, weighted=(*offer.weighted, (claim, weight)))


RULES: tuple[Rule, ...] = (
    dependent,
    exclusive,
    few_applications,
    serviceable,
    spread,
    for_their_use,
    unchained,
)
