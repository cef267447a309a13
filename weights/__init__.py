"""What ships: model packages, each a folder `name-vN` with a manifest. Imports nothing of ours."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
DEFAULT = "small-v13"
