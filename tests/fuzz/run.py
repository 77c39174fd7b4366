"""Coverage-guided fuzzing, by hand: `python tests/fuzz/run.py TARGET SECONDS FOLDER`.

TARGET is json, file, repair or statement.
Needs atheris. What reached new code goes into FOLDER, what nobody foresaw into `found-…` there;
what was interesting is kept in `corpus`, and the suite replays it.
"""

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

import atheris  # noqa: E402 (the paths come first)

with atheris.instrument_imports(include=["backstop"]):
    from fuzz.targets import CORPUS, TARGETS


def seeds(folder: Path) -> None:
    """Real books and real files to begin with."""
    for number, each in enumerate((ROOT / "resources" / "samples").glob("*.json")):
        shutil.copyfile(each, folder / f"sample-{number}.json")
    for each in (ROOT / "tests" / "upgrade").glob("v*.*"):
        if each.suffix in (".backstop", ".json"):
            shutil.copyfile(each, folder / each.name)
    for each in (ROOT / "tests" / "importers" / "data").glob("*.*"):
        shutil.copyfile(each, folder / each.name)


FOLDERS = {"json": "json", "statement": "statement"}


if __name__ == "__main__":
    name, seconds, kept = sys.argv[1:]
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as made:
        seeds(Path(made))
        options = [
            f"-max_total_time={seconds}",
            "-max_len=120000",
            "-timeout=30",
            "-rss_limit_mb=0",
        ]
        artifacts = f"-artifact_prefix={kept}/found-"
        atheris.Setup(
            [
                sys.argv[0],
                *options,
                artifacts,
                kept,
                str(CORPUS / FOLDERS.get(name, "file")),
                made,
            ],
            lambda data: target(data) and None,
        )
        atheris.Fuzz()
