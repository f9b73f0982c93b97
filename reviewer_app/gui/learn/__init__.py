"""The page on which corrected labels become a better model: snapshots, training, comparing, reports."""
