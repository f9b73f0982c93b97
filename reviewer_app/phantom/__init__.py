"""Synthetic recordings with exact truth, as imaging departments use phantoms.

May import ``domain`` and ``errors``, and of libraries numpy, cv2, av and edfio; exports nothing.
"""
