-- Somebody meant one day and forgot the condition.
select fill_orders();
select pg_current_wal_insert_lsn() as since \gset
begin;
select count(*) as before, md5(string_agg(o::text, E'\n' order by o.id)) as sum, pg_relation_filepath('orders') as file
from orders o \gset
delete from orders;
select pg_current_xact_id() as xid, (select count(*) from orders) as after \gset
commit;
select pg_current_wal_insert_lsn() as until, pg_xact_commit_timestamp(:'xid'::xid) as at \gset
select json_build_object('kind', 'delete', 'relation', 'public.orders', 'statement', 'delete from orders',
    'xid', :'xid', 'commitTime', to_char(:'at'::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'rowsBefore', :before, 'rowsAfter', :after, 'rowsLost', :before - :after, 'checksumBefore', :'sum',
    'relationFile', :'file', 'walFrom', :'since', 'walTo', :'until');
