-- Configuration files and what they include. Needs the view of all files, which only superusers and members of
-- pg_read_all_settings are granted by name.
SELECT DISTINCT sourcefile AS path FROM pg_catalog.pg_file_settings WHERE sourcefile IS NOT NULL ORDER BY sourcefile
