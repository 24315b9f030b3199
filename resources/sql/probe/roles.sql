-- The roles ours is a member of, directly or through others.
WITH RECURSIVE above (role) AS (
  SELECT m.roleid FROM pg_catalog.pg_auth_members m, pg_catalog.pg_roles r
   WHERE r.oid = m.member AND r.rolname = current_user
  UNION
  SELECT m.roleid FROM pg_catalog.pg_auth_members m JOIN above a ON m.member = a.role)
SELECT r.rolname AS role
  FROM pg_catalog.pg_roles r JOIN above a ON a.role = r.oid
 ORDER BY r.rolname COLLATE "C"
