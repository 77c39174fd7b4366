"""The choice of a language, as an owner makes it in the top bar."""

from backstop.desktop.shell.window import Window


def offered_languages(window: Window) -> dict[str, bool]:
    """The names in the menu of languages, and which is checked."""
    window.top.language_menu.aboutToShow.emit()
    return {each.text(): each.isChecked() for each in window.top.language_menu.actions()}


def choose_language(window: Window, name: str) -> None:
    """Pick the language of this name."""
    assert name in offered_languages(window)
    next(each for each in window.top.language_menu.actions() if each.text() == name).trigger()
