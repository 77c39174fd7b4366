"""What goes into spreadsheets and calendars."""
