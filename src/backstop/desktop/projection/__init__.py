"""The Projection page."""
