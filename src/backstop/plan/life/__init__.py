"""Accepted plans: what is kept of them, whether they still hold, how they stand."""
