-- Who streams from here. Without pg_read_all_stats the view shows other roles' rows without most columns.
SELECT r.application_name AS name, r.usename AS role, pg_catalog.host(r.client_addr) AS address, r.state, r.sync_state,
       s.slot_name AS slot, r.flush_lsn, r.replay_lsn,
       (EXTRACT(epoch FROM r.replay_lag) * 1000)::bigint AS replay_lag_ms
  FROM pg_catalog.pg_stat_replication r LEFT JOIN pg_catalog.pg_replication_slots s ON s.active_pid = r.pid
 ORDER BY r.application_name COLLATE "C", r.pid
