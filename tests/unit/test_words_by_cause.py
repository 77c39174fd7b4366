"""Each kind of line and each cause has words of its own, or names those it shares."""

from collections.abc import Iterator

import pytest

from backstop.contingency import Contingency, ContingencyKind, nothing_lost
from backstop.contingency.applying import applied, choices
from backstop.contingency.identity import OfRecord
from backstop.contingency.presets import PRESETS, named
from backstop.domain import (
    LINE_MODES,
    Account,
    FacilityKind,
    LossMode,
    Message,
    SavedContingency,
    Tranche,
)
from backstop.paper.response import call_words
from backstop.telling import Narrator, Words, words_for
from backstop.telling.playbooks import BY_KIND, Guidance, guidance
from backstop.telling.playbooks.by_cause import WORDS
from backstop.telling.playbooks.cells import BY_MODE, BY_PRESET, LENDERS, Cause, Lender, Shared
from backstop.telling.playbooks.grid import SHARED, cell_of, playbook_of
from backstop.telling.playbooks.others import ACCOUNT, BY_CAUSE, GROUP, NOTHING
from unit.test_report_book import shop

EN, ZH = words_for("en"), words_for("zh_CN")
LANGUAGES = pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh_CN"])


def test_every_cell_has_words_or_names_whose_it_shares() -> None:
    for cause in Cause:
        for lender in Lender:
            own = (cause, lender) in WORDS or cause is Cause.CLOSED
            shares = lender in SHARED.get(cause, {})
            assert own != shares, f"{cause} of {lender}"


def test_what_is_shared_ends_at_words() -> None:
    for cause, row in SHARED.items():
        for lender, shared in row.items():
            assert shared != Shared()
            cell = cell_of(cause, lender)
            goes_to_its_kind = shared.cause is Cause.CLOSED
            assert (cell is None) == goes_to_its_kind, f"{cause} of {lender}"


def test_every_kind_of_line_every_way_and_every_preset_is_in_the_grid() -> None:
    assert set(LENDERS) == set(FacilityKind) == set(BY_KIND)
    assert set(BY_MODE) == set(LINE_MODES)
    keys = {each.key for each in PRESETS}
    assert set(BY_PRESET) | set(BY_CAUSE) == keys
    assert set(BY_PRESET).isdisjoint(BY_CAUSE)


@pytest.mark.parametrize("kind", FacilityKind)
@pytest.mark.parametrize("cause", Cause)
def test_every_cell_is_a_playbook(cause: Cause, kind: FacilityKind) -> None:
    found, cell = playbook_of(kind, cause)
    for steps in (found.recognise, found.minutes, found.day, found.week):
        assert 1 <= len(steps) <= 6
        assert len({each.text for each in steps}) == len(steps)
    if cell is not None:
        assert cell.notice in found.recognise
        assert cell.check in found.minutes
        assert cell.ask in found.day
        assert "{line}" in cell.say.text


def test_no_two_cells_have_the_same_words() -> None:
    texts = [text.text for cell in WORDS.values() for text in (cell.notice, cell.check, cell.ask)]
    assert len(set(texts)) == len(texts)


def of_shop() -> Iterator[tuple[str, Guidance]]:
    """What to do for every preset of the shop, applied to each thing."""
    book = shop()
    for preset in PRESETS:
        for chosen in choices(book, preset):
            made = applied(book, preset, chosen)
            if made is not None:
                yield preset.key, guidance(book, made)


@LANGUAGES
def test_the_call_names_what_is_lost_and_no_cause_or_case(words: Words) -> None:
    book = shop()
    titles = [words.tell(each.name) for each in PRESETS]
    for key, found in of_shop():
        said = call_words(found, Narrator(book, words))
        assert "{" not in said, key
        assert not [title for title in titles if title in said], key
        for name in found.names[:1]:
            if found.opening is not None:
                assert name in said, key


@LANGUAGES
def test_a_saved_case_is_not_said_as_if_it_were_a_line(words: Words) -> None:
    """“我的身份证过期不能再借款了”: the name of a case in the place of a line."""
    case = SavedContingency(
        id="case", name="身份证过期", targets=("jiebei",), mode=LossMode.FREEZE, cause="identity"
    )
    book = shop().put(case)
    lost = Contingency(OfRecord("case"), ContingencyKind.GROUP, ("jiebei",), mode=LossMode.FREEZE)
    said = call_words(guidance(book, lost), Narrator(book, words))
    assert "身份证过期" not in said
    assert "Jiebei" in said


@pytest.mark.parametrize(
    ("owner", "begins"),
    [
        ("A building contractor with a crew of four", "“This is a building contractor with a"),
        ("The Millers", "“This is The Millers. "),
        ("Miller & Co.", "“This is Miller & Co. "),
        ("", "“This is ________. "),
    ],
)
def test_who_calls_reads_naturally_whatever_the_owner_typed(owner: str, begins: str) -> None:
    book = shop().changed(owner=owner)
    lost = Contingency(OfRecord("jiebei"), ContingencyKind.SINGLE, ("jiebei",))
    help_ = guidance(book, lost)
    assert call_words(help_, Narrator(book, EN)).startswith(begins)
    chinese = call_words(help_, Narrator(book, ZH))
    name = owner.rstrip(".") or "________"
    assert chinese.startswith(f"“您好，我这边是{name}。")


def closed(mode: LossMode, kind: FacilityKind = FacilityKind.BANK_LINE) -> tuple[Guidance, str]:
    draw = Tranche(id="old", name="Old", principal=5_00, next_due=shop().as_of, remaining_periods=1)
    book = shop()
    book = book.put(book.by_id["backup"].changed(kind=kind, tranches=(draw,), callable=True))
    lost = Contingency(OfRecord("backup"), ContingencyKind.SINGLE, ("backup",), mode=mode)
    found = guidance(book, lost)
    return found, call_words(found, Narrator(book, EN))


def test_a_bank_that_does_not_renew_is_spoken_to_about_renewal() -> None:
    _, said = closed(LossMode.NO_RENEWAL)
    assert said == (
        "“This is Sole trader. The contract of WeBank ends soon. Will you renew it without "
        "repayment first? If not, which part by instalments, and may I have your answer in "
        "writing? I owe ¥5 and go on paying it on time. Please give me the reference of this "
        "call.”"
    )


def test_a_loan_that_is_called_has_no_dates_to_go_on_paying_on() -> None:
    found, said = closed(LossMode.CALL)
    assert "go on paying" not in said
    assert "in writing what is due and by when" in said
    assert not [each for each in found.day if "still has due dates" in each.text]


@pytest.mark.parametrize(
    ("lost", "expected"),
    [
        (nothing_lost(), NOTHING),
        (Contingency(OfRecord("cash"), ContingencyKind.SINGLE, ("cash",)), ACCOUNT),
        (Contingency(OfRecord("alipay"), ContingencyKind.GROUP, ("jiebei", "huabei")), GROUP),
    ],
)
def test_what_is_no_single_line_has_a_playbook_of_its_own(
    lost: Contingency, expected: object
) -> None:
    assert guidance(shop(), lost).minutes == expected.minutes  # type: ignore[attr-defined]


def test_an_account_is_called_by_its_name() -> None:
    book = shop().put(Account(id="wallet", name="Wallet"))
    lost = Contingency(OfRecord("wallet"), ContingencyKind.SINGLE, ("wallet",))
    assert "My account Wallet" in call_words(guidance(book, lost), Narrator(book, EN))


def every_text() -> Iterator[Message]:
    for cell in WORDS.values():
        yield from (cell.notice, cell.check, cell.ask, cell.say)


def test_there_are_no_links_and_no_numbers_of_lines_to_call() -> None:
    for each in every_text():
        for words in (EN, ZH):
            said = words.say(each.text, line="A")
            assert "http" not in said
            assert not any(character.isdigit() for character in said)


def test_presets_of_receipts_at_any_share_are_known_too() -> None:
    assert named("receipts_60") is not None
