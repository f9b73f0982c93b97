"""Reads recordings: opens files, decodes them, prepares frames, measures quality.

Originals are only ever opened for reading. Alone in using av, cv2 and mne (with ``phantom``).
May import domain and errors.
"""
