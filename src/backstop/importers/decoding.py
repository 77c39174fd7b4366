"""Bytes of a text file as text, whatever its label says.

A byte order mark decides; then strict UTF-8, which other text hardly ever passes for; then the
encodings of the Far East against Windows-1252: their letters are pairs of high bytes, European ones
stand alone between plain letters. Which of them it is shows in the letters that statements are made
of: read wrongly, hardly any of them is there.
"""

import codecs
import re
from typing import NamedTuple

from backstop.domain import BadInput, message
from backstop.work import current_work

MOST_BYTES = 200_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_FAR_EAST = {
    "gb18030": "日期时间金额余额交易摘要收入支出对方户名账号备注类型状态转账消费借贷发生币种人民元",
    "big5": "日期時間金額餘額交易摘要收入支出對方戶名帳號備註類型狀態轉帳消費借貸提存款說明幣別元",
    "cp932": "日付取引入出金残高摘要支払預内容円振込口座名のおりカード",
    "cp949": "거래일자시간금액잔액입출적요내용보낸받는분은행원구분",
}
"""Encodings, with letters that stand in any statement written in them; the first wins a tie."""
_LEAST_USUAL = 4
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 200_000
_CHUNK = 1 << 20


class Decoded(NamedTuple):
    """The text, and the name of its encoding."""

    text: str
    encoding: str


def decoded(data: bytes, encoding: str = "") -> Decoded:
    """The text in these bytes, without NUL; by `encoding` where one is chosen. `BadInput` where it
    is too long or cannot be text."""
    check_size(len(data))
    chosen, text = (encoding, _text(data, encoding)) if encoding else _guessed(data)
    if text is None:
        said = "This file cannot be read as text in {encoding}. Choose another encoding."
        raise BadInput(message(said, encoding=chosen))
    return Decoded(text.replace("\0", "").removeprefix("\ufeff"), chosen)


def check_size(size: int) -> None:
    """Raises `BadInput` for more bytes than any statement has."""
    if size > MOST_BYTES:
        raise too_large()


def too_large() -> BadInput:
    """The refusal of what no statement ever is."""
    return BadInput(message("This file is too large for a statement. Export a shorter period."))


def _guessed(data: bytes) -> tuple[str, str | None]:
    """The encoding that fits these bytes best, and their text in it."""
    sure = next((name for mark, name in _MARKS if data.startswith(mark)), _wide(data[:_SAMPLE]))
    if sure:
        return sure, _text(data, sure)
    far = [] if _stand_alone(data) else _likeliest(data[:_SAMPLE])
    for name in ("utf-8", *far, "cp1252"):
        if (text := _text(data, name)) is not None:
            return name, text
    return "latin-1", data.decode("latin-1")


def _likeliest(sample: bytes) -> list[str]:
    """The encodings of the Far East, that with the largest share of its usual letters first."""
    return sorted(_FAR_EAST, key=lambda name: -_share(sample, name))


def _share(sample: bytes, name: str) -> float:
    try:
        text = codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return -1
    letters = [each for each in text if not each.isascii()]
    usual = sum(map(_FAR_EAST[name].__contains__, letters))
    return usual / len(letters) if usual >= _LEAST_USUAL else 0


def _text(data: bytes, encoding: str) -> str | None:
    """The text in pieces, so that it can be given up; None where it is none in this encoding."""
    parts = []
    try:
        reader = codecs.getincrementaldecoder(encoding)()
        for start in range(0, max(len(data), 1), _CHUNK):
            current_work().check()
            end = start + _CHUNK
            parts.append(reader.decode(data[start:end], end >= len(data)))
    except (UnicodeDecodeError, LookupError):
        return None
    return "".join(parts)


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of figures and separators is nothing."""
    half = len(sample) // 2
    if half < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.3 and odd < half * 0.05 else ""


def _stand_alone(data: bytes) -> bool:
    runs = _HIGH.findall(data[:_SAMPLE])
    return sum(len(each) == 1 for each in runs) * 2 > len(runs)
