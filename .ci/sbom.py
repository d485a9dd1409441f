"""Write dist/sbom.cdx.json (CycloneDX): the packages that come with a release, from the locks alone.

The server's packages are those of requirements/server.txt with their hashes, the extension's those of
package-lock.json without development tools. Licences of Python packages are added where they are installed here.
Needs npm and the extra `[release]`, and no network.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "extension"
SPEC = "1.5"
"""Both tools can write this version."""

Document = dict[str, Any]


def main() -> None:
    """Write the document and say how much it holds."""
    sys.path.insert(0, str(ROOT / "server"))
    from arxiv_gloss import __version__

    server, extension = of_server(), of_extension(__version__)
    document = merged(server, extension, __version__)
    (ROOT / "dist").mkdir(exist_ok=True)
    target = ROOT / "dist" / "sbom.cdx.json"
    target.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {len(document['components'])} components")


def of_server() -> Document:
    """The locked packages of the server, by their package URLs."""
    lock = ROOT / "requirements" / "server.txt"
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", str(lock)]
    document = output([*command, "--output-reproducible", "--sv", SPEC])
    for component in document["components"]:
        component["bom-ref"] = component["purl"]
        component.pop("description", None)  # the lock's lines
        if license := installed_license(component["name"], component["version"]):
            component["licenses"] = [{"license": {"name": license}}]
    return document


def installed_license(name: str, version: str) -> str | None:
    """Of the same version, when it is installed here."""
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    license = next((found[key] for key in ("License-Expression", "License") if key in found), "")
    return license.splitlines()[0] if license and found["Version"] == version else None


def of_extension(version: str) -> Document:
    """npm describes only packages that have a version, and ours has none: the Python package holds it."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to read package-lock.json.")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            content = json.loads((EXTENSION / name).read_text(encoding="utf-8"))
            for place in (content, content.get("packages", {}).get("", {})):
                place["version"] = version
            (Path(folder) / name).write_text(json.dumps(content), encoding="utf-8")
        command = [npm, "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev"]
        return output(command, cwd=folder)


def output(command: list[str], cwd: str | Path = ROOT) -> Document:
    """The JSON that a command prints; exits with its complaint when it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"`{' '.join(command)}` failed:\n{done.stderr}")
    document: Document = json.loads(done.stdout)
    return document


def merged(server: Document, extension: Document, version: str) -> Document:
    """One document about the product, on which the extension and all packages of the server depend."""
    product = {
        "bom-ref": "arxiv-gloss",
        "type": "application",
        "name": "arxiv-gloss",
        "version": version,
        "licenses": [{"license": {"id": "AGPL-3.0-or-later"}}],
    }
    part = extension["metadata"]["component"]
    needs = [part["bom-ref"], *(component["bom-ref"] for component in server["components"])]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "version": 1,
        "metadata": {"component": product},
        "components": [*server["components"], part, *extension["components"]],
        "dependencies": [{"ref": product["bom-ref"], "dependsOn": needs}, *extension["dependencies"]],
    }


if __name__ == "__main__":
    main()
