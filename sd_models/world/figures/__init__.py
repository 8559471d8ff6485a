"""Those who act in the panels: people, creatures and animals.

Every figure is drawn by a pen that stands at its feet, one unit high: the head's crown at y = -1, the feet at y = 0.
"""
