"""First steps for every kind of line: there, in both languages, without links or false numbers."""

import re
from collections.abc import Iterator

import pytest

from backstop.contingency import Contingency, ContingencyKind
from backstop.contingency.identity import OfRecord
from backstop.domain import AccountKind, FacilityKind, LinkGroup, Message, Tranche
from backstop.telling import Words, words_for
from backstop.telling.playbooks import BY_KIND, GROUP, OFFICES_CHINA, SCAMS, Guidance, guidance
from backstop.telling.playbooks.others import ACCOUNT, BY_CAUSE, NOTHING
from unit.test_report_book import answers, shop

EN, ZH = words_for("en"), words_for("zh_CN")
OFFICIAL = {"95188", "12378", "12363"}
"""Alipay's hotline, and those of the two regulators."""


def every_message() -> Iterator[Message]:
    for playbook in (*BY_KIND.values(), GROUP, *BY_CAUSE.values(), ACCOUNT, NOTHING):
        yield from (*playbook.recognise, *playbook.minutes, *playbook.day, *playbook.week)
        yield from (*playbook.china_day, *playbook.china_week)
        yield from (playbook.call, playbook.call_debtless)
    yield from (*OFFICES_CHINA, SCAMS)


def for_line(**fields: object) -> Guidance:
    book = shop(**{key: value for key, value in fields.items() if key == "currency"})
    kind = fields.get("kind", FacilityKind.PLATFORM_LOAN)
    book = book.put(book.by_id["backup"].changed(kind=kind))
    return guidance(book, Contingency(OfRecord("backup"), ContingencyKind.SINGLE, ("backup",)))


@pytest.mark.parametrize("kind", FacilityKind)
def test_every_kind_of_line_has_its_steps(kind: FacilityKind) -> None:
    found = for_line(kind=kind)
    for steps in (found.recognise, found.minutes, found.day, found.week):
        assert 2 <= len(steps) <= 6


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh_CN"])
def test_only_official_numbers_and_no_links(words: Words) -> None:
    for each in every_message():
        said = words.say(each.text, owner="A", line="B", owed="C")
        assert "http" not in said
        assert "www" not in said
        assert set(re.findall(r"\d{5,}", said)) <= OFFICIAL


def test_chinese_offices_are_left_out_elsewhere() -> None:
    here, there = for_line(), for_line(currency="EUR")
    assert len(there.day) == len(here.day) - 1
    assert "95188" not in " ".join(EN.tell(each) for each in there.day)


@pytest.mark.parametrize("kind", FacilityKind)
def test_whoever_owes_nothing_does_not_speak_of_a_debt(kind: FacilityKind) -> None:
    assert "{owed}" not in for_line(kind=kind).call.text
    owing = shop()
    draw = Tranche(id="old", name="Old", principal=5_00, next_due=owing.as_of, remaining_periods=1)
    owing = owing.put(owing.by_id["backup"].changed(kind=kind, tranches=(draw,)))
    closed = Contingency(OfRecord("backup"), ContingencyKind.SINGLE, ("backup",))
    assert "{owed}" in guidance(owing, closed).call.text
    assert guidance(owing, closed).owed == 5_00


def test_a_group_has_steps_of_its_own_and_knows_its_members() -> None:
    closed = answers().loss("alipay").contingency
    found = guidance(shop(), closed)
    assert found.minutes == GROUP.minutes
    assert [each.name for each in found.targets] == ["Jiebei", "Huabei"]


def test_accounts_in_a_group_are_targets_too() -> None:
    book = shop()
    book = book.put(book.by_id["cash"].changed(kind=AccountKind.WALLET))
    book = book.put(LinkGroup(id="both", name="Both", members=("jiebei", "cash")))
    closed = Contingency(OfRecord("both"), ContingencyKind.GROUP, ("jiebei", "cash"))
    assert [each.name for each in guidance(book, closed).targets] == ["Jiebei", "Till"]
