"""Each field says once what it is: every record keeps to that."""

import re
from decimal import Decimal
from typing import Annotated

import msgspec
import pytest

from backstop.domain import BadInput, Book, FundsUse, spec
from backstop.domain.fields import Field, check_fields, fields_of, kinds_in, terms_of
from backstop.services.samples import load_sample
from backstop.store import json_schema

KINDS = tuple(dict.fromkeys(kinds_in(Book)))
FIELDS = [(kind, field) for kind in KINDS for field in fields_of(kind).values()]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    size: Annotated[int, spec.amount("Size")] = 0


class Toy(msgspec.Struct, frozen=True, kw_only=True):
    name: Annotated[str, spec.line("Name", required=True)]
    old_days: Annotated[int, spec.days("Old (days)", most=9)] = 3
    new_days: Annotated[int | None, spec.days("New (days)", most=9, since=7)] = None
    rows: Annotated[tuple[Row, ...], spec.rows("Rows")] = ()


def refusal(toy: Toy) -> tuple[str, str]:
    with pytest.raises(BadInput) as refused:
        check_fields(toy, toy.name)
    return refused.value.field, str(refused.value)


HOUSEHOLD = "157df63d95d8"
"""The fingerprint of the sample since version 2 of `book.json`."""
EACH = [pytest.param(field, id=f"{kind.__name__}.{field.name}") for kind, field in FIELDS]


def test_a_name_has_the_same_label_wherever_it_stands() -> None:
    labels = {(field.name, field.spec.label) for _, field in FIELDS}
    assert len(labels) == len({name for name, _ in labels})


@pytest.mark.parametrize("field", EACH)
def test_a_default_is_possible_since_it_is_not_looked_at(field: Field) -> None:
    if field.spec.check and field.default is not msgspec.NODEFAULT and field.default is not None:
        field.spec.check("x", field.name, field.default)


@pytest.mark.parametrize("field", EACH)
def test_every_figure_says_what_it_counts(field: Field) -> None:
    is_figure = field.kind in (int, Decimal) and field.name != "version"
    assert bool(field.spec.unit) is is_figure


def test_a_field_that_says_nothing_is_a_mistake_of_ours() -> None:
    class Silent(msgspec.Struct):
        size: int = 0

    with pytest.raises(TypeError, match=r"Silent\.size does not say what it is"):
        fields_of(Silent)


def test_fields_are_checked_by_what_they_say_and_rows_under_their_list() -> None:
    check_fields(Toy(name="Toy", old_days=9, new_days=0, rows=(Row(size=1),)), "Toy")
    assert refusal(Toy(name="Toy", old_days=10))[0] == "old_days"
    assert refusal(Toy(name="Toy", new_days=-1))[0] == "new_days"
    assert refusal(Toy(name="Toy", rows=(Row(), Row(size=-1)))) == (
        "rows",
        "rows in “Toy”: an amount below zero. Enter 0 or more.",
    )


def test_of_two_faults_that_of_the_name_is_said_first() -> None:
    assert refusal(Toy(name="", old_days=10))[0] == "name"


def test_a_later_field_leaves_the_terms_as_they_were_until_it_is_used() -> None:
    assert terms_of(Toy(name="Toy")) == {"name": "Toy", "old_days": 3, "rows": ()}
    assert terms_of(Toy(name="Toy", new_days=4))["new_days"] == 4


def unused(field: Field) -> bytes:
    return re.escape(f'"{field.name}":'.encode() + msgspec.json.encode(field.default) + b",")


def test_accepted_plans_of_older_books_stay_what_they_were() -> None:
    """What a plan was worked out from is a hash of these bytes; a field that came since and is not
    used must not alter them."""
    later = re.compile(b"|".join(unused(field) for _, field in FIELDS if field.spec.since))
    for record in load_sample("trading").facilities:
        assert msgspec.json.encode(terms_of(record)) == later.sub(b"", msgspec.json.encode(record))


def test_an_upgrade_leaves_the_fingerprint_that_was_printed() -> None:
    book = load_sample("household")
    for each in book.facilities:  # what money is for was said later
        book = book.put(each.changed(use=FundsUse.ANY))
    line = book.facilities[0]
    assert book.fingerprint == HOUSEHOLD
    assert book.put(line.changed(renewal_notice_days=30)).fingerprint != HOUSEHOLD


def test_the_schema_gives_bounds_and_units() -> None:
    properties = json_schema()["$defs"]["Facility"]["properties"]
    lead, limit = properties["lead_days"], properties["limit"]
    assert (lead["minimum"], lead["maximum"], lead["description"]) == (0, 365, "days")
    assert limit["description"] == "minor units of the book's currency"
    assert properties["lender"]["maxLength"] == 200
