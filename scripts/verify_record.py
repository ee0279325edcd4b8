"""Verify a record without the program that made it: the chain of its log, every row, every document. Python alone.

    python verify_record.py concordant.db [HASH]

Prints how many entries, rows and documents hold and the hash of the last entry; lists what does not hold, and exits
with 1 then. With HASH, an entry's hash that was noted earlier (with a release, a backup, on paper), it is also looked
for in the log: only that shows that the log was not cut short or written anew as a whole.

What it checks, so that anyone can check it in another way:
- entry n has the number n, and is not older than the entry before;
- payload = SHA-256(salt, row, row, …): the rows of all tables that have the columns id and tx with tx = n, in the order
  of the tables' names and of id; each row is SHA-256(JSON of [table, {column: value}]), a blob standing as
  "sha256:" and the hash of it;
- hash = SHA-256("concordant-log-1", hash of entry n-1 (nothing for the first), JSON of the entry's cells from seq to
  payload, blobs in hex);
- JSON has its keys sorted, no spaces, and nothing but ASCII;
- each document (table raw) is, unpacked, of the SHA-256 that it is kept under.
"""

import hashlib
import json
import sqlite3
import sys
import zlib

NAME = b"concordant-log-1"
MAX_DOCUMENT = 1 << 30


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def row_hash(table, row):
    cells = {name: "sha256:" + sha(value).hex() if isinstance(value, bytes) else value for name, value in row.items()}
    return sha(canonical([table, cells]))


def sha(data):
    return hashlib.sha256(data).digest()


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def history_tables(connection):
    """The tables whose rows belong to entries: those with the columns id and tx."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for name in names:
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({quoted(name)})")}
        if {"id", "tx"} <= columns:
            yield name


class Rows:
    """The rows of one table in the order of id, read one at a time."""

    def __init__(self, connection, table):
        self.table = table
        cursor = connection.execute(f"SELECT * FROM {quoted(table)} ORDER BY id")
        names = [column[0] for column in cursor.description]
        self.rows = (dict(zip(names, row, strict=True)) for row in cursor)
        self.next = next(self.rows, None)

    def of(self, seq):
        while self.next is not None and self.next["tx"] == seq:
            yield self.next
            self.next = next(self.rows, None)


def check_log(connection, problems, heads):
    tables = [Rows(connection, name) for name in history_tables(connection)]
    columns = "seq, at, actor, action, object, note, salt, payload, hash"
    previous, before, count, rows = b"", "", 0, 0
    for entry in connection.execute(f"SELECT {columns} FROM entry ORDER BY seq"):
        seq, at = entry[0], entry[1]
        count += 1
        if seq != count:
            problems.append(f"entry {count} is missing")
            count = seq
        if at < before:
            problems.append(f"entry {seq} is older than the one before")
        payload = hashlib.sha256(entry[6])
        for table in tables:
            for row in table.of(seq):
                payload.update(row_hash(table.table, row))
                rows += 1
        if payload.digest() != entry[7]:
            problems.append(f"entry {seq}: its rows are not those that were written")
        cells = [cell.hex() if isinstance(cell, bytes) else cell for cell in entry[:8]]
        if sha(NAME + previous + canonical(cells)) != entry[8]:
            problems.append(f"entry {seq}: the log was changed here")
        previous, before = entry[8], at
        heads.append(previous.hex())
    for table in tables:
        if table.next is not None:
            problems.append(f"rows of {table.table} belong to no entry (from id {table.next['id']})")
    return count, rows


def check_documents(connection, problems):
    count = 0
    for digest, packing, body in connection.execute("SELECT sha256, packing, body FROM raw ORDER BY id"):
        count += 1
        try:
            data = zlib.decompressobj().decompress(body, MAX_DOCUMENT) if packing == "zlib" else body
        except zlib.error:
            data = b""
        if hashlib.sha256(data).hexdigest() != digest:
            problems.append(f"document {digest}: it is not what came in")
    return count


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    connection = sqlite3.connect(f"file:{arguments[0]}?mode=ro", uri=True)
    problems, heads = [], []
    try:
        connection.execute("BEGIN")
        entries, rows = check_log(connection, problems, heads)
        documents = check_documents(connection, problems)
    except sqlite3.DatabaseError as error:
        print(f"the file cannot be read as a record: {error}")
        return 1
    if len(arguments) == 2 and not (len(arguments[1]) >= 8 and any(h.startswith(arguments[1].lower()) for h in heads)):
        problems.append("the noted entry is not in the log: it was cut short or written anew")
    for problem in problems:
        print(f"NOT WHOLE: {problem}")
    print(f"{entries} entries, {rows} rows, {documents} documents; head {heads[-1] if heads else 'none'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
