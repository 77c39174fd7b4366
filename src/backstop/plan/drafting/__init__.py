"""From offers to a plan that was replayed."""
