"""Statements of banks and wallets: read, looked at, taken in, forgotten."""
