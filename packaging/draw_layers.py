"""Draws the layers of the code into `docs/architecture.md`, from its contracts and its imports.

    python packaging/draw_layers.py

The layers are those that `pyproject.toml` asks for; an arrow says that one part imports another,
and is left out where a longer way leads there too. Pictures are Mermaid text between two comments,
which many viewers draw. `tests/unit/test_docs.py` fails when they are no longer those of the code.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PAGE = ROOT / "docs" / "architecture.md"

Arrows = dict[str, set[str]]


@dataclass(frozen=True)
class Picture:
    """The layers of one contract: which stands between the comments `name`."""

    name: str
    package: str
    contract: str


PICTURES = (
    Picture("packages", "backstop", "One way through"),
    Picture("desktop", "backstop.desktop", "The shell on screens"),
    Picture("plan", "backstop.plan", "The wings of plan"),
)


def layers_of(picture: Picture) -> list[list[str]]:
    """The parts of each layer, the highest first, by their names inside the package."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    [layers] = [each["layers"] for each in contracts if each["name"].startswith(picture.contract)]
    named = [re.split(r"\s*[|:]\s*", layer) for layer in layers]
    return [[each.removeprefix(f"{picture.package}.") for each in layer] for layer in named]


@cache
def imports(file: Path) -> frozenset[str]:
    """Full names of what a module imports at any place, whether for types alone or not."""
    return frozenset(_imports(file))


def _imports(file: Path) -> Iterator[str]:
    for each in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(each, ast.Import):
            yield from (name.name for name in each.names)
        elif isinstance(each, ast.ImportFrom) and each.module:
            yield each.module
            yield from (f"{each.module}.{name.name}" for name in each.names)


def files_of(package: str, part: str) -> Iterable[Path]:
    """The modules of a part, which is a package or a single module."""
    place = SOURCE.joinpath(*package.split("."), part)
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


def arrows_between(package: str, parts: Iterable[str]) -> Arrows:
    """Which of these parts imports which others."""
    known = set(parts)
    inside = re.compile(rf"{re.escape(package)}\.(\w+)")
    found: Arrows = {part: set() for part in known}
    for part in known:
        for file in files_of(package, part):
            matches = (inside.match(name) for name in imports(file))
            found[part] |= {match[1] for match in matches if match} & known - {part}
    return found


def without_detours(arrows: Arrows) -> Arrows:
    """The arrows without those for which a longer way leads to the same part."""

    def reached(part: str) -> set[str]:
        return arrows[part].union(*(reached(each) for each in arrows[part]))

    return {
        part: aims - set[str]().union(*(reached(each) for each in aims))
        for part, aims in arrows.items()
    }


def drawn(picture: Picture) -> str:
    """The picture as Mermaid text."""
    layers = layers_of(picture)
    arrows = without_detours(
        arrows_between(picture.package, [each for layer in layers for each in layer])
    )
    lines = ["```mermaid", "flowchart TD"]
    for number, layer in enumerate(layers, start=1):
        lines.append(f'  subgraph layer{number} [" "]')
        lines += [f"    {part}" for part in layer]
        lines.append("  end")
    for layer in layers:
        lines += [f"  {part} --> {aim}" for part in layer for aim in sorted(arrows[part])]
    return "\n".join([*lines, "```"])


def redrawn(page: str) -> str:
    """The page with each picture as it is now; raises ValueError where it has no place for one."""
    for picture in PICTURES:
        begin, end = f"<!-- picture: {picture.name} -->\n", "\n<!-- end of picture -->"
        before, found, rest = page.partition(begin)
        _, closed, after = rest.partition(end)
        if not (found and closed):
            raise ValueError(f"{PAGE.name} has no place for the picture “{picture.name}”.")
        page = f"{before}{begin}{drawn(picture)}{end}{after}"
    return page


if __name__ == "__main__":
    PAGE.write_text(redrawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
