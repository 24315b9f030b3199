-- What the sources of each fleet told. Runs as it is on SQLite and on PostgreSQL ("bytea" is a blob in
-- both). Times are microseconds since the epoch, UTC; LSNs and system identifiers are unsigned 64 bits in a
-- signed column; JSON columns have the keys of the program's own structs.

-- The catalogue's counter of each fleet: raised whenever what insight reads has changed.
CREATE TABLE catalogues (
    fleet text NOT NULL PRIMARY KEY,
    version bigint NOT NULL
);

CREATE TABLE catalogue_sources (
    id integer NOT NULL PRIMARY KEY,
    fleet text NOT NULL,
    name text NOT NULL,
    read_at bigint,
    tried_at bigint,
    error text,
    scan_cursor text NOT NULL,
    jobs text NOT NULL,
    store_usage text NOT NULL,
    troubles text NOT NULL,
    UNIQUE (fleet, name)
);

-- What many artifacts of a source have in common: whose they are and how they were made.
CREATE TABLE artifact_groups (
    id integer NOT NULL PRIMARY KEY,
    source integer NOT NULL REFERENCES catalogue_sources ON DELETE CASCADE,
    about text NOT NULL
);
CREATE INDEX artifact_groups_source ON artifact_groups (source);

-- traits: kind in bits 0-3, method 4-7, state 8-11, assurance 12-15, then one bit each for WAL inside (16),
-- manifest (17), globals beside it (18), held (19), bad pages (20). own is JSON of what is rare, reason why it is
-- not good in words.
CREATE TABLE artifacts (
    source integer NOT NULL REFERENCES catalogue_sources ON DELETE CASCADE,
    id text NOT NULL,
    stamp text NOT NULL,
    in_group integer NOT NULL,
    traits integer NOT NULL,
    start_at bigint,
    stop_at bigint,
    assured_at bigint,
    start_lsn bigint,
    stop_lsn bigint,
    timeline bigint,
    size bigint,
    stored bigint,
    parent text,
    own text,
    objects bigint,
    reason text,
    PRIMARY KEY (source, id)
);
CREATE INDEX artifacts_at ON artifacts (coalesce(stop_at, start_at, 0));

CREATE TABLE runs (
    source integer NOT NULL REFERENCES catalogue_sources ON DELETE CASCADE,
    id text NOT NULL,
    kind text NOT NULL,
    start_at bigint NOT NULL,
    end_at bigint,
    state integer NOT NULL,
    about text NOT NULL,
    PRIMARY KEY (source, id)
);
CREATE INDEX runs_start ON runs (source, start_at);

-- Archives of a source are counted from 0 in the order it tells them.
CREATE TABLE wal_archives (
    source integer NOT NULL REFERENCES catalogue_sources ON DELETE CASCADE,
    ordinal integer NOT NULL,
    part text NOT NULL,
    cluster text NOT NULL,
    system_id bigint,
    files bigint NOT NULL,
    bytes bigint NOT NULL,
    checked text NOT NULL,
    about text NOT NULL,
    PRIMARY KEY (source, ordinal)
);

CREATE TABLE wal_spans (
    source integer NOT NULL,
    ordinal integer NOT NULL,
    timeline bigint NOT NULL,
    first_segment bigint NOT NULL,
    last_segment bigint NOT NULL,
    first_arrived bigint,
    last_arrived bigint,
    PRIMARY KEY (source, ordinal, timeline, first_segment),
    FOREIGN KEY (source, ordinal) REFERENCES wal_archives ON DELETE CASCADE
);

-- What each server told of itself on a day, compressed JSON.
CREATE TABLE server_copies (
    fleet text NOT NULL,
    cluster text NOT NULL,
    copied_at bigint NOT NULL,
    copy bytea NOT NULL,
    PRIMARY KEY (fleet, cluster, copied_at)
);

-- What insight concluded from a version of the catalogue; in its own words.
CREATE TABLE conclusions (
    fleet text NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    insight bytea NOT NULL
);
