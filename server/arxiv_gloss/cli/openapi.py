"""`arxiv-gloss openapi`"""

from __future__ import annotations

import click


@click.command()
def openapi() -> None:
    """Print the API as an OpenAPI 3.1 document."""
    import json

    from arxiv_gloss.routes.openapi import openapi_document

    click.echo(json.dumps(openapi_document(), indent=2, ensure_ascii=False))
