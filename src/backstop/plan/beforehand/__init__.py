"""What to do before anything is lost: reserve, backup lines, draws made now."""
