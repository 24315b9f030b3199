-- The database "shop" of the practice lab: a chandler's shop at a harbour. Names that tools stumble over are meant.
select setseed(0.42);

create table customers (
    id integer generated always as identity primary key,
    name text not null,
    mail text not null,
    city text not null,
    since date not null
);
insert into customers (name, mail, city, since)
select first || ' ' || last, 'c' || n || '@example.test', city, date '2019-01-01' + (n % 2400)
from (
    select n,
        (array['Åsa', 'Björn', 'Chloé', 'Dmitri', 'Élodie', '美咲', 'Güneş', 'O''Neil', 'Zoë', 'نور'])[1 + n % 10] as first,
        (array['Lindström', 'Müller', 'García', 'Ivanova', 'd''Arc', '佐藤', 'Yılmaz', 'Smith; --', 'Kowalski'])[1 + n % 9] as last,
        (array['Göteborg', 'Hamburg', 'Gdańsk', 'Brest', 'Tallinn', '横浜', 'İzmir'])[1 + n % 7] as city
    from generate_series(1, 2000) n
) made;

create table items (
    id integer generated always as identity primary key,
    sku text not null unique,
    title text not null,
    price numeric(10, 2) not null
);
insert into items (sku, title, price)
select 'SKU-' || lpad(n::text, 5, '0'),
    (array['Rope', 'Anchor', 'Fender', 'Lantern', 'Chart of "Öresund"', 'Oil; 5 l', 'Shackle 8 mm'])[1 + n % 7] || ' ' || n,
    round((5 + random() * 400)::numeric, 2)
from generate_series(1, 500) n;

create table orders (
    id bigint generated always as identity primary key,
    customer integer not null references customers,
    placed timestamptz not null,
    state text not null,
    total numeric(12, 2) not null
);
create index orders_placed on orders (placed);

create table order_lines (
    order_id bigint not null,
    item integer not null references items,
    quantity integer not null,
    price numeric(10, 2) not null
);
create index order_lines_order on order_lines (order_id);

create table stock_movements (
    id bigint generated always as identity primary key,
    item integer not null references items,
    moved timestamptz not null,
    amount integer not null,
    note text
);

create function fill_orders() returns void language sql as $$
    insert into orders (customer, placed, state, total)
    select 1 + (n * 7) % 2000, now() - make_interval(mins => 20000 - n),
        (array['open', 'paid', 'packed', 'sent'])[1 + n % 4], (n * 37 % 90000) / 100.0 + 1
    from generate_series(1, 12000) n
    where not exists (select from orders)
$$;
create function fill_movements() returns void language sql as $$
    insert into stock_movements (item, moved, amount, note)
    select 1 + n % 500, now() - make_interval(mins => 9000 - n), (n % 41) - 20,
        case when n % 10 = 0 then E'counted by hand\n"twice"' end
    from generate_series(1, 8000) n
    where not exists (select from stock_movements)
$$;
create function fill_price_list() returns void language plpgsql as $$
begin
    create table if not exists "Preisliste ""Häfen"" $(id) 2026" ("it's" integer primary key, "Größe" text, "-price" numeric);
    insert into "Preisliste ""Häfen"" $(id) 2026"
    select n, 'size ' || n % 9, n / 4.0 from generate_series(1, 1500) n on conflict do nothing;
end
$$;
select fill_orders(), fill_movements(), fill_price_list();
insert into order_lines
select o.id, 1 + (o.id * 3 + k)::integer % 500, 1 + k, o.total / (k + 1)
from orders o, generate_series(1, 3) k;

create table "-rf" ("--" text);
insert into "-rf" values ('a name that begins with a dash');
create table U&"two\000Alines" (id integer primary key, "select" text);
insert into U&"two\000Alines" values (1, $q$it's "quoted" $(whoami) `id` \ %f %p$q$);
create schema "Lager ""Süd""";
create table "Lager ""Süd"""."Bestände" (ort text primary key, menge integer);
insert into "Lager ""Süd"""."Bestände" select 'Regal ' || n, n * 3 from generate_series(1, 200) n;
create unlogged table session_cache (id integer primary key, body text);
insert into session_cache select n, repeat('x', 50) from generate_series(1, 300) n;

-- Normal business: each round is a few small transactions. The oldest of them go, so it does not grow without end.
create procedure do_business(rounds integer) language plpgsql as $$
declare
    made bigint;
begin
    for n in 1 .. rounds loop
        insert into orders (customer, placed, state, total)
        values (1 + (random() * 1999)::integer, clock_timestamp(), 'open', round((random() * 500)::numeric, 2))
        returning id into made;
        insert into order_lines
        select made, 1 + (random() * 499)::integer, k, round((random() * 90)::numeric, 2) from generate_series(1, 3) k;
        commit;
        insert into stock_movements (item, moved, amount) values (1 + (random() * 499)::integer, clock_timestamp(), -1);
        update items set price = price + 0.01 where id = 1 + (random() * 499)::integer;
        commit;
        update orders set state = 'paid' where id = made - 2;
        commit;
    end loop;
    delete from order_lines where order_id < (select max(id) - 20000 from orders);
    delete from orders where id < (select max(id) - 20000 from orders);
    delete from stock_movements where id < (select max(id) - 20000 from stock_movements);
    commit;
end
$$;
