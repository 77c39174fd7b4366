"""What any plan leaves unpaid at least: a bound over all days and amounts."""
