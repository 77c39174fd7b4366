"""The About page: the version, and that there is no network."""

import pytest
from PySide6.QtWidgets import QLabel

from backstop import __version__
from backstop.desktop.shell.about_dialog import AboutDialog
from desktop.conftest import Start


@pytest.mark.parametrize(
    ("language", "network"), [("en", "uses no network"), ("zh_CN", "不使用网络")]
)
def test_about_says_the_version_and_that_nothing_is_fetched(
    start: Start, language: str, network: str
) -> None:
    program = start(None)
    program.context.set_language(language)
    program.window.actions_by_name["about"].trigger()
    dialog = program.window.findChild(AboutDialog)
    assert dialog is not None
    said = " ".join(each.text() for each in dialog.findChildren(QLabel))
    assert __version__ in said
    assert network in said
    for each in dialog.findChildren(QLabel):
        assert each.height() >= each.heightForWidth(each.width())
    dialog.accept()
