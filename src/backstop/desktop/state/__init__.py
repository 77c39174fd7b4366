"""The open book in the window: its answers, background work, and saving."""
