"""The window without a screen; people are never asked, settings and libraries lie in the test's own folder."""

import os

from tests.collecting import collected_between_tests as collected_between_tests

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
