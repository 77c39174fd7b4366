"""The window itself: rail, menus, pages one at a time, and what it does by itself."""
