"""The command line that the stages share."""

from __future__ import annotations

import argparse
from pathlib import Path


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
