"""Backstop: what happens if a credit line closes, and what to do about it."""

__version__ = "0.3.0"
"""The one place where the version stands; packages and the About page read it here."""
