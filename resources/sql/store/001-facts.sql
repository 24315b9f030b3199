-- Runs as it is on SQLite and on PostgreSQL. Times are microseconds since the epoch, UTC.

CREATE TABLE meta (
    key text NOT NULL PRIMARY KEY,
    value text NOT NULL
);

-- The last facts each server told; kind is 'server' or 'pbs', facts is JSON.
CREATE TABLE server_facts (
    fleet text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('server', 'pbs')),
    name text NOT NULL,
    read_at bigint NOT NULL,
    facts text NOT NULL,
    PRIMARY KEY (fleet, kind, name)
);

-- The same, at each time when more than counters, positions and sizes had changed.
CREATE TABLE server_facts_history (
    fleet text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    read_at bigint NOT NULL,
    facts text NOT NULL,
    PRIMARY KEY (fleet, kind, name, read_at),
    FOREIGN KEY (fleet, kind, name) REFERENCES server_facts ON DELETE CASCADE
);

-- How far each source was read; scan_cursor is in the words of the source's own adapter.
CREATE TABLE sources (
    fleet text NOT NULL,
    name text NOT NULL,
    scanned_at bigint NOT NULL,
    scan_cursor text NOT NULL,
    PRIMARY KEY (fleet, name)
);
