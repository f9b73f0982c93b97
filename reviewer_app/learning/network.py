"""The network: uint8 clips in, one logit out, built by keyword from a saved spec.

Two families stand behind one spec. ``hiera`` is the video transformer of the published detector; ``motion_conv`` is a
small residual (2+1)-D convolution that learns from little. Both share the first layer, which turns stored pixels into
network input *inside* the graph, so that training, scanning and an exported graph cannot drift apart.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import partial
from typing import Final, cast

import torch
from hiera import Hiera
from torch import Tensor, nn

from reviewer_app.domain.clip import Channels, ClipSpec
from reviewer_app.domain.window import FRAMES_PER_WINDOW
from reviewer_app.errors import BundleError

ARCHITECTURES: Final = ("hiera", "motion_conv")
"""All that a bundle may name: a closed list, so that no bundle can bring code."""

_TOKENS: Final = 8
"""Moments that either family tells apart at its end: 16 frames, halved once."""

_SPACE_STEP: Final = 32
"""A clip's size must be a multiple of this: patches of 4 pixels, in Hiera's mask units of 8."""


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """The numbers that a network is built from; its input size comes from the clip spec.

    Attributes:
        architecture: One of ``ARCHITECTURES``.
        embed_dim: Channels of the first stage; each later stage has twice as many.
        heads: Attention heads of the first stage (``hiera``; 1 for ``motion_conv``).
        stages: Blocks in each stage.
        drop_path: Share of blocks skipped in training, growing with depth (``hiera``).
        dropout: Share of the embedding hidden from the head in training.
        bins: Parts of a window for which spasm activity is told as well; 0 where there is no such second target.
    """

    architecture: str
    embed_dim: int = 96
    heads: int = 1
    stages: tuple[int, ...] = (2, 3, 16, 3)
    drop_path: float = 0.0
    dropout: float = 0.0
    bins: int = 0

    def __post_init__(self) -> None:
        problem = _problem(self)
        if problem:
            raise ValueError(f"not a network: {problem}")

    def to_json(self) -> dict[str, object]:
        """The spec as plain values, as a bundle's manifest keeps it."""
        return {**asdict(self), "stages": list(self.stages)}

    @classmethod
    def from_json(cls, values: object) -> "NetworkSpec":
        """Reads a manifest's spec; every key must be there, known, and in range.

        Raises:
            BundleError: The values do not describe a network of the closed list.
        """
        if not isinstance(values, Mapping):
            raise BundleError("The bundle's network is not described by names and values; it cannot be built.")
        names = {field.name for field in fields(cls)}
        if set(values) != names:
            wrong = ", ".join(sorted(str(name) for name in set(values) ^ names))
            raise BundleError(f"The bundle's network description has missing or unknown entries: {wrong}.")
        stages = values["stages"]
        try:
            return cls(**{**values, "stages": tuple(stages) if isinstance(stages, list) else stages})
        except ValueError as problem:
            raise BundleError(f"The bundle's network cannot be built: {problem}.") from problem


def _problem(spec: NetworkSpec) -> str | None:
    """What is wrong with a spec, in words; types are checked too, as specs come from files of others."""
    if spec.architecture not in ARCHITECTURES:
        return f"its architecture is {spec.architecture!r}, not one of {', '.join(ARCHITECTURES)}"
    numbers = (spec.embed_dim, spec.heads, spec.bins, *(spec.stages if isinstance(spec.stages, tuple) else (None,)))
    if any(type(number) is not int for number in numbers):
        return "embed_dim, heads, bins and stages must be whole numbers"
    shares = (spec.drop_path, spec.dropout)
    if any(type(share) not in (int, float) or not 0 <= share < 1 for share in shares):
        return f"drop_path and dropout lie between 0 and 1, not at {shares}"
    if not 8 <= spec.embed_dim <= 256 or not 1 <= spec.heads <= 16 or spec.embed_dim % (8 * spec.heads):
        return f"{spec.embed_dim} channels in {spec.heads} heads; at most 256 channels, 8 or a multiple per head"
    if len(spec.stages) != 4 or not all(1 <= blocks <= 48 for blocks in spec.stages):
        return f"its stages must be four numbers from 1 to 48, not {spec.stages}"
    if spec.bins and (spec.bins < 0 or FRAMES_PER_WINDOW % spec.bins):
        return f"bins must be 0 or divide {FRAMES_PER_WINDOW}, not {spec.bins}"
    return None


class ClipInput(nn.Module):
    """Turns stored pixels into network input: uint8 (B, 16, H, W, 3) to normalised float (B, 3, 16, H, W)."""

    mean: Tensor
    deviation: Tensor

    def __init__(self, clip: ClipSpec) -> None:
        super().__init__()
        self._motion = clip.channels is Channels.MOTION
        # Not in the weights file: the clip spec is the one place that holds these numbers.
        self.register_buffer("mean", torch.tensor(clip.mean).view(1, 3, 1, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(clip.deviation).view(1, 3, 1, 1, 1), persistent=False)

    def forward(self, clips: Tensor) -> Tensor:
        """Scales, and for ``motion`` takes differences, then normalises per channel."""
        pixels = clips.float().permute(0, 4, 1, 2, 3) / 255.0  # (B, T, H, W, C) -> (B, C, T, H, W)
        values = motion_channels(pixels) if self._motion else pixels
        return (values - self.mean) / self.deviation


def motion_channels(pixels: Tensor) -> Tensor:
    """Distance to the window's median picture, distance to the picture before, and brightness.

    What never moves - wallpaper, clothes, the colour of a skin - is left in the third channel only.
    """
    red, green, blue = pixels.unbind(dim=1)
    grey = 0.299 * red + 0.587 * green + 0.114 * blue  # (B, T, H, W)
    ordered = grey.sort(dim=1).values
    middle = FRAMES_PER_WINDOW // 2
    median = (ordered[:, middle - 1 : middle] + ordered[:, middle : middle + 1]) / 2
    before = torch.cat((grey[:, :1], grey[:, :-1]), dim=1)
    return torch.stack(((grey - median).abs(), (grey - before).abs(), grey), dim=1)


class SpasmNetwork(nn.Module):
    """A trunk that tells moments apart, and what is said of them: one logit, the activity's course, an embedding."""

    def __init__(self, trunk: "HieraTrunk | MotionTrunk", *, clip: ClipSpec, spec: NetworkSpec) -> None:
        super().__init__()
        self.clip_input = ClipInput(clip)
        self.trunk = trunk
        self.bins = spec.bins
        self.dropout = nn.Dropout(spec.dropout)
        self.score = nn.Linear(trunk.embedding_features, 1)
        # More bins than moments: several bins from one moment; fewer: neighbours are averaged.
        per_token = max(1, spec.bins // _TOKENS)
        self.activity = nn.Linear(trunk.token_features, per_token) if spec.bins else None

    def forward(self, clips: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores uint8 clips (B, 16, H, W, 3).

        Returns:
            The logit (B,), the activity logits (B, bins) and the embedding (B, features). The sigmoid is applied once,
            by whoever shows or stores a score.
        """
        tokens, embedding = self.trunk(self.clip_input(clips))  # (B, 8, C), (B, features)
        logit = self.score(self.dropout(embedding)).squeeze(1)
        return logit, self._activity(tokens), embedding

    def _activity(self, tokens: Tensor) -> Tensor:
        if self.activity is None:
            return tokens.new_zeros((tokens.shape[0], 0))
        logits = self.activity(tokens).flatten(1)  # (B, 8 * per token)
        if self.bins < _TOKENS:
            logits = logits.unflatten(1, (self.bins, _TOKENS // self.bins)).mean(dim=2)
        return cast("Tensor", logits)


class HieraTrunk(nn.Module):
    """Hiera without its class head; its parameters keep the names that Kinetics-400 checkpoints use."""

    def __init__(self, spec: NetworkSpec, *, size: int) -> None:
        super().__init__()
        # By keyword only: a bare tuple as first argument silently builds another input size.
        self.hiera = Hiera(
            input_size=(FRAMES_PER_WINDOW, size, size),
            in_chans=3,
            embed_dim=spec.embed_dim,
            num_heads=spec.heads,
            num_classes=1,
            stages=spec.stages,
            q_pool=3,
            q_stride=(1, 2, 2),
            mask_unit_size=(1, 8, 8),
            mask_unit_attn=(True, True, False, False),
            patch_kernel=(3, 7, 7),
            patch_stride=(2, 4, 4),
            patch_padding=(1, 3, 3),
            drop_path_rate=spec.drop_path,
            sep_pos_embed=True,
        )
        # Hiera's own head applies softmax in eval, which is 1.0 for a single class: it is not used at all.
        self.hiera.head = nn.Identity()
        self.token_features = self.embedding_features = spec.embed_dim * 8

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The course over 8 moments (B, 8, C), and their mean, normalised as Hiera does before its head."""
        hiera = self.hiera
        x = hiera.unroll(hiera.patch_embed(x) + hiera.get_pos_embed())
        for block in hiera.blocks:
            x = block(x)
        # The last stage in spatial order: (B, T, H, W, C); Hiera pools space only, so T is still 8.
        moments = hiera.reroll(x, len(hiera.blocks) - 1).mean(dim=(2, 3))
        return hiera.norm(moments), hiera.norm(moments.mean(dim=1))


class MotionTrunk(nn.Module):
    """A residual (2+1)-D convolution: each block looks across the picture, then along time.

    The stem takes patches of 4 pixels at once, as Hiera does: at half of that most of a training step would be spent on
    moving large, shallow maps through memory.
    """

    def __init__(self, spec: NetworkSpec) -> None:
        super().__init__()
        width = spec.embed_dim
        self.stem = nn.Sequential(
            nn.Conv3d(3, width, (3, 7, 7), stride=(1, 4, 4), padding=(1, 3, 3), bias=False),
            nn.BatchNorm3d(width),
            nn.ReLU(inplace=True),
        )
        blocks: list[nn.Module] = []
        before = width
        for stage, count in enumerate(spec.stages):
            features = width * 2**stage
            for index in range(count):
                # Space is halved at the start of stages 2 to 4, time once, with the last stage.
                space, time = (2 if stage > 0 else 1, 2 if stage == 3 else 1) if index == 0 else (1, 1)
                blocks.append(_MotionBlock(before, features, time_stride=time, space_stride=space))
                before = features
        self.blocks = nn.Sequential(*blocks)
        self.gather = nn.Sequential(nn.Linear(2 * before, before), nn.ReLU())
        self.token_features = before
        self.embedding_features = 2 * before

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The course over 8 moments (B, 8, C); its mean and its greatest values side by side as the embedding."""
        maps = self.blocks(self.stem(x))
        # The mean tells how much of the picture moves, the maximum finds an infant that fills little of it.
        moments = self.gather(torch.cat((maps.mean(dim=(3, 4)), maps.amax(dim=(3, 4))), dim=1).transpose(1, 2))
        return moments, torch.cat((moments.mean(dim=1), moments.amax(dim=1)), dim=1)


class _MotionBlock(nn.Module):
    """Space, then time, around a short cut."""

    def __init__(self, before: int, features: int, *, time_stride: int, space_stride: int) -> None:
        super().__init__()
        strides = (time_stride, space_stride, space_stride)
        convolution = partial(nn.Conv3d, bias=False)
        self.space = nn.Sequential(
            convolution(before, features, (1, 3, 3), stride=(1, space_stride, space_stride), padding=(0, 1, 1)),
            nn.BatchNorm3d(features),
            nn.ReLU(inplace=True),
        )
        self.time = nn.Sequential(
            convolution(features, features, (3, 1, 1), stride=(time_stride, 1, 1), padding=(1, 0, 0)),
            nn.BatchNorm3d(features),
        )
        changes = before != features or max(strides) > 1
        self.short_cut: nn.Module = (
            nn.Sequential(convolution(before, features, 1, stride=strides), nn.BatchNorm3d(features))
            if changes
            else nn.Identity()
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.time(self.space(x)) + self.short_cut(x))


def build_network(spec: NetworkSpec, clip: ClipSpec) -> SpasmNetwork:
    """A network with fresh weights for clips of this spec.

    Raises:
        BundleError: Clips of this size do not divide into the network's patches.
    """
    if clip.size % _SPACE_STEP:
        raise BundleError(f"A network's clips are a multiple of {_SPACE_STEP} pixels wide, not {clip.size}.")
    trunk = HieraTrunk(spec, size=clip.size) if spec.architecture == "hiera" else MotionTrunk(spec)
    return SpasmNetwork(trunk, clip=clip, spec=spec)


def seeded_network(spec: NetworkSpec, clip: ClipSpec, *, seed: int) -> SpasmNetwork:
    """A network whose fresh weights follow from a seed, to start a training from that anyone can repeat."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return build_network(spec, clip)


def give_fresh_head(network: SpasmNetwork, *, seed: int) -> None:
    """Replaces a network's one-logit head by a fresh one, in place; its trunk and its activity head stay.

    The weights are Kaiming's for a linear layer (variance 1 / features): on a normalised embedding the first logits
    then spread by about 1, which saturates no sigmoid, and unlike zeros they pass a gradient to the trunk from the
    first step on. The bias is zero: before it has seen anything the head leans to neither answer.
    """
    features = network.score.in_features
    fresh = torch.empty((1, features))
    nn.init.kaiming_normal_(fresh, nonlinearity="linear", generator=torch.Generator().manual_seed(seed))
    with torch.no_grad():
        network.score.weight.copy_(fresh)
        network.score.bias.zero_()
