-- The same while somebody holds a table: sizes as the server last counted them, which waits for no lock.
SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relisshared AS shared,
       c.reltablespace AS tablespace, pg_catalog.pg_relation_filenode(c.oid) AS file_node,
       CASE WHEN c.reltuples >= 0 THEN c.reltuples END AS rows,
       c.relpages::bigint * pg_catalog.current_setting('block_size')::bigint AS size
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'i', 't', 'm', 'S') AND c.relpersistence <> 't'
 ORDER BY c.oid
