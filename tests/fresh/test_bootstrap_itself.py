"""The bootstrap itself: read by an old Python, nothing but the standard library, two languages."""

import ast
import io
import string
import sys
from pathlib import Path

import pytest

import bootstrap
from bootstrap import Halt
from fresh.machine import Machine, Told

SOURCE = Path(bootstrap.__file__).read_text(encoding="utf-8")


def test_the_source_can_be_read_by_an_old_python() -> None:
    ast.parse(SOURCE, feature_version=(3, 7))


def test_only_the_standard_library_is_imported() -> None:
    nodes = list(ast.walk(ast.parse(SOURCE)))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    parts = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in plain | parts} <= set(sys.stdlib_module_names)


def sentences_used() -> set[str]:
    calls = [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Call)]
    said = [
        call.args[0]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in {"text", "tell", "Halt"}
    ]
    return {str(each.value) for each in said if isinstance(each, ast.Constant)}


def placeholders(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence)}


def test_every_sentence_has_a_chinese_form_with_the_same_placeholders() -> None:
    assert sentences_used() == set(bootstrap.CHINESE)
    for english, chinese in bootstrap.CHINESE.items():
        assert placeholders(english) == placeholders(chinese)


@pytest.mark.parametrize(
    ("environ", "start"),
    [
        ({}, "The disk is full"),
        ({"LANG": "zh_CN.UTF-8"}, "磁盘空间不足"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "The disk is full"),
    ],
)
@pytest.mark.usefixtures("machine")
def test_the_locale_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], start: str
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert str(bootstrap.pip_halt("No space left on device")).startswith(start)


def test_a_python_before_3_11_is_refused_in_one_sentence() -> None:
    bootstrap.require_python((3, 11))
    with pytest.raises(Halt, match=r"^Backstop needs Python 3\.11 or newer, .* Python 3\.9: .*\.$"):
        bootstrap.require_python((3, 9))


@pytest.mark.parametrize("arguments", [[], ["start"]])
def test_an_unknown_command_shows_the_usage(
    machine: Machine, told: Told, arguments: list[str]
) -> None:
    assert bootstrap.main(arguments) == 2
    assert told().startswith("Usage: ")
    assert machine.done == []


def test_a_python_without_venv_and_pip_names_the_package_of_its_version(
    machine: Machine, told: Told
) -> None:
    machine.modules.clear()
    assert bootstrap.main(["run", "schema"]) == 2
    version = bootstrap.dotted(sys.version_info[:2])
    assert f"--no-install-recommends python{version}-venv'" in told()


def test_root_gets_venv_installed_and_goes_on(machine: Machine) -> None:
    machine.modules.clear()
    machine.user = 0
    assert bootstrap.main(["run", "schema"]) == 0
    assert machine.done[-1][1:] == ["-m", "backstop", "schema"]


def test_without_ensurepip_this_pythons_pip_fills_the_environment(machine: Machine) -> None:
    machine.modules.remove("ensurepip")
    bootstrap.prepare_environment("run")
    making, filling = machine.done
    assert making[1:4] == ["-m", "venv", "--without-pip"]
    python = str(bootstrap.environment_python())
    assert filling[:6] == [sys.executable, "-m", "pip", "--python", python, "install"]


@pytest.mark.usefixtures("machine")
def test_an_environment_with_pip_fills_itself() -> None:
    (bootstrap.folder("purelib") / "pip").mkdir(parents=True)
    assert bootstrap.pip() == [str(bootstrap.environment_python()), "-m", "pip"]


@pytest.mark.parametrize(
    ("platform", "bytes_of_it"), [("win32", "备援".encode()), ("linux", "备援".encode("gb18030"))]
)
def test_redirected_output_of_windows_is_utf8(platform: str, bytes_of_it: bytes) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="gb18030")
    bootstrap.write_utf8([stream, None], platform)
    stream.write("备援")
    stream.flush()
    assert stream.buffer.getvalue() == bytes_of_it
