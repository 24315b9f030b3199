-- Whether the rows of other roles in pg_stat_activity and pg_stat_replication are shown whole.
SELECT pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS sees_others
