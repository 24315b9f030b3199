-- A small database beside the large one: who lies where.
create table berths (id integer primary key, quay text not null, depth numeric(4, 1) not null);
insert into berths select n, (array['Nordkai', 'Süd "alt"', 'Øst'])[1 + n % 3], 4 + n % 9 from generate_series(1, 120) n;
create table arrivals (id bigint generated always as identity primary key, berth integer references berths, ship text, arrived timestamptz);
insert into arrivals (berth, ship, arrived)
select 1 + n % 120, 'MS ' || (array['Élan', 'Hafenliebe', 'Наяда', 'O''Hara'])[1 + n % 4] || ' ' || n, now() - make_interval(hours => n)
from generate_series(1, 3000) n;
