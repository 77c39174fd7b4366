"""Where the program starts: a command searches seldom for garbage, the window as Python does."""

import gc

import pytest

from backstop.__main__ import MANY, main


@pytest.mark.parametrize("opens_window", [False, True])
def test_only_a_command_searches_seldom_for_garbage_and_none_leaves_it_so(
    opens_window: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, seen = gc.get_threshold(), list[int]()

    def work(*_: object, **__: object) -> int:
        seen.append(gc.get_threshold()[0])
        return 0

    monkeypatch.setattr("backstop.desktop.shell.app.run", work)
    monkeypatch.setattr(
        "backstop.cli.app.run",
        lambda given, desktop: desktop(None, None, "", False) if opens_window else work(),
    )
    assert main(["anything"]) == 0
    assert seen == [usual[0] if opens_window else MANY]
    assert gc.get_threshold() == usual
