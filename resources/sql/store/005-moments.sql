-- What reading a cluster's WAL told, one row for each run of segments; in its own words. Runs as it is on SQLite
-- and on PostgreSQL. The system identifier is text, being larger than a bigint; the time is microseconds since the
-- epoch, UTC.
CREATE TABLE moments (
    fleet text NOT NULL,
    cluster text NOT NULL,
    system_id text NOT NULL,
    timeline bigint NOT NULL,
    first_segment bigint NOT NULL,
    last_segment bigint NOT NULL,
    newest_at bigint NOT NULL,
    piece bytea NOT NULL,
    PRIMARY KEY (fleet, cluster, system_id, timeline, first_segment)
);
