-- Gauge readings: what the lab's smaller clusters hold.
create table gauges (id integer primary key, place text not null);
insert into gauges select n, 'Pegel ' || n from generate_series(1, 40) n;
create table readings (gauge integer references gauges, at timestamptz, level numeric(6, 2));
create procedure take_readings(rounds integer) language plpgsql as $$
begin
    for n in 1 .. rounds loop
        insert into readings select id, clock_timestamp(), round((random() * 900)::numeric, 2) from gauges;
        commit;
    end loop;
end
$$;
call take_readings(200);
