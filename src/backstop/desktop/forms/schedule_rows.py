"""The rows of a lender's schedule as an owner types them: completed, and refused in their money."""

from typing import Any

from backstop.domain import BadInput, Currency, Message, Money, message

_IN_MONEY = {
    "the principal in its {rows} rows adds up to {sum}, but {principal} minor units are owed. "
    "Correct the rows, or the principal.": (
        "the principal in its {rows} rows adds up to {sum}, but {principal} is owed. "
        "Correct the rows, or the principal."
    ),
}
"""Sentences of the domain, which knows no currency, and what an owner reads instead."""


def added_up(values: dict[str, Any], number: int, currency: Currency) -> dict[str, Any]:
    """A row whose total is there and right; one that is left out is made."""
    made = values["principal"] + values["interest"]
    if values.setdefault("total", made) != made:
        raise BadInput(
            message(
                "principal and interest make {sum}, not {total}. Correct that row.",
                sum=Money(made, currency.code),
                total=Money(values["total"], currency.code),
            )
        )
    return values


def in_money(fault: BadInput, currency: str) -> BadInput:
    """A refusal that gives its amounts in the currency of the book."""
    problem = fault.message.values.get("problem")
    if not isinstance(problem, Message) or problem.text not in _IN_MONEY:
        return fault
    values = {
        name: Money(value, currency) if name in ("sum", "principal") else value
        for name, value in problem.values.items()
        if isinstance(value, int)
    }
    said = Message(_IN_MONEY[problem.text], values)
    return BadInput(Message(fault.message.text, {**fault.message.values, "problem": said}), "")
