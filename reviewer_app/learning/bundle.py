"""Bundles: folders with a network's weights and everything needed to score with it again, verified before use.

::

    <bundle>/bundle.json           what it is, how it scores, where it comes from, sha256 and size of the other files
    <bundle>/weights.safetensors   the network's weights: numbers alone
    <bundle>/card.md               the same told to a person

Nothing in a bundle is ever run, and no other file in its folder is ever opened.
"""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch

from reviewer_app.errors import BundleError
from reviewer_app.learning.card import card_text
from reviewer_app.learning.golden import golden_error, make_golden
from reviewer_app.learning.manifest import (
    Description,
    Golden,
    Manifest,
    StoredFile,
    decode,
    encode,
)
from reviewer_app.learning.network import NetworkSpec, SpasmNetwork, build_network
from reviewer_app.learning.weights import fill, parse_weights, write_weights

MANIFEST, WEIGHTS, CARD = "bundle.json", "weights.safetensors", "card.md"
LARGEST_MANIFEST = 1024**2
LARGEST_FILE = 8 * 1024**3


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle on disk whose manifest was read; its scores carry its identity."""

    folder: Path
    identity: str  # hex sha256 over bundle.json, which holds the sha256 of every other file
    description: Description
    golden: Golden
    weights: StoredFile
    card: StoredFile

    @property
    def name(self) -> str:
        """What a person types to choose the bundle."""
        return self.description.name

    @property
    def is_calibrated(self) -> bool:
        """Whether it has operating points, without which no event can be told from noise."""
        return bool(self.description.operating_points)

    def network(self) -> SpasmNetwork:
        """The network with its weights, ready to score; the file's hash is checked on the bytes that are used.

        Raises:
            BundleError: The weights changed, do not fit the network, or are not finite.
        """
        data = _checked_bytes(self.folder / WEIGHTS, self.weights)
        spec = self.description.network
        if _least_bytes(spec) > len(data):
            raise BundleError(
                f"{WEIGHTS} of the bundle {self.name} is too small for its network; get the bundle again."
            )
        network = _built(self.description)
        fill(network, parse_weights(data, name=WEIGHTS), name=WEIGHTS)
        return network.eval().requires_grad_(False)


def read_bundle(folder: Path) -> Bundle:
    """A bundle's manifest, with its files present and of the right size; enough for a list, not for a score.

    Raises:
        BundleError: There is no bundle, its manifest was altered, or a file is missing or of another size.
    """
    data = _read_manifest(folder)
    manifest = decode(data)
    if set(manifest.files) != {WEIGHTS, CARD}:
        raise BundleError(f"The bundle {folder.name} lists other files than {WEIGHTS} and {CARD}; it is not used.")
    for name, stored in manifest.files.items():
        _check_size(folder / name, stored)
    identity = hashlib.sha256(data).hexdigest()
    return Bundle(
        folder, identity, manifest.description, manifest.golden, manifest.files[WEIGHTS], manifest.files[CARD]
    )


def load_bundle(folder: Path) -> Bundle:
    """A bundle of which every byte was verified and whose weights fit its network.

    Raises:
        BundleError: Anything at all is not as the manifest says.
    """
    bundle = read_bundle(folder)
    _checked_bytes(folder / CARD, bundle.card)
    bundle.network()
    return bundle


def verify_bundle(folder: Path) -> Bundle:
    """A bundle verified as for loading, whose network also scores the golden clip as it should.

    Raises:
        BundleError: Anything is not as the manifest says, or the score is another.
    """
    bundle = load_bundle(folder)
    again = make_golden(bundle.network(), bundle.description.clip, seed=bundle.golden.seed)
    if golden_error(bundle.golden, logit=again.logit, activity=again.activity) > bundle.golden.tolerance:
        raise BundleError(f"The bundle {bundle.name} scores its golden clip otherwise than it should; it is not used.")
    return bundle


def write_bundle(folder: Path, network: SpasmNetwork, description: Description) -> Bundle:
    """Packs a network as a new bundle; the folder appears complete or not at all.

    The golden clip is scored by a network built afresh from the description and the written file, so that a
    description of another network than the one given is noticed here.

    Raises:
        BundleError: The folder exists, cannot be written, or the description is not that of the network.
    """
    if folder.exists():
        raise BundleError(f"There is already something at {folder}; choose another name for the bundle.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".bundle-", dir=folder.parent) as made:
            inside = Path(made) / folder.name
            inside.mkdir()
            _fill_folder(inside, network, description)
            load_bundle(inside)
            inside.rename(folder)
    except OSError as error:
        raise BundleError(f"The bundle cannot be written to {folder}: {error.strerror}.") from error
    return read_bundle(folder)


def _fill_folder(folder: Path, network: SpasmNetwork, description: Description) -> None:
    write_weights(folder / WEIGHTS, network)
    fresh = _built(description)
    fill(fresh, parse_weights((folder / WEIGHTS).read_bytes(), name=WEIGHTS), name=WEIGHTS)
    golden = make_golden(fresh.eval(), description.clip)
    (folder / CARD).write_text(card_text(description), encoding="utf-8", newline="\n")
    files = {name: _stored(folder / name) for name in (WEIGHTS, CARD)}
    (folder / MANIFEST).write_bytes(encode(Manifest(description, golden, files)))


def list_bundles(folders: Iterable[Path]) -> tuple[Bundle | BundleError, ...]:
    """All bundles that lie directly in the given folders, in order of folder and name; why where one is unreadable.

    The weights are not read: that happens before a bundle is used.
    """
    found: list[Bundle | BundleError] = []
    for parent in folders:
        for manifest in sorted(parent.glob(f"*/{MANIFEST}")):
            if manifest.parent.name.startswith("."):
                continue  # being written
            try:
                found.append(read_bundle(manifest.parent))
            except BundleError as error:
                found.append(BundleError(f"{manifest.parent.name}: {error}"))
    return tuple(found)


def find_bundle(name: str, folders: Iterable[Path]) -> Path:
    """The folder of the bundle called ``name``: a path to one, or the first of that name in the folders.

    Raises:
        BundleError: There is none; the text names those that there are.
    """
    if (Path(name) / MANIFEST).is_file():
        return Path(name)
    readable = [bundle for bundle in list_bundles(folders) if isinstance(bundle, Bundle)]
    for bundle in readable:
        if name in (bundle.name, bundle.folder.name):
            return bundle.folder
    there_are = ", ".join(sorted({bundle.name for bundle in readable})) or "none yet"
    raise BundleError(f"There is no bundle called {name}; there are: {there_are}.")


def _read_manifest(folder: Path) -> bytes:
    path = folder / MANIFEST
    if not path.is_file():
        raise BundleError(f"{folder} is not a bundle: it has no {MANIFEST}.")
    if path.is_symlink() or path.stat().st_size > LARGEST_MANIFEST:
        raise BundleError(f"{MANIFEST} of the bundle {folder.name} is not what it should be; get the bundle again.")
    return _bytes_of(path)


def _check_size(path: Path, stored: StoredFile) -> None:
    # A link could lead to any file of the machine, so only what lies in the folder itself counts.
    if path.is_symlink() or not path.is_file():
        raise BundleError(f"The bundle {path.parent.name} lacks its {path.name}; get the bundle again.")
    if not path.stat().st_size == stored.size <= LARGEST_FILE:
        raise BundleError(f"{path.name} of the bundle {path.parent.name} has another size than it should.")


def _checked_bytes(path: Path, stored: StoredFile) -> bytes:
    _check_size(path, stored)
    data = _bytes_of(path)
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise BundleError(f"{path.name} of the bundle {path.parent.name} was altered; get the bundle again.")
    return data


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BundleError(f"{path.name} of the bundle {path.parent.name} cannot be read: {error.strerror}.") from error


def _stored(path: Path) -> StoredFile:
    data = path.read_bytes()
    return StoredFile(hashlib.sha256(data).hexdigest(), len(data))


def _built(description: Description) -> SpasmNetwork:
    # Fresh weights take random numbers; loading or saving a bundle must not change those of a training around it.
    with torch.random.fork_rng(devices=[]):
        return build_network(description.network, description.clip)


def _least_bytes(spec: NetworkSpec) -> int:
    """Bytes that this network's weights take at the very least, told before memory is given to it.

    A block of either family holds about 12 x the square of its channels; a forged spec could otherwise ask for many
    gigabytes with a file of a few.
    """
    widths = [spec.embed_dim << stage for stage in range(len(spec.stages))]
    return 2 * sum(8 * blocks * width * width for blocks, width in zip(spec.stages, widths, strict=True))
