-- Who the server is and who we are there.
SELECT pg_catalog.current_setting('server_version_num') AS version_number,
       pg_catalog.current_setting('server_version') AS version,
       pg_catalog.pg_is_in_recovery() AS in_recovery,
       pg_catalog.timezone('UTC', pg_catalog.pg_postmaster_start_time())::text || '+00' AS started_at,
       pg_catalog.timezone('UTC', pg_catalog.clock_timestamp())::text || '+00' AS server_now,
       current_user AS role,
       r.rolsuper AS superuser,
       r.rolreplication AS may_replicate
  FROM pg_catalog.pg_roles r
 WHERE r.rolname = current_user
