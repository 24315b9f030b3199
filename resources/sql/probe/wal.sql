-- What the WAL takes now.
SELECT pg_catalog.sum(size)::bigint AS size FROM pg_catalog.pg_ls_waldir()
