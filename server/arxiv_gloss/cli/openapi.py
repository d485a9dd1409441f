"""`arxiv-gloss openapi`"""

from __future__ import annotations

import click


@click.command()
def openapi() -> None:
    """Print the API as an OpenAPI 3.1 document."""
    import json

    from arxiv_gloss.routes.openapi import document

    click.echo(json.dumps(document(), indent=2, ensure_ascii=False))
