"""Builds, trains, packs and runs the networks.

Alone in using torch, openvino and safetensors.
May import domain and errors.
"""

import sys

# OpenVINO reports its own import and every conversion through openvino_telemetry unless it cannot import that package;
# this program sends nothing unasked. None is Python's way to say "as if not installed".
sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
