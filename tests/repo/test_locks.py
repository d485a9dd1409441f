"""The locks hold what pyproject.toml and package.json ask for, with hashes and without addresses.

When one of these fails after a change of dependencies: `pip install -e '.[release]'`, then `poe lock`.
"""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.repo.tracked import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
ENTRY = re.compile(r"^([\w.-]+)==([\w.!+-]+)([^\n]*(?:\n    --hash=sha256:[0-9a-f]{64}[^\n]*)+)", re.M)


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def locked(name: str) -> dict[str, list[Version]]:
    """Versions by package; several where they depend on the machine."""
    found: dict[str, list[Version]] = {}
    for package, version, _ in ENTRY.findall(lock(name)):
        found.setdefault(canonicalize_name(package), []).append(Version(version))
    return found


def wanted(dependencies: list[str]) -> list[Requirement]:
    """Direct dependencies, those of extras of our own included."""
    found: list[Requirement] = []
    for requirement in map(Requirement, dependencies):
        if requirement.name == PROJECT["name"]:
            found += [one for extra in requirement.extras for one in wanted(EXTRAS[extra])]
        else:
            found.append(requirement)
    return found


@pytest.mark.parametrize(
    ("name", "dependencies"),
    [("server", PROJECT["dependencies"]), ("dev", PROJECT["dependencies"] + EXTRAS["release"])],
)
def test_every_dependency_is_locked_to_a_version_that_is_allowed(name: str, dependencies: list[str]) -> None:
    versions = locked(name)
    for requirement in wanted(dependencies):
        found = versions.get(canonicalize_name(requirement.name), [])
        assert found, f"{requirement.name} is not locked"
        assert all(version in requirement.specifier for version in found), f"{requirement}: {found}"


@pytest.mark.parametrize("name", ["server", "dev"])
def test_every_entry_has_a_hash_and_no_address(name: str) -> None:
    text = lock(name)
    assert len(ENTRY.findall(text)) == len(re.findall(r"^[\w.-]+==", text, re.M)) > 20
    assert "://" not in text
    assert "index-url" not in text


def test_both_locks_agree() -> None:
    dev = locked("dev")
    assert all(set(dev[package]) == set(versions) for package, versions in locked("server").items())


def test_the_extensions_lock_holds_what_its_package_asks_for() -> None:
    package = json.loads((ROOT / "extension" / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((ROOT / "extension" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    root = packages.pop("")
    for kind in ("dependencies", "devDependencies"):
        assert root[kind] == package[kind]
        assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in package[kind].values()), "exact versions"
    assert not [path for path, one in packages.items() if "resolved" in one]
    assert not [path for path, one in packages.items() if "integrity" not in one and not one.get("inBundle")]
