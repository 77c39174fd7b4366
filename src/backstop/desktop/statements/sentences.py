"""What the page Import says of a file, and where there is nothing to show."""

from backstop.services.looking import MOST_SHOWN
from backstop.services.statements import Preview, title_of
from backstop.telling import Words

ROWS, SUGGESTED, PAIRS, LEARNT, KEPT = "rows", "suggested", "pairs", "learnt", "kept"
_NOTHING = {
    SUGGESTED: "The statements suggest nothing that is not in the book.",
    PAIRS: "No two statements tell of one movement.",
    LEARNT: "Nothing is learnt yet. A row that is matched with what was due teaches whose name "
    "stands for what.",
}
_NO_FILE = (
    "Open a statement of Alipay, WeChat Pay, a bank or a card, or drop its file here: "
    "CSV, XLSX, XLS, OFX, QIF, CAMT, MT940, or the ZIP in which it came."
)
_FROM_ALIPAY = (
    "Alipay: Me, Bills, the three dots above, Issue a transaction statement, For my own accounts. "
    "The ZIP comes by e-mail, its password in the app. The notebook of the app is not a statement."
)
_FROM_WECHAT = (
    "WeChat Pay: Me, Services, Wallet, Bills, Common questions, Download bills, For my own "
    "accounts. The ZIP comes by e-mail, its password in a message."
)
_FROM_BANK = (
    "A bank or a card: the list of transactions in its web bank, saved as CSV, Excel or OFX. "
    "If its columns are not known, you say once what each of them is."
)
_SAFE = (
    "Nothing is written before you have looked at it and taken it in, and what was read before is "
    "never counted twice."
)


def nothing_text(part: str, words: Words) -> str:
    """What stands in the place of an empty list: of statements also where to get one."""
    if part in _NOTHING:
        return words.say(_NOTHING[part])
    return "\n\n".join(
        words.say(each) for each in (_NO_FILE, _FROM_ALIPAY, _FROM_WECHAT, _FROM_BANK, _SAFE)
    )


def preview_said(preview: Preview, words: Words) -> str:
    """What the file is, and how many of its rows are new."""
    return words.say(
        "{file} ({format}): {n} of {total} rows are new.",
        file=preview.name,
        format=words.tell(title_of(preview.reading.layout)),
        n=len(preview.new),
        total=preview.reading.total,
    )


def preview_detail(preview: Preview, words: Words) -> str:
    """What to look at in it before it is taken in."""
    reading = preview.reading
    said = [words.tell(each) for each in (*reading.remarks, *preview.differences)]
    if reading.refused:
        text = "{n} rows cannot be read; each says why."
        said.append(words.say(text, n=len(reading.refused)))
    if preview.statement.guess and preview.statement.guess.unsure and not preview.is_chosen:
        said.append(words.say("Check the columns: the file leaves open how it is written."))
    if reading.total > MOST_SHOWN:
        said.append(words.say("The first {n} rows are shown.", n=MOST_SHOWN))
    return " ".join(said)
