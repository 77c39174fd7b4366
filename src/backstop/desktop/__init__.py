"""The desktop program: a window on the services, in PySide6."""

from backstop.desktop.singletons import keep_singletons

keep_singletons()
