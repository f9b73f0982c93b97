"""How a network is fine-tuned: plain numbers, so that every door can show and change them without loading a network.

``PAPER`` is the recipe of Miron et al., "Detection of Epileptic Spasms Using Foundational AI and Smartphone Videos"
(2024): 15 epochs, batch 4, learning rate 1e-4 multiplied by 0.75 every 10 epochs, five augmentations, binary
cross-entropy. The paper does not name the optimiser; Adam is what such rates are usual for.
"""

from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """An augmentation of the paper."""

    FLIP_VERTICAL = "flip_vertical"
    FLIP_HORIZONTAL = "flip_horizontal"  # left becomes right
    TURN_CLOCKWISE = "turn_clockwise"
    TURN_COUNTERCLOCKWISE = "turn_counterclockwise"
    INVERT = "invert"  # of the colours


class Optimiser(StrEnum):
    """What moves the weights."""

    ADAM = "adam"
    ADAMW = "adamw"  # forgets a little at each step, which helps where patients are few


class Schedule(StrEnum):
    """How the learning rate goes."""

    STEPS = "steps"  # multiplied by ``decay`` every ``decay_every`` epochs, as in the paper
    COSINE = "cosine"  # down to nothing at the end, which a short training needs to settle


LIMITS = {
    "epochs": (1, 10_000),
    "batch": (1, 4096),
    "accumulate": (1, 1024),
    "learning_rate": (1e-9, 1.0),
    "decay": (1e-6, 1.0),
    "decay_every": (1, 10_000),
    "warm_up": (0, 10_000),
    "weight_decay": (0, 10),
    "layer_decay": (1e-6, 1.0),
    "chance": (0, 1),
    "jitter": (0, 8),  # half a window: further away it would hardly be the same one
    "smoothing": (0, 1),
    "patience": (0, 10_000),
    "blend": (0.01, 1),
    "clip_norm": (0, 1e6),
    "seed": (0, 2**31 - 1),
}
"""Lowest and highest value of a recipe's numbers that make any sense."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides a fine-tuning, apart from the network and the clips.

    Attributes:
        epochs: Times that every clip is seen.
        batch: Clips in a step, on each device: the weights move once for those of all devices.
        accumulate: Steps whose gradients are added before the weights move: a larger batch on a small card.
        learning_rate: The highest there is.
        schedule: How it goes from there.
        decay: What STEPS multiplies it by.
        decay_every: Epochs between two such steps.
        warm_up: Epochs in which it climbs there; a new head on a trained trunk is wild at first.
        optimiser: What moves the weights.
        weight_decay: ADAMW's, on matrices only.
        layer_decay: Each block's rate is this times that of the block above: low ones hold what every video shares.
        frozen_trunk: Whether only the head learns, where clips are few.
        changes: Augmentations, each drawn with ``chance``.
        chance: Of each augmentation.
        jitter: Grid frames that a window may be moved by, either way; a spasm's onset stays in it.
        balance: Whether patients count alike, however many clips they have, and both classes alike within a patient.
        smoothing: How far the targets of unsure windows are drawn towards the middle.
        patience: Epochs without a gain on validation patients after which it ends; 0 goes through to the end.
        blend: How much of what was learned is kept, the rest being the base's weights: with few patients, a network
            between the two does better on others than either (Wortsman et al. 2022). 1 keeps all, as in the paper.
        half: Whether matrices are multiplied in bfloat16; the weights stay in float32.
        clip_norm: Longer gradients are cut to this; 0 cuts none, as in the paper.
        seed: Of the head, the order, the augmentations and dropout.
    """

    epochs: int = 15
    batch: int = 4
    accumulate: int = 1
    learning_rate: float = 1e-4
    schedule: Schedule = Schedule.STEPS
    decay: float = 0.75
    decay_every: int = 10
    warm_up: float = 0.0
    optimiser: Optimiser = Optimiser.ADAM
    weight_decay: float = 0.0
    layer_decay: float = 1.0
    frozen_trunk: bool = False
    changes: tuple[Change, ...] = tuple(Change)
    chance: float = 0.5
    jitter: int = 0
    balance: bool = False
    smoothing: float = 0.0
    patience: int = 0
    blend: float = 1.0
    half: bool = False
    clip_norm: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        for name, (lowest, highest) in LIMITS.items():
            value = getattr(self, name)
            if not lowest <= value <= highest:
                raise ValueError(f"{name} is {value:g}, not {lowest:g} to {highest:g}")


PAPER = Recipe()

SMALL = Recipe(
    epochs=8,
    batch=16,
    learning_rate=3e-4,
    schedule=Schedule.COSINE,
    warm_up=1.0,
    optimiser=Optimiser.ADAMW,
    weight_decay=0.02,
    layer_decay=0.8,
    changes=(Change.FLIP_VERTICAL, Change.FLIP_HORIZONTAL),
    jitter=3,
    balance=True,
    smoothing=0.1,
    patience=4,
    blend=0.5,
    clip_norm=1.0,
)
"""For a small network on a machine without a graphics card, and few patients: what such a network would have to learn
to see turned and inverted pictures as well, a handful of infants cannot teach it."""

RECIPES = {"paper": PAPER, "small": SMALL}
