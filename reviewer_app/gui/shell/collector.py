"""What nothing names any more is cleared away in the window's own thread alone.

Python's collector runs in whichever thread happens to make the next object. A widget that it destroys in the decoder's
thread, or in the middle of its own drawing, takes the program down.
"""

import gc

from pyqtgraph.util.garbage_collector import GarbageCollector


def collect_between_events() -> GarbageCollector:
    """Stops Python's own collecting; from now on a timer of this thread does it as long as the answer is kept.

    What was loaded up to now stays to the end and is not looked through again, so that collecting stays short.
    """
    gc.freeze()
    return GarbageCollector(interval=1.0)
