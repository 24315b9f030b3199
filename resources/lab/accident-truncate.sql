-- Somebody took this database for the test database.
select fill_movements();
select pg_current_wal_insert_lsn() as since \gset
begin;
select count(*) as before, md5(string_agg(m::text, E'\n' order by m.id)) as sum, pg_relation_filepath('stock_movements') as file
from stock_movements m \gset
truncate stock_movements;
select pg_current_xact_id() as xid, (select count(*) from stock_movements) as after \gset
commit;
select pg_current_wal_insert_lsn() as until, pg_xact_commit_timestamp(:'xid'::xid) as at \gset
select json_build_object('kind', 'truncate', 'relation', 'public.stock_movements', 'statement', 'truncate stock_movements',
    'xid', :'xid', 'commitTime', to_char(:'at'::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'rowsBefore', :before, 'rowsAfter', :after, 'rowsLost', :before - :after, 'checksumBefore', :'sum',
    'relationFile', :'file', 'walFrom', :'since', 'walTo', :'until');
