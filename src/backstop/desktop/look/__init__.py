"""Colours, type and icons: the only place that knows them."""
