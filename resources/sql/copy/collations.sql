-- The libraries that sort text here: an index made under another version is not to be trusted.
SELECT DISTINCT CASE collprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' ELSE collprovider::text END AS provider,
       pg_catalog.pg_collation_actual_version(oid) AS version
  FROM pg_catalog.pg_collation
 WHERE pg_catalog.pg_collation_actual_version(oid) IS NOT NULL
 ORDER BY 1, 2
