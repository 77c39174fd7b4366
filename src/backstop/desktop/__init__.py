"""The desktop program: a window on the services, in PySide6."""

from backstop.desktop.shell.singletons import keep_singletons

keep_singletons()
