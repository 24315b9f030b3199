-- What pg_controldata tells, as far as SQL does; the rest are settings.
SELECT s.pg_control_version, s.catalog_version_no, s.system_identifier, i.database_block_size, i.wal_block_size,
       i.data_page_checksum_version,
       pg_catalog.current_setting('wal_level') AS wal_level,
       pg_catalog.current_setting('max_connections') AS max_connections,
       pg_catalog.current_setting('max_worker_processes') AS max_worker_processes,
       pg_catalog.current_setting('max_wal_senders') AS max_wal_senders,
       pg_catalog.current_setting('max_prepared_transactions') AS max_prepared_transactions,
       pg_catalog.current_setting('max_locks_per_transaction') AS max_locks_per_transaction
  FROM pg_catalog.pg_control_system() s, pg_catalog.pg_control_init() i
