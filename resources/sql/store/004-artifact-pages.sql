-- Artifacts of a source lie in pages of some hundred, in the order of their ids: a million are read in a
-- second as four thousand rows. names, facts and own are in the program's own format, each with a checksum.
-- The program moves what table artifacts holds into them, and drops it.
CREATE TABLE artifact_pages (
    source integer NOT NULL REFERENCES catalogue_sources ON DELETE CASCADE,
    page integer NOT NULL,
    first_id text NOT NULL,
    artifacts integer NOT NULL,
    oldest_at bigint NOT NULL,
    newest_at bigint NOT NULL,
    names bytea NOT NULL,
    facts bytea NOT NULL,
    own bytea NOT NULL,
    PRIMARY KEY (source, page)
);

-- How many artifacts a group has: whose a group is can be told without reading them.
ALTER TABLE artifact_groups ADD COLUMN artifacts bigint NOT NULL DEFAULT 0;
