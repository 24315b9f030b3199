-- Databases with their collation, the same on all versions: columns that a version lacks are NULL.
SELECT d.oid, d.datname AS name, d.datallowconn AS allows_connections,
       pg_catalog.has_database_privilege(d.oid, 'CONNECT') AS may_connect,
       pg_catalog.concat_ws(' ', d.datname || ':', coalesce(pg_catalog.to_jsonb(d) ->> 'datlocprovider', 'c'),
         coalesce(pg_catalog.to_jsonb(d) ->> 'datlocale', pg_catalog.to_jsonb(d) ->> 'daticulocale', d.datcollate),
         pg_catalog.to_jsonb(d) ->> 'datcollversion') AS collation
  FROM pg_catalog.pg_database d
 ORDER BY d.datname COLLATE "C"
