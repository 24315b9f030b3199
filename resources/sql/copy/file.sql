-- One file, at most a megabyte; nothing when it is not there.
SELECT pg_catalog.encode(pg_catalog.pg_read_binary_file($1::text, 0, 1048576, true), 'base64') AS content
