-- Settings a role may not see are left out by the view.
SELECT name, setting, unit FROM pg_catalog.pg_settings
 WHERE name IN ('archive_command', 'archive_library', 'archive_mode', 'archive_timeout', 'data_directory',
                'max_slot_wal_keep_size', 'max_wal_size', 'wal_level', 'wal_segment_size')
