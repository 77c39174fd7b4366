"""Windows that interrupt; each is shown with `open()`, and says its end by a signal."""
