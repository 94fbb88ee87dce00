"""What the program is made of: `python scripts/sbom.py [LOCK [FILE]]` writes the lock file as CycloneDX JSON.

Names, versions and hashes as they are locked, and no addresses: whoever wants to know whether a known fault is in here
compares the names. The same lock file always gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> Iterator[dict[str, Any]]:
    """Each library of the lock file."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock):
        found = _PINNED.match(block)
        if found is None:
            continue
        name, version = re.sub(r"[-_.]+", "-", found[1]).lower(), found[2]
        purl = f"pkg:pypi/{name}@{version}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            # A release has several files; any of them may be what is installed here.
            "properties": [{"name": "trivselsbot:sha256", "value": one} for one in _HASH.findall(block)],
        }


def sbom(lock: str, version: str) -> dict[str, Any]:
    """The whole list."""
    ref = f"pkg:pypi/trivselsbot@{version}"
    found = list(components(lock))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": ref,
                "name": "trivselsbot",
                "version": version,
                "licenses": [{"license": {"id": "MPL-2.0"}}],
            }
        },
        "components": found,
    }


def main(arguments: list[str]) -> None:
    """The command line."""
    lock = Path(arguments[0]) if arguments else LOCK
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    text = json.dumps(sbom(lock.read_text(encoding="utf-8"), version), indent=1, sort_keys=True) + "\n"
    if len(arguments) > 1:
        Path(arguments[1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
