"""Handing the storyboard on: one file a format, and reading back what can be read back."""
