"""The picture world: storyboard panels composed at random, each with a caption and the exact list of what it shows.

    panel(7).image          # uint8 (144, 256, 3)
    panel(7).caption        # "medium shot of a girl in a red coat with a lantern, waving, forest, night, snow"
    python -m sd_models.training.world --sheet sheet.png

Needs numpy and pillow only. Same seed, split and size: same panel.
"""
