"""The window without a screen; people are never asked, settings and libraries lie in the test's own folder."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
