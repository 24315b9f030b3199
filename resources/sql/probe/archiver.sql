SELECT archived_count, last_archived_wal,
       pg_catalog.timezone('UTC', last_archived_time)::text || '+00' AS last_archived_at,
       failed_count, last_failed_wal,
       pg_catalog.timezone('UTC', last_failed_time)::text || '+00' AS last_failed_at
  FROM pg_catalog.pg_stat_archiver
