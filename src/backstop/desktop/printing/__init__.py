"""The printed plan in the window: preview, printer and file."""
