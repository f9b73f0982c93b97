"""What is to be said of adapting scores to the recording under review: whether, how sure, what would help."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """The state of an adaptation as views show it; sentences are in the person's language."""

    told: str = ""  # how it does on later verdicts, or why it is not offered
    gain: str = ""  # what the verdicts have brought so far
    teach: tuple[float, ...] = ()  # recording seconds whose verdicts would teach most, best first
    is_working: bool = False  # it is being fitted


NO_OFFER = Offer()
