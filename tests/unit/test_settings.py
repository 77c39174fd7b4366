"""Settings: remembered, and never a reason for the program not to start."""

import stat
from pathlib import Path

import pytest

from backstop.services import paths
from backstop.services.settings import FILE_NAME, Settings, load_settings, save_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BACKSTOP_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config"


def test_settings_come_back_as_they_were_saved(folder: Path) -> None:
    wanted = Settings(language="zh_CN", theme="dark", window="AdnQywAD").opened(Path("借呗"))
    assert save_settings(wanted)
    assert load_settings() == wanted
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
    assert [each.name for each in folder.iterdir()] == [FILE_NAME]


def test_without_a_file_the_defaults_hold() -> None:
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'{"theme": "purple"}',
        b'{"lock_minutes": -1}',
        b'{"recent": "x"}',
        b"[" * 10**5,
    ],
    ids=["empty", "half", "bytes", "list", "theme", "minutes", "type", "deep"],
)
def test_a_damaged_file_is_set_aside_and_the_program_starts(folder: Path, data: bytes) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(data)
    assert load_settings() == Settings()
    assert (folder / "settings.damaged.json").read_bytes() == data
    assert save_settings(Settings(language="en"))
    assert load_settings().language == "en"


@pytest.mark.parametrize("minutes", [0, 480])
def test_never_and_eight_hours_are_times_to_lock_after(minutes: int) -> None:
    assert save_settings(Settings(lock_minutes=minutes))
    assert load_settings().lock_minutes == minutes
    with pytest.raises(ValueError, match="no such time"):
        Settings(lock_minutes=481)


def test_what_a_newer_program_wrote_is_passed_over(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b'{"language": "en", "holograms": true}')
    assert load_settings() == Settings(language="en")


def test_a_place_that_takes_no_settings_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("BACKSTOP_CONFIG_DIR", str(tmp_path / "file" / "folder"))
    assert not save_settings(Settings())
    assert load_settings() == Settings()


def test_the_book_opened_last_leads_the_recent_ones_once(tmp_path: Path) -> None:
    settings = Settings()
    for number in range(12):
        settings = settings.opened(tmp_path / f"{number % 10}.backstop")
    assert [Path(each).stem for each in settings.recent] == list("10987654")
    assert Path(settings.forgotten(tmp_path / "1.backstop").recent[0]).stem == "0"
    again = settings.opened(tmp_path / "6.backstop")
    assert [Path(each).stem for each in again.recent] == list("61098754")


def test_only_books_that_are_still_there_are_offered(tmp_path: Path) -> None:
    (tmp_path / "kept.backstop").write_bytes(b"")
    settings = Settings().opened(tmp_path / "kept.backstop").opened(tmp_path / "gone.backstop")
    assert settings.recent_books == (tmp_path / "kept.backstop",)


def test_folders_are_the_systems_unless_the_environment_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("CONFIG", "DATA", "BOOKS"):
        monkeypatch.delenv(f"BACKSTOP_{name}_DIR", raising=False)
    assert paths.config_folder().name == "backstop"
    assert paths.samples_folder() == paths.data_folder() / "samples"
    assert paths.books_folder().is_absolute()
    monkeypatch.setenv("BACKSTOP_BOOKS_DIR", str(tmp_path))
    assert paths.books_folder() == tmp_path
