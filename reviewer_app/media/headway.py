"""How reading says that it gets on, to whoever must tell a long wait from an endless one."""

from collections.abc import Callable
from pathlib import Path

Tell = Callable[[Path], None]
"""Called with the file that is read: before it is opened, and whenever reading it has got a step further."""


def nobody(path: Path) -> None:
    """Hears it, where nobody watches."""
