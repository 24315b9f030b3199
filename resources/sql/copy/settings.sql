-- Every setting the role may see, with the file that set it where the role may see that.
SELECT name, setting, unit, source,
       sourcefile || ':' || sourceline AS file
  FROM pg_catalog.pg_settings
 ORDER BY name COLLATE "C"
