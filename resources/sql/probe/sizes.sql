-- NULL where the role may not know, and for a database dropped meanwhile.
SELECT d.datname AS name,
       pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
         OR pg_catalog.has_database_privilege(d.oid, 'CONNECT') AS may_know,
       CASE WHEN pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
              OR pg_catalog.has_database_privilege(d.oid, 'CONNECT')
            THEN pg_catalog.pg_database_size(d.oid) END AS size
  FROM pg_catalog.pg_database d
 WHERE d.datname NOT IN ('template0', 'template1')
