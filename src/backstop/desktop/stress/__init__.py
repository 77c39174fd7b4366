"""The Stress page."""
