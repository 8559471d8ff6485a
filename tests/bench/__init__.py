"""`make bench`: measured figures, side by side with the alternative, with a ruler of the machine beside them."""
