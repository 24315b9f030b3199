-- A clean-up script took the price list for a leftover.
select fill_price_list();
select pg_current_wal_insert_lsn() as since \gset
begin;
select count(*) as before, md5(string_agg(p::text, E'\n' order by p."it's")) as sum,
    pg_relation_filepath('"Preisliste ""Häfen"" $(id) 2026"') as file
from "Preisliste ""Häfen"" $(id) 2026" p \gset
drop table "Preisliste ""Häfen"" $(id) 2026";
select pg_current_xact_id() as xid \gset
commit;
select pg_current_wal_insert_lsn() as until, pg_xact_commit_timestamp(:'xid'::xid) as at \gset
select json_build_object('kind', 'drop', 'relation', 'public."Preisliste ""Häfen"" $(id) 2026"',
    'statement', 'drop table "Preisliste ""Häfen"" $(id) 2026"',
    'xid', :'xid', 'commitTime', to_char(:'at'::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'rowsBefore', :before, 'rowsAfter', 0, 'rowsLost', :before, 'checksumBefore', :'sum',
    'relationFile', :'file', 'walFrom', :'since', 'walTo', :'until');
