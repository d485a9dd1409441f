"""`arxiv-gloss models pull`"""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arxiv_gloss.invocation import program

if TYPE_CHECKING:
    from arxiv_gloss.hub.download import RemoteModel
    from arxiv_gloss.hub.pack import Packed
    from arxiv_gloss.settings import Settings


@click.command()
@click.argument("model", required=False)
@click.option("--to", multiple=True, metavar="LANGUAGE", help="Keep only this target language; may be given again.")
@click.option("--role", type=click.Choice(["translator", "summarizer"]), help="What it is for, where it can do both.")
@click.option("--name", help="The bundle's name (default: the model's).")
@click.option("--revision", help="Branch, tag or commit on the hub (default: the newest).")
@click.option("--precision", type=click.Choice(["int8", "fp32"]), default="int8", show_default=True)
@click.option(
    "--from", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A model on the disk."
)
@click.option("--yes", is_flag=True, help="Do not ask before the download.")
def pull(
    model: str | None,
    to: tuple[str, ...],
    role: str | None,
    name: str | None,
    revision: str | None,
    precision: str,
    folder: Path | None,
    yes: bool,
) -> None:
    """Fetch MODEL (OWNER/NAME) from the hub, make a bundle of it and check it.

    Only safetensors and tokenizer files are fetched. HF_ENDPOINT, HF_TOKEN and proxies count as for the hub's own
    tools. What breaks off goes on when the command is run again.
    """
    from arxiv_gloss.errors import BadRequest
    from arxiv_gloss.private_files import keep_private
    from arxiv_gloss.settings import load

    if (model is None) == (folder is None):
        raise BadRequest("Name a model on the hub, as OWNER/NAME, or a folder with --from.")
    _check_tools()
    from arxiv_gloss.engine.text_config import Origin
    from arxiv_gloss.hub.pack import Order, bundle_name, pack
    from arxiv_gloss.hub.pull import pull as pull_model

    keep_private()
    settings = load()
    report = _Progress()
    wanted = name or bundle_name(model or str(folder))
    bundles = _folder_for(wanted, settings)  # before anything is fetched
    if folder is not None:
        order = Order(wanted, Origin(folder.name, "", "not stated", 0), precision, role, to)
        return _tell(pack(folder, bundles, order, report))
    order = Order(wanted, Origin(model or "", "", "", 0), precision, role, to)
    fetched = settings.cache_dir / "models"
    made = pull_model(order, revision, bundles, fetched, lambda remote: yes or _agreed(remote), report)
    if made is None:
        raise click.Abort
    _tell(made)


def _folder_for(name: str, settings: Settings) -> Path:
    """Where a bundle of this name will stand. Raises BundleError when that cannot be."""
    from arxiv_gloss.engine.bundle import bundle_folder
    from arxiv_gloss.errors import BundleError

    bundles = settings.data_dir / "bundles"
    bundle_folder(bundles, name)
    if any((place / name).exists() for place in settings.bundle_folders[1:]):
        raise BundleError(f"{name!r} is a bundle that came with the program. Give another name with --name.")
    return bundles


def _check_tools() -> None:
    """Raises ToolMissing where the extra `export` is not installed."""
    from arxiv_gloss.errors import ToolMissing
    from arxiv_gloss.invocation import command

    try:
        import arxiv_gloss.hub.pull  # noqa: F401
    except ImportError as missing:
        raise ToolMissing(
            f"Models are exported with torch and optimum ({missing.name} is missing). In the folder of the source: "
            f"{command('pip')} install '.[export]'"
        ) from missing


class _Progress:
    """Says each step. An interrupt that some library has swallowed counts at the next one."""

    def __init__(self) -> None:
        self._interrupted = False
        signal.signal(signal.SIGINT, self._interrupt)

    def __call__(self, what: str) -> None:
        if self._interrupted:
            raise KeyboardInterrupt
        click.echo(f"· {what}", err=True)

    def _interrupt(self, *_: object) -> None:
        self._interrupted = True
        raise KeyboardInterrupt


def _agreed(remote: RemoteModel) -> bool:
    click.echo(f"{remote.name} at {remote.commit[:12]}: {remote.size / 1e6:.0f} MB, licence {remote.licence}")
    return click.confirm("Fetch it?", default=True)


def _tell(made: Packed) -> None:
    config = made.config
    speaks = ", ".join(config.targets)
    slots = f"slots are written as {config.tag.format(1)}" if config.tag else "it keeps no slots"
    click.echo(
        f"{config.name}: {' and '.join(config.roles)} into {speaks}\n"
        f"  greedy tokens as PyTorch's in {made.parity.same} of {made.parity.sentences} sentences; "
        f"{config.precision} against fp32: BLEU {made.closeness:.1f}; {slots}\n"
        f"  licence of the weights: {config.origin.licence}\n"
        f"  {made.path}"
    )
    role = config.roles[0]
    click.echo(f"Use it: {program()} models use {role} {config.name}")
