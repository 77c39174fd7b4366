"""The Cash flow page."""
