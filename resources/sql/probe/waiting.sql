-- WAL segments that are complete but not archived yet.
SELECT pg_catalog.count(*) AS waiting FROM pg_catalog.pg_ls_archive_statusdir() WHERE name LIKE '%.ready'
