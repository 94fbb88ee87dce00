"""Mistakes in what is sealed, deleted and restored; see faults.py."""

from __future__ import annotations

from tests.planted.fault import Fault

SEALED, KEEPING = "tests/attacks/test_sealed.py", "tests/contracts/test_keeping_cli.py"
VAULT_TEST, RETENTION = "tests/contracts/test_vault.py", "tests/contracts/test_retention.py"
FOOTING = "tests/contracts/test_footing.py"

VAULT = (
    Fault(
        "an erased case leaves the draft that it was written in",
        "storage/retention.py",
        "        if draft_id is not None:  #",
        "        if draft_id is None:  #",
        RETENTION,
    ),
    Fault(
        "a note on a card goes with the key of who wrote it",
        "storage/tables.py",
        'body: Any = sealed("school", "school_id")',
        'body: Any = sealed("person", "school_id")',
        VAULT_TEST,
    ),
    Fault(
        "a sealed value is not bound to its row",
        "storage/vault.py",
        'return f"{vault.tenant}{self._place[0]}{row}{self._place[1]}".encode()',
        'return f"{vault.tenant}{self._place[0]}{self._place[1]}".encode()',
        SEALED,
    ),
    Fault(
        "a sealed value is not bound to its municipality",
        "storage/vault.py",
        'return f"{vault.tenant}{self._place[0]}',
        'return f"{self._place[0]}',
        SEALED,
    ),
    Fault(
        "a key that was taken back with its transaction is kept",
        "storage/vault.py",
        "key = self._fresh[owner] = self._ring.make(self._db, owner)\n",
        "key = self._ring.make(self._db, owner)\n            self._ring.keep(key)\n",
        VAULT_TEST,
    ),
    Fault(
        "a shredded key stays in memory",
        "storage/vault.py",
        "        self._ring.forget((kind, owner))\n        gone =",
        "        gone =",
        VAULT_TEST,
    ),
    Fault(
        "the wrapped key stays in the WAL",
        "storage/sqlite.py",
        "            self._wipe(connection, unit)\n",
        "",
        VAULT_TEST,
    ),
    Fault(
        "a sealed column takes plain bytes",
        "storage/columns.py",
        "if value is not None and not isinstance(value, Ciphertext):",
        "if value is None:",
        VAULT_TEST,
    ),
    Fault(
        "a key file that others may read is taken",
        "storage/keys.py",
        "if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):",
        "if status.st_mode & stat.S_IRWXG:",
        KEEPING,
    ),
    Fault(
        "a restored copy keeps what the ledger deleted",
        "storage/backups.py",
        "gone = forget_again(connection, vault, ledger)",
        "gone = 0",
        KEEPING,
    ),
    Fault(
        "a copy holds its wrapped keys",
        "storage/backups.py",
        'to.execute(f"DELETE FROM {table}")',
        'to.execute(f"SELECT 1 FROM {table}")',
        KEEPING,
    ),
    Fault(
        "open cases are erased too",
        "bot/app/retention.py",
        'if case is None or case.state != "closed":',
        "if case is None:",
        RETENTION,
    ),
    Fault(
        "a case is erased without a line in the ledger",
        "bot/app/retention.py",
        "return replace(line, seq=uow.retention.record(line))",
        "return line",
        RETENTION,
    ),
    Fault(
        "a commit waits for the disk only where the server is set to",
        "storage/engines.py",
        "-c synchronous_commit=on ",
        "",
        FOOTING,
    ),
    Fault(
        "a standby that lags behind is not asked about",
        "storage/footing.py",
        "    if answer.followers and not answer.waits:",
        "    if answer.followers and answer.waits:",
        FOOTING,
    ),
    Fault(
        "a server's clock may be anywhere",
        "storage/footing.py",
        "    if apart > MAX_APART:",
        "    if apart > 100 * MAX_APART:",
        FOOTING,
    ),
    Fault(
        "people are told that it is saved on a server that forgets",
        "bot/cli/serve.py",
        "    if stops:\n",
        "    if not stops:\n",
        FOOTING,
    ),
)
