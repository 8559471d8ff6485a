"""The pictures of `sd_models/README.md`, made from the real code: `python -m sd_models.figures`."""
