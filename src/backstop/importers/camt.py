"""CAMT.053 and CAMT.052 (ISO 20022), any version: names without their namespaces.

A batch is read as its parts where they carry amounts and add up to it, else as its total; never as
both. A reversal turns the direction round, unless the bank has turned it already: whichever closes
the balance (ISO 20022 leaves it to the bank).
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import TYPE_CHECKING

import msgspec

from backstop.domain import BadInput, message
from backstop.importers.amounts import digits_of, minor_units
from backstop.importers.cells import kept
from backstop.importers.decoding import Decoded
from backstop.importers.moments import day_of
from backstop.importers.rows import Balance, Direction, Reading, Refused, Row, Standing
from backstop.work import current_work

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

KEY, TITLE = "camt", message("CAMT.053, CAMT.052")
_DEBIT = "DBIT"


def is_camt(text: str) -> bool:
    """Whether a text begins like CAMT."""
    start = text[:5000]
    return "camt.05" in start or ("<BkToCstmr" in start and "<Document" in start)


def read_camt(file: Decoded) -> Reading:
    """The entries of all statements in the file; `BadInput` for XML that is broken or declares
    entities, which no bank needs."""
    text, chosen = file
    root = _parsed(text)
    statements = [each for each in root.iter() if _name(each) in ("Stmt", "Rpt", "Ntfctn")]
    rows: list[Row] = []
    refused: list[Refused] = []
    closing: Balance | None = None
    account = currency = ""
    for statement in statements:
        account = _text(statement, "Acct/Id/IBAN") or _text(statement, "Acct/Id/Othr/Id")
        currency = _text(statement, "Acct/Ccy") or _entry_currency(statement)
        found, wrong = _entries(statement, account, len(rows) + len(refused))
        rows += _closed(statement, found)
        refused += wrong
        closing = _balance(statement, "CLBD") or closing
    return Reading(
        layout=KEY,
        rows=tuple(rows),
        refused=tuple(refused),
        account=account,
        currency=currency,
        encoding=chosen,
        closing=closing,
    )


def _parsed(text: str) -> "Element":
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import parse

    try:
        declared, _, rest = text.partition("?>")
        body = rest if declared.lstrip().startswith("<?xml") else text
        root: Element = parse(BytesIO(body.encode()), forbid_dtd=True).getroot()
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        said = "This XML file is damaged, or no statement. Download it again."
        raise BadInput(message(said)) from error
    return root


def _name(element: "Element") -> str:
    return element.tag.rpartition("}")[2]


def _children(element: "Element", name: str) -> "Iterator[Element]":
    return (each for each in element if _name(each) == name)


def _at(element: "Element", path: str) -> "Element | None":
    here: Element | None = element
    for name in path.split("/"):
        here = next(_children(here, name), None) if here is not None else None
    return here


def _text(element: "Element", path: str) -> str:
    found = _at(element, path)
    return (found.text or "").strip() if found is not None else ""


def _entry_currency(statement: "Element") -> str:
    first = next(_children(statement, "Ntry"), None)
    amount = _at(first, "Amt") if first is not None else None
    return amount.get("Ccy", "") if amount is not None else ""


def _entries(
    statement: "Element", account: str, before: int
) -> tuple[list[tuple[Row, bool]], list[Refused]]:
    """Rows with whether each is marked as a reversal; XML has no lines, so entries are counted."""
    rows: list[tuple[Row, bool]] = []
    refused: list[Refused] = []
    number = before
    for entry in _children(statement, "Ntry"):
        if number % 4096 == 0:
            current_work().check()
        for part in _parts(entry):
            number += 1
            try:
                rows.append((_row(entry, part, account, number), _is_reversal(entry)))
            except BadInput as fault:
                refused.append(Refused(number, fault.message))
    return rows, refused


def _is_reversal(entry: "Element") -> bool:
    return _text(entry, "RvslInd").lower() in ("true", "1")


def _parts(entry: "Element") -> "list[Element | None]":
    """The details of an entry if each is a payment of its own; else none: the entry as a whole."""
    details = [
        each for group in _children(entry, "NtryDtls") for each in _children(group, "TxDtls")
    ]
    if len(details) < 2:
        return [*details] or [None]
    amounts = [_number(_amount_text(each)) for each in details]
    whole = _number(_text(entry, "Amt"))
    if whole is not None and None not in amounts and sum(filter(None, amounts)) == whole:
        return [*details]
    return [None]


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**15 else None


def _amount_text(part: "Element") -> str:
    return _text(part, "Amt") or _text(part, "AmtDtls/TxAmt/Amt")


def _row(entry: "Element", part: "Element | None", account: str, number: int) -> Row:
    holder = _at(entry, "Amt")
    currency = holder.get("Ccy", "") if holder is not None else ""
    several = len([*_all_details(entry)]) > 1 and part is not None
    said = (_amount_text(part) if several and part is not None else "") or _text(entry, "Amt")
    debit = _text(entry, "CdtDbtInd") == _DEBIT
    source = part if part is not None else entry
    name, text, reference = _words(source, debit)
    pending = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    return Row(
        line=number,
        day=_day(entry),
        amount=abs(minor_units(said, ".", digits_of(currency))),
        direction=Direction.OUT if debit else Direction.IN,
        standing=Standing.PENDING if pending == "PDNG" else Standing.DONE,
        counterparty=name,
        text=text or kept(_text(entry, "AddtlNtryInf")),
        id=kept(reference or _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef")),
        currency=currency,
        account=account[:60],
    )


def _all_details(entry: "Element") -> "Iterator[Element]":
    return (each for group in _children(entry, "NtryDtls") for each in _children(group, "TxDtls"))


def _day(entry: "Element") -> date:
    for path in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"):
        if found := _text(entry, path):
            return day_of(found[:10])
    return day_of("")


def _words(source: "Element", debit: bool) -> tuple[str, str, str]:
    """Counterparty, text, and the bank's number of one payment."""
    side = "Cdtr" if debit else "Dbtr"
    name = _text(source, f"RltdPties/{side}/Nm") or _text(source, f"RltdPties/{side}/Pty/Nm")
    remittance = _at(source, "RmtInf")
    lines = () if remittance is None else _children(remittance, "Ustrd")
    text = " ".join((each.text or "").strip() for each in lines)
    reference = _text(source, "Refs/AcctSvcrRef") or _text(source, "Refs/TxId")
    return kept(name), kept(text or _text(source, "AddtlTxInf")), reference


def _balance(statement: "Element", code: str) -> Balance | None:
    for each in _children(statement, "Bal"):
        if _text(each, "Tp/CdOrPrtry/Cd") == code:
            holder = _at(each, "Amt")
            currency = holder.get("Ccy", "") if holder is not None else ""
            try:
                amount = minor_units(_text(each, "Amt"), ".", digits_of(currency))
                day = day_of((_text(each, "Dt/Dt") or _text(each, "Dt/DtTm"))[:10])
            except BadInput:
                return None
            return Balance(day, -amount if _text(each, "CdtDbtInd") == _DEBIT else amount)
    return None


def _closed(statement: "Element", rows: list[tuple[Row, bool]]) -> list[Row]:
    """The rows with reversals turned round if only so the balance closes."""
    opening, closing = _balance(statement, "OPBD"), _balance(statement, "CLBD")
    plain = [row for row, _ in rows]
    if not any(reversal for _, reversal in rows) or opening is None or closing is None:
        return plain
    turned = [_turned(row) if reversal else row for row, reversal in rows]
    due = closing.amount - opening.amount
    return turned if _moved(turned) == due != _moved(plain) else plain


def _moved(rows: list[Row]) -> int:
    return sum(each.change for each in rows if each.moved)


def _turned(row: Row) -> Row:
    other = Direction.IN if row.direction is Direction.OUT else Direction.OUT
    return msgspec.structs.replace(row, direction=other)
