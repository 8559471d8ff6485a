"""Tales with gold that are kept apart: the reading of stories is measured by them and never tuned to them."""
