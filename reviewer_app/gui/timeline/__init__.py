"""The night on a line: the whole recording above, a zoomed detail below. Imports pyqtgraph; knows only the review."""
