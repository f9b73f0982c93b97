"""A box for a number that shows no more decimals than it needs: 4 s, and not 4.00 s."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDoubleSpinBox

AS_NEEDED = QLocale.FloatingPointPrecisionOption.FloatingPointShortest.value
"""The precision with which Qt writes the decimals that say something."""


class PlainBox(QDoubleSpinBox):
    """Writes numbers as this person's country does, without zeros at the end."""

    def textFromValue(self, value: float) -> str:  # noqa: N802
        """The number with the decimals that say something."""
        return self.locale().toString(round(value, self.decimals()), "f", AS_NEEDED)
