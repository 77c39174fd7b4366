"""Tables of the command line: columns line up whatever the script of their names."""

from backstop.cli.tables import Column, plain, table
from backstop.telling.widths import cut, width


def test_columns_line_up_with_chinese_and_latin_names() -> None:
    columns = [Column("名称"), Column("Amount", right=True), Column("x")]
    rows = [("借呗", "¥5", "a"), ("WeBank", "−¥12,345", "b"), ("e\u0301té", "¥1", "c")]
    lines = table(columns, rows)
    ends = {width(line[: line.rindex(line.strip()[-1])]) for line in lines if "─" not in line}
    assert len(ends) == 1
    assert lines[2].startswith("借呗")


def test_no_cell_breaks_the_table() -> None:
    lines = table([Column("a")], [("line\nbreak\x1b[31m",)])
    assert len(lines) == 3
    assert "\x1b" not in lines[2]
    assert plain("a\tb\u202ec") == "a b c"


def test_text_is_cut_by_its_width() -> None:
    assert cut("借呗", 4) == "借呗"
    assert cut("借呗额度", 5) == "借呗…"
    assert cut("abcdef", 4) == "abc…"
