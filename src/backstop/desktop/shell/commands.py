"""Every command of a window, in the order of its menus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from backstop.desktop.books.commands import book_commands
from backstop.desktop.plan.commands import plan_commands
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES
from backstop.desktop.widgets.command import (
    Command,
    Menu,
    Typing,
    editable_book,
    nothing,
    open_book,
)

if TYPE_CHECKING:
    from backstop.desktop.shell.window import Window
    from backstop.desktop.state.context import Context


def all_commands(window: Window) -> tuple[Command, ...]:
    """The one table: what is not in it cannot be asked for by menu, key or palette."""
    found = (
        *book_commands(lambda: window.books),
        *plan_commands(window.plan_page),
        *_window_commands(window),
        *_page_commands(window),
    )
    order = tuple(Menu)
    return tuple(sorted(found, key=lambda each: (order.index(each.menu), each.group)))


def key_of_page(page: str) -> str:
    """The key of the command that shows this page."""
    return f"go_{page}"


def _page_commands(window: Window) -> tuple[Command, ...]:
    return tuple(
        Command(
            key_of_page(entry.key),
            entry.title,
            partial(window.show_section, number),
            Menu.GO,
            shortcut=f"Ctrl+{number + 1}",
            needs=open_book,
            typing=Typing.UNTOUCHED,
        )
        for number, entry in enumerate(RAIL_ENTRIES)
    )


def _window_commands(window: Window) -> tuple[Command, ...]:
    context, keys, own = window.context, QKeySequence.StandardKey, Typing.UNTOUCHED
    return (
        Command("quit", "Quit", window.close, Menu.FILE, 4, "Ctrl+Q", nothing, own),
        Command("undo", "Undo", context.undo, Menu.EDIT, 0, keys.Undo, _can_undo, own, _undo_text),
        Command("redo", "Redo", context.redo, Menu.EDIT, 0, "Ctrl+Y", _can_redo, own, _redo_text),
        Command("guide", "Guided start…", window.open_guide, Menu.EDIT, 1, "Ctrl+G", editable_book),
        Command("find", "Find…", window.open_palette, Menu.GO, 1, "Ctrl+K"),
        Command(
            "since", "What happened since?", window.open_since, Menu.GO, 1, "Ctrl+T", _is_behind
        ),
        _lists(context),
        Command("shortcuts", "Keyboard shortcuts…", window.open_shortcuts, Menu.HELP, 0, "F1"),
        Command("about", "About Backstop", window.open_about, Menu.HELP, 1),
    )


def _lists(context: Context) -> Command:
    def turn() -> None:
        context.name_all(not context.words.whole_lists)

    told, own = "Name everything in lists", Typing.UNTOUCHED
    return Command("lists", told, turn, Menu.VIEW, 0, "F8", typing=own, said=_lists_text)


def _lists_text(context: Context) -> str:
    if context.words.whole_lists:
        return context.words.say("Name the first ten in lists")
    return context.words.say("Name everything in lists")


def _is_behind(context: Context) -> bool:
    return context.settling is not None


def _can_undo(context: Context) -> bool:
    return context.session is not None and context.session.can_undo


def _can_redo(context: Context) -> bool:
    return context.session is not None and context.session.can_redo


def _undo_text(context: Context) -> str:
    session, say = context.session, context.words.say
    if session is None or not session.can_undo:
        return say("Undo")
    return say("Undo: {what}", what=session.undo_message)


def _redo_text(context: Context) -> str:
    session, say = context.session, context.words.say
    if session is None or not session.can_redo:
        return say("Redo")
    return say("Redo: {what}", what=session.redo_message)
