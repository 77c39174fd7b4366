"""Curves of cash, drawn with matplotlib, which is imported only when a chart is first needed."""
