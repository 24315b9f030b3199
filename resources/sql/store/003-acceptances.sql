-- What persons let be: one occurrence of a finding, a missed run or a conflict. Runs as it is on SQLite and on
-- PostgreSQL. The time is microseconds since the epoch, UTC.
CREATE TABLE acceptances (
    fleet text NOT NULL,
    occurrence text NOT NULL,
    reason text NOT NULL,
    who text NOT NULL,
    accepted_at bigint NOT NULL,
    PRIMARY KEY (fleet, occurrence)
);
