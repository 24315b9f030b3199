-- A primary writes the timeline into the names of its WAL files, a standby's is the newest one it knows of.
SELECT CASE WHEN NOT pg_catalog.pg_is_in_recovery()
            THEN ('x' || pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8))::bit(32)::int
            ELSE (SELECT GREATEST(c.timeline_id, r.min_recovery_end_timeline,
                                  (SELECT w.received_tli FROM pg_catalog.pg_stat_wal_receiver w))
                    FROM pg_catalog.pg_control_checkpoint() c, pg_catalog.pg_control_recovery() r)
       END AS timeline
