"""Whether tests notice small changes of the engine and of the plan.

    python tests/mutants.py record MAP [TEST ...]
    python tests/mutants.py run MAP RESULTS [--count 300] [--seed 13] [--seconds 60]

`record` runs tests (default: `unit`, `oracle` and `solving`) and keeps which of them passes which
line, and how long each takes. `run` changes one place after the other in a copy of the project and
runs the tests that pass it, the fastest first, up to so many seconds of their time, until one
fails. A mutant is killed, survived, late (killed by the time limit), or its line is passed by none.

Mutants are chosen by the seed, the qualified name of the function and the place in it: when a
function moves to another module, its mutants stay the same. A run that was ended goes on where
RESULTS ends. Needs `coverage`.
"""

import argparse
import ast
import hashlib
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGES = ("projection", "contingency", "plan")
COPIED = ("src", "tests", "resources", "packaging", "pyproject.toml")
USUAL_TESTS = ("tests/unit", "tests/oracle", "tests/solving")
PRELOADED = ("numpy", "highspy", "msgspec", "sqlmodel", "PySide6.QtTest", "pytest")
"""Loaded once for all, before processes are forked; no plugins of pytest, which it loads itself."""
OPTIONS = ("-n0", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--hypothesis-seed=0")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Change = Callable[[Any], None]
"""Alters a node in place."""

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True)
class Mutant:
    """One place in one function, and what is changed there."""

    file: str
    function: str
    place: int
    line: int
    kind: str

    @property
    def name(self) -> str:
        return f"{self.function}#{self.place} {self.kind}"

    @property
    def key(self) -> str:
        return f"{self.file} {self.name}"


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, Function]]:
    """Functions with their qualified names."""
    for each in ast.iter_child_nodes(tree):
        if isinstance(each, Function | ast.ClassDef):
            name = f"{prefix}{each.name}"
            if isinstance(each, Function):
                yield name, each
            yield from functions(each, f"{name}.")


def sites(function: Function) -> list[tuple[int, str, ast.AST, Change]]:
    """Places that can be changed: line of the statement, kind, node, change; in order."""
    found: list[tuple[int, str, ast.AST, Change]] = []
    for statement in _statements(function.body):
        found += [(statement.lineno, *each) for each in _changes_of(statement)]
        for node in _expressions(statement):
            found += [(statement.lineno, *each) for each in _changes_in(node)]
    return found


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements, those of inner functions left to these."""
    for each in body:
        if isinstance(each, Function | ast.ClassDef):
            continue
        yield each
        for inner in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(each, inner, []))
        for handler in getattr(each, "handlers", []):
            yield from _statements(handler.body)
        for case in getattr(each, "cases", []):
            yield from _statements(case.body)


def _expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """The parts of a statement that are no statements, nor annotations."""
    waiting: list[ast.AST] = [
        each
        for name, value in ast.iter_fields(statement)
        if name not in ("annotation", "cases", "handlers")
        for each in (value if isinstance(value, list) else [value])
        if isinstance(each, ast.AST) and not isinstance(each, ast.stmt)
    ]
    while waiting:
        each = waiting.pop(0)
        yield each
        waiting = [*ast.iter_child_nodes(each), *waiting]


def _changes_of(statement: ast.stmt) -> Iterator[tuple[str, ast.AST, Change]]:
    match statement:
        case ast.Expr(value=ast.Call()):
            yield "call left out", statement, lambda n: setattr(n, "value", ast.Constant(None))
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield "returns None", statement, lambda n: setattr(n, "value", ast.Constant(None))
        case ast.AugAssign(op=op) if type(op) in COMPUTED:
            yield "arithmetic", statement, _computed
        case ast.If() | ast.While():
            yield "condition turned", statement, _turned


def _changes_in(node: ast.AST) -> Iterator[tuple[str, ast.AST, Change]]:
    match node:
        case ast.Compare():
            yield (
                "comparison",
                node,
                lambda n: setattr(n, "ops", [COMPARED[type(n.ops[0])](), *n.ops[1:]]),
            )
        case ast.BoolOp(op=op):
            other = ast.Or if isinstance(op, ast.And) else ast.And
            yield "and/or", node, lambda n: setattr(n, "op", other())
        case ast.BinOp(op=op) if type(op) in COMPUTED:
            yield "arithmetic", node, _computed
        case ast.Constant(value=bool() as value):
            yield "constant", node, lambda n: setattr(n, "value", not value)
        case ast.Constant(value=int() | float() as value):
            yield "constant", node, lambda n: setattr(n, "value", value + 1)
        case ast.IfExp():
            yield "condition turned", node, _turned
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield "sign left out", node, _twice


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _computed(node: Any) -> None:
    node.op = COMPUTED[type(node.op)]()


def _twice(node: Any) -> None:
    """Two signs are none."""
    node.operand = ast.UnaryOp(deepcopy(node.op), node.operand)


def _turned(node: Any) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def mutants_of(root: Path) -> Iterator[Mutant]:
    for package in PACKAGES:
        for path in sorted((root / "src" / "backstop" / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for name, function in functions(tree):
                for place, (line, kind, _, _) in enumerate(sites(function)):
                    yield Mutant(str(path.relative_to(root)), name, place, line, kind)


def chosen(root: Path, count: int, seed: int) -> list[Mutant]:
    """So many mutants, the same ones wherever the functions stand."""

    def lot(mutant: Mutant) -> bytes:
        return hashlib.sha256(f"{seed} {mutant.name}".encode()).digest()

    return sorted(mutants_of(root), key=lambda each: (lot(each), each.file))[:count]


def mutated(text: str, mutant: Mutant) -> str:
    """The module with the change."""
    tree = ast.parse(text)
    function = next(each for name, each in functions(tree) if name == mutant.function)
    _, _, node, change = sites(function)[mutant.place]
    change(node)
    return ast.unparse(ast.fix_missing_locations(tree))


class Recorder:
    """A plugin of pytest: each test is a context of the coverage, and is timed."""

    def __init__(self, coverage: Any) -> None:
        self.coverage, self.seconds = coverage, dict[str, float]()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.coverage.switch_context(nodeid)
        self._began = time.process_time()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.seconds[nodeid] = time.process_time() - self._began


def record(to: Path, tests: list[str]) -> int:
    """Write which tests pass which line, and the seconds of each."""
    import coverage
    import pytest

    os.chdir(ROOT)
    source = [str(ROOT / "src" / "backstop" / each) for each in PACKAGES]
    with tempfile.TemporaryDirectory() as place:
        watching = coverage.Coverage(data_file=f"{place}/data", source=source)
        recorder = Recorder(watching)
        watching.start()
        code = pytest.main([*OPTIONS, *(tests or USUAL_TESTS)], plugins=[recorder])
        watching.stop()
        watching.save()
        data = watching.get_data()
        passed = {
            str(Path(file).relative_to(ROOT)): {
                line: [each for each in names if each]
                for line, names in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
    to.write_text(json.dumps({"seconds": recorder.seconds, "passed": passed}), encoding="utf-8")
    return int(code)


def tests_for(mutant: Mutant, known: dict[str, Any], seconds: float) -> list[str]:
    """The tests that pass the line, the fastest first, as many as take so long together."""
    passed = known["passed"].get(mutant.file, {}).get(str(mutant.line), [])
    taken: list[str] = []
    spent = 0.0
    for each in sorted(passed, key=lambda name: (known["seconds"].get(name, 0.0), name)):
        spent += known["seconds"].get(each, 0.0)
        if spent > seconds and taken:
            break
        taken.append(each)
    return taken


CODES = {0: "survived", 1: "killed", 2: "killed"}
"""What pytest's exit codes mean here: 2 is a module that can no longer be imported. Others are no
verdict: the run itself went wrong."""


def verdict(copy: Path, tests: list[str], seconds: float) -> str:
    """Run tests in the copy, in a process of their own: killed, survived or late."""
    if not tests:
        return "passed by no test"
    child = os.fork()
    if child == 0:
        _run_tests(copy, tests, seconds)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "late" if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL) else "killed"
    return CODES[os.WEXITSTATUS(status)]


def _run_tests(copy: Path, tests: list[str], seconds: float) -> None:
    """Never returns. The limit is of processor time, so that a busy machine kills nothing."""
    import pytest

    code = 1
    try:
        most = round(3 * seconds + 30)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))
        os.chdir(copy)
        silent = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(silent, stream)
        code = int(pytest.main([*OPTIONS, "-x", *tests]))
    finally:
        os._exit(code)


def run(known: dict[str, Any], to: Path, count: int, seed: int, seconds: float) -> int:
    """Try each mutant and say what became of it; results are kept as they come."""
    for library in PRELOADED:
        import_module(library)
    results: dict[str, str] = json.loads(to.read_text(encoding="utf-8")) if to.exists() else {}
    tests_of = partial(tests_for, known=known, seconds=seconds)
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        for name in COPIED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
        mutants = chosen(ROOT, count, seed)
        all_well = verdict(copy, next(filter(None, map(tests_of, mutants))), seconds)
        assert all_well == "survived", f"without any change: {all_well}"
        for mutant in (each for each in mutants if each.key not in results):
            target, text = copy / mutant.file, (ROOT / mutant.file).read_text(encoding="utf-8")
            target.write_text(mutated(text, mutant), encoding="utf-8")
            tests = tests_of(mutant)
            results[mutant.key] = said = verdict(copy, tests, seconds)
            target.write_text(text, encoding="utf-8")
            print(
                f"{said:<18}{len(tests):5} tests  {mutant.file}:{mutant.line} {mutant.name}",
                flush=True,
            )
            to.write_text(json.dumps(results, indent=1), encoding="utf-8")
    for said, number in Counter(results[each.key] for each in mutants).most_common():
        print(f"{number:5} {said}")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("map", type=Path)
    recording.add_argument("tests", nargs=argparse.REMAINDER, help="as pytest takes them")
    running = commands.add_parser("run")
    running.add_argument("map", type=Path)
    running.add_argument("results", type=Path)
    running.add_argument("--count", type=int, default=300)
    running.add_argument("--seed", type=int, default=13)
    running.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    if asked.command == "record":
        return record(asked.map.resolve(), asked.tests)
    known = json.loads(asked.map.read_text(encoding="utf-8"))
    return run(known, asked.results.resolve(), asked.count, asked.seed, asked.seconds)


if __name__ == "__main__":
    sys.exit(main())
