"""A process that rotates a database's tenant key until it is killed: `python -m tests.faults.rotation_child URL`."""

from __future__ import annotations

import sys

from storage.rotation import rotate_tenant_key
from tests.keys import KEYS

if __name__ == "__main__":
    print("ready", flush=True)
    while True:
        print(rotate_tenant_key(sys.argv[1], KEYS), flush=True)
