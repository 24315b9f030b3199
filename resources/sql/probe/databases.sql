SELECT datname AS name, datallowconn AS allows_connections
  FROM pg_catalog.pg_database
 WHERE datname NOT IN ('template0', 'template1')
 ORDER BY datname COLLATE "C"
