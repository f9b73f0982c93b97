"""Which build of PyTorch suits this machine, and torch and torchvision always as a matching pair."""

import os
import platform
import re
import shutil
import subprocess
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

from installer.environment import ROOT, Environment, InstallationError, pip

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CUDA_INDEX = "https://download.pytorch.org/whl/cu130"
"""Only Windows needs it: PyPI's own torch wheels bring CUDA on Linux but not there."""

# Runs where everything is installed; torchvision's operators are missing if it was built for another torch.
PAIR_CHECK = (
    "import torch, torchvision; torchvision.ops.nms(torch.tensor([[0.0, 0.0, 1.0, 1.0]]), torch.tensor([1.0]), 0.5)"
)


def torch_requirements() -> list[str]:
    """What pyproject says of torch and torchvision."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [each for each in project["dependencies"] if re.match(r"torch(vision)?\b", each)]


def nvidia_seen() -> bool:
    """Whether this machine has an NVIDIA driver."""
    driver = Path(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32", "nvcuda.dll")
    return bool(shutil.which("nvidia-smi")) or Path("/proc/driver/nvidia/version").exists() or driver.exists()


def reachable(index: str) -> bool:
    """Whether a package index answers within 5 s."""
    try:
        with urllib.request.urlopen(f"{index}/torch/", timeout=5) as answer:  # noqa: S310 - a constant https address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def torch_source(system: str) -> tuple[str, list[str]]:
    """Which build of PyTorch to take, in words, and pip's options for it."""
    if system != "Darwin" and nvidia_seen():
        return "PyTorch for NVIDIA graphics cards", ["--index-url", CUDA_INDEX] if system == "Windows" else []
    if system == "Linux" and reachable(CPU_INDEX):
        return "PyTorch for machines without a graphics card", ["--index-url", CPU_INDEX]
    return "PyTorch", []


def install_torch(environment: Environment) -> None:
    """Installs torch and torchvision as one matching pair, and sees that the second finds the first.

    A CPU-only torch wheel beside the ordinary torchvision wheel fails to import; the pair is then taken from the
    ordinary index, without the wheel that did not match.

    Raises:
        InstallationError: even then they do not fit each other.
    """
    what, options = torch_source(platform.system())
    print(f"{what}:", flush=True)
    pip(environment, "install", *options, *torch_requirements())
    if pair_matches(environment):
        return
    print("torch and torchvision do not match; taking both from the ordinary index.", flush=True)
    installed = [f"torch!={version}" for version in local_torch_versions(environment)]
    pip(environment, "uninstall", "--yes", "torch", "torchvision")
    pip(environment, "install", *torch_requirements(), *installed)
    if not pair_matches(environment):
        raise InstallationError(
            f"torch and torchvision do not work together here; the whole story is in {environment.log}"
        )


def pair_matches(environment: Environment) -> bool:
    """Whether torchvision's compiled operators load."""
    with environment.log.open("a", encoding="utf-8") as log:
        command = [environment.program("python"), "-W", "ignore", "-c", PAIR_CHECK]
        return subprocess.call(command, stdout=log, stderr=log) == 0


def local_torch_versions(environment: Environment) -> list[str]:
    """The installed torch's version if it is a special build, such as 2.13.0+cpu."""
    names = [path.name for packages in environment.packages() for path in packages.glob("torch-*.dist-info")]
    return [version for name in names if "+" in (version := name.removeprefix("torch-").removesuffix(".dist-info"))]
