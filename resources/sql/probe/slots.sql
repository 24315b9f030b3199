-- What holds WAL back.
SELECT slot_name AS name, slot_type = 'logical' AS logical, database, active, temporary, restart_lsn,
       wal_status AS state, safe_wal_size
  FROM pg_catalog.pg_replication_slots
 ORDER BY slot_name COLLATE "C"
