"""Figures about the code itself, as one table.

    python tests/benchmarks/house_table.py [--root FOLDER] [--field NAME] [--kind NAME] [--quick]

FOLDER is another checkout, to compare with: its `src`, `resources` and `tests` are read. A field's
walk is the number of files that name it; a kind's, of those that name it in capitals.
Nothing is imported: the figures come from the text and its syntax tree.
"""

import ast
import io
import re
import statistics
import sys
import tokenize
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from benchmarks.asking import parser

ROOT = Path(__file__).parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef
Row = tuple[str, str]

NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.IfExp, ast.ExceptHandler, ast.match_case)
PRAGMAS = re.compile(r"#\s*(noqa|type:|pragma|!)")
"""Comments for tools; what a reader is told stands in others."""
LANGUAGE = re.compile(r"is_chinese|[\"'](zh|en)([_-]\w+)?[\"']")


@dataclass(frozen=True)
class Module:
    """One source file, read once."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @cached_property
    def functions(self) -> list[Function]:
        return [each for each in ast.walk(self.tree) if isinstance(each, Function)]

    @cached_property
    def classes(self) -> list[ast.ClassDef]:
        return [each for each in ast.walk(self.tree) if isinstance(each, ast.ClassDef)]

    @cached_property
    def tokens(self) -> list[tokenize.TokenInfo]:
        return list(tokenize.generate_tokens(io.StringIO(self.text).readline))

    @cached_property
    def comment_lines(self) -> set[int]:
        return {
            each.start[0]
            for each in self.tokens
            if each.type == tokenize.COMMENT and not PRAGMAS.match(each.string)
        }

    @cached_property
    def code_lines(self) -> set[int]:
        """Lines with code on them: neither empty, nor comment, nor docstring."""
        code: set[int] = set()
        for each in self.tokens:
            if each.type not in NO_CODE:
                code.update(range(each.start[0], each.end[0] + 1))
        return code - _lone_text_lines(self.tree)


def _lone_text_lines(tree: ast.Module) -> set[int]:
    """Lines of docstrings, and of texts that stand after what they describe."""
    found: set[int] = set()
    for each in ast.walk(tree):
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
            found.update(range(each.lineno, (each.end_lineno or each.lineno) + 1))
    return found


def length(function: Function) -> int:
    """Lines from `def` to the end, without a docstring."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return whole
    text = function.body[0]
    return whole - ((text.end_lineno or text.lineno) - text.lineno + 1)


def complexity(function: Function) -> int:
    """McCabe's number: one, and one for each branch, condition and loop; not of inner functions."""
    found = 1
    for each in _own_nodes(function):
        if isinstance(each, BRANCHES):
            found += 1
        elif isinstance(each, ast.BoolOp):
            found += len(each.values) - 1
        elif isinstance(each, ast.comprehension):
            found += 1 + len(each.ifs)
    return found


def _own_nodes(function: Function) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        each = waiting.pop()
        if isinstance(each, Function | ast.ClassDef):
            continue
        yield each
        waiting.extend(ast.iter_child_nodes(each))


def is_annotated(function: Function) -> bool:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    named += [each for each in (given.vararg, given.kwarg) if each]
    asked = [each for each in named if each.arg not in ("self", "cls")]
    return function.returns is not None and all(each.annotation for each in asked)


def annotations(module: Module) -> Iterator[ast.expr]:
    for each in ast.walk(module.tree):
        found = (
            each.returns
            if isinstance(each, Function)
            else each.annotation
            if isinstance(each, ast.arg | ast.AnnAssign)
            else None
        )
        if found is not None:
            yield found


def quoted(annotation: ast.expr) -> int:
    """Texts in an annotation that name types; those of Literal, and what a call is given, are
    values."""
    if isinstance(annotation, ast.Call):
        return 0
    if isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value).endswith("Literal"):
        return 0
    if isinstance(annotation, ast.Constant):
        return int(isinstance(annotation.value, str))
    inner = (each for each in ast.iter_child_nodes(annotation) if isinstance(each, ast.expr))
    return sum(quoted(each) for each in inner)


def public_functions(module: Module) -> Iterator[Function]:
    """Functions of the module and methods of its classes, as far as others may call them."""
    holders: list[ast.Module | ast.ClassDef] = [module.tree]
    holders += [each for each in module.tree.body if isinstance(each, ast.ClassDef)]
    for holder in holders:
        if isinstance(holder, ast.ClassDef) and holder.name.startswith("_"):
            continue
        for each in holder.body:
            if isinstance(each, Function) and not each.name.startswith("_"):
                yield each


def imports_inside(module: Module) -> int:
    return sum(
        isinstance(inner, ast.Import | ast.ImportFrom)
        for function in module.functions
        for inner in _own_nodes(function)
    )


def open_matches(module: Module) -> tuple[int, int]:
    """Matches whose last case takes whatever comes; and how many of these end in assert_never."""
    last = [
        each.cases[-1]
        for each in ast.walk(module.tree)
        if isinstance(each, ast.Match)
        and isinstance(each.cases[-1].pattern, ast.MatchAs)
        and each.cases[-1].pattern.pattern is None
        and each.cases[-1].guard is None
    ]
    return len(last), sum("assert_never" in ast.unparse(each) for each in last)


def repeated(names: Iterable[str]) -> int:
    """Names that stand for more than one thing."""
    return sum(count > 1 for count in Counter(names).values())


def share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def percentile(values: Sequence[int], percent: int) -> int:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)] if values else 0


def modules_under(folder: Path) -> list[Module]:
    return [Module(each, each.read_text(encoding="utf-8")) for each in sorted(folder.rglob("*.py"))]


def rows(root: Path, fields: Sequence[str], kinds: Sequence[str]) -> Iterator[Row]:
    """Each question of the table with its figure."""
    source = modules_under(root / "src")
    tests = modules_under(root / "tests")
    yield from size_rows(source, tests)
    yield from function_rows(source)
    yield from seam_rows(source)
    places = [each.text for each in source]
    templates = (root / "resources").rglob("*.typ")
    places += [each.read_text(encoding="utf-8") for each in templates]
    for name in (*fields, *(each.upper() for each in kinds)):
        pattern = re.compile(rf"\b{re.escape(name)}\b")
        yield f"files that name {name}", str(sum(bool(pattern.search(each)) for each in places))


def size_rows(source: Sequence[Module], tests: Sequence[Module]) -> Iterator[Row]:
    lines, code = sum(each.lines for each in source), total(source, lambda m: len(m.code_lines))
    yield "files", f"{len(source):,}"
    yield "lines", f"{lines:,}"
    yield "lines with code", f"{code:,}"
    yield "files over 200 lines", str(sum(each.lines > 200 for each in source))
    yield "files over 400 lines", str(sum(each.lines > 400 for each in source))
    yield "comment lines ÷ code", share(total(source, lambda m: len(m.comment_lines)), code)
    yield "test lines", f"{sum(each.lines for each in tests):,}"
    yield "test ÷ source lines", f"{sum(each.lines for each in tests) / max(1, lines):.2f}"


def function_rows(source: Sequence[Module]) -> Iterator[Row]:
    functions = [each for module in source for each in module.functions]
    lengths = [length(each) for each in functions]
    public = [each for module in source for each in public_functions(module)]
    told = sum(ast.get_docstring(each) is not None for each in public)
    yield "functions", f"{len(functions):,}"
    yield "function lines: median", f"{statistics.median(lengths or [0]):.0f}"
    yield "function lines: p90", str(percentile(lengths, 90))
    yield "functions over 50 lines", str(sum(each > 50 for each in lengths))
    yield (
        "complexity over 10",
        share(sum(complexity(each) > 10 for each in functions), len(functions)),
    )
    yield "annotated", share(sum(map(is_annotated, functions)), len(functions))
    yield "public functions", f"{len(public):,}"
    yield "public functions with docstring", share(told, len(public))


def seam_rows(source: Sequence[Module]) -> Iterator[Row]:
    names = [each.path.name for each in source if not each.path.name.startswith("__")]
    classes = [each.name for module in source for each in module.classes]
    matches = [open_matches(each) for each in source]
    yield "imports inside functions", str(total(source, imports_inside))
    yield "quoted annotations", str(total(source, lambda m: sum(map(quoted, annotations(m)))))
    yield "files that ask for the language", str(total(source, asks_language))
    yield "places that do", str(total(source, lambda m: m.text.count("is_chinese")))
    yield "files that name a language", str(sum(bool(LANGUAGE.search(m.text)) for m in source))
    yield "matches with a last case for all", str(sum(each[0] for each in matches))
    yield "… that end in assert_never", str(sum(each[1] for each in matches))
    yield "file names used twice", str(repeated(names))
    yield "class names used twice", str(repeated(classes))


def asks_language(module: Module) -> int:
    """One where it branches on the language of the reader."""
    return int("is_chinese" in module.text)


def total(modules: Iterable[Module], of: Callable[[Module], int]) -> int:
    return sum(of(each) for each in modules)


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--root", type=Path, default=ROOT)
    options.add_argument("--field", action="append", help="a field of a record")
    options.add_argument("--kind", action="append", help="a kind of step or measure")
    asked = options.parse_args()
    fields, kinds = asked.field or ["freeze_days"], asked.kind or ["factor"]
    for question, figure in rows(asked.root.resolve(), fields, kinds):
        print(f"{question:<36}{figure:>12}")


if __name__ == "__main__":
    main()
