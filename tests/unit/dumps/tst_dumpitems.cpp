#include "dumps/memory.h"
#include "dumps/nights.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// What names and listings tell, before a byte is read.
class tst_DumpItems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTimesInNames_data();
    void readsTimesInNames();
    void readsWhatIsNamed_data();
    void readsWhatIsNamed();
    void findsItems();
    void pairsWithGlobals_data();
    void pairsWithGlobals();
    void pairsManyQuickly();
    void remembersStamps();
    void remembersNoDumps();
};

void tst_DumpItems::readsTimesInNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("time");
    const auto row = [](const char *name, const char *time) {
        QTest::newRow(name) << QByteArray(name) << QString::fromLatin1(time);
    };
    row("orders_2026-11-20.dump", "2026-11-20");
    row("orders-20261120.sql.gz", "2026-11-20");
    row("orders-20261120T0230.dump", "2026-11-20 9000");
    row("orders_20261120_023107.dump", "2026-11-20 9067");
    row("2026_11_20-02_31_07.sql", "2026-11-20 9067");
    row("2026.11.20 02:31", "2026-11-20 9060");
    row("2026-11-20", "2026-11-20");
    row("orders.dump", "");
    row("orders-2026-13-20.dump", "");
    row("orders-2026-02-30.dump", "");
    row("id-920261120.dump", "");
    row("20261120999999", "");
    row("2026-11.20", "");
}

void tst_DumpItems::readsTimesInNames()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, time);
    const auto told = namedTime(name);
    QString printed;
    if (told)
        printed = QDate::fromJulianDay(told->day).toString(Qt::ISODate)
            + (told->second ? u' ' + QString::number(*told->second) : QString());
    QCOMPARE(printed, time);
}

void tst_DumpItems::readsWhatIsNamed_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("what");
    const auto row = [](const char *path, const char *what) {
        QTest::newRow(path) << QByteArray(path) << QByteArray(what);
    };
    row("a/orders-2026-11-20.sql.gz", "orders");
    row("orders_20261120_023107.dump", "orders");
    row("2026-11-20_orders.sql.zst.gpg", "orders");
    row("orders.sql.gz.part", "orders");
    row("orders", "orders");
    row("my.shop.dump", "my.shop");
    row("no \xff utf-8 2026-11-20.dump", "no \xff utf-8");
    row("2026-11-20.sql", "");
    row(".sql", "sql");
}

void tst_DumpItems::readsWhatIsNamed()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, what);
    QCOMPARE(namedWhat(path), what);
}

void tst_DumpItems::findsItems()
{
    const auto file = [](const char *path, qint64 size, qint64 second) {
        return HostEntry { path, EntryKind::File, size, Instant::fromSeconds(second) };
    };
    const std::vector<HostEntry> entries { file("a.dump", 5, 50), file(".hidden.dump", 5, 50),
        { "link.dump", EntryKind::Link, 0, {} }, { "night", EntryKind::Folder, 0, {} },
        file("night/toc.dat", 100, 60), file("night/1.dat.gz", 10, 70), file("night/README", 3, 20),
        file("half/2.dat.gz", 10, 40), file("half/3.dat.gz", 11, 41), file("half/notes.txt", 1, 42),
        file("0.dump", 5, 50) };
    QByteArrayList told;
    for (const DumpItem &item : dumpItems(entries))
        told.append(QByteArray::number(int(item.kind)) + ' ' + item.path + ' ' + item.content().toLatin1());
    QCOMPARE(told.join(" | "),
        "1 night 113/3/70000000 | 0 0.dump 5/0/50000000 | 0 a.dump 5/0/50000000 | 0 half/notes.txt "
        "1/0/42000000 | 2 half "
        "21/2/41000000");
    QCOMPARE(dumpItems({ file("toc.dat", 1, 1), file("1.dat", 1, 1) }).at(0).path, ".");
}

void tst_DumpItems::pairsWithGlobals_data()
{
    QTest::addColumn<QStringList>("members"); // "path hours", globals begin with g
    QTest::addColumn<QString>("pairs");
    const auto row = [](const char *name, const QStringList &members, const char *pairs) {
        QTest::newRow(name) << members << QString::fromLatin1(pairs);
    };
    row("same folder, same hour", { u"orders.dump 10"_s, u"g.sql 10"_s }, "g.sql=g.sql orders.dump=g.sql");
    row("stale globals", { u"orders.dump 100"_s, u"g.sql 10"_s }, "g.sql=g.sql");
    row("a folder for each night",
        { u"2026-11-19/orders.dump 0"_s, u"2026-11-19/g.sql 0"_s, u"2026-11-20/orders.dump 0"_s },
        "2026-11-19/g.sql=2026-11-19/g.sql 2026-11-19/orders.dump=2026-11-19/g.sql");
    row("the night's folder above", { u"2026-11-20/db/orders.dump 0"_s, u"2026-11-20/g.sql 99"_s },
        "2026-11-20/db/orders.dump=2026-11-20/g.sql 2026-11-20/g.sql=2026-11-20/g.sql");
    row("same day in the names",
        { u"orders-2026-11-19.dump 0"_s, u"g-2026-11-19.sql 500"_s, u"orders-2026-11-20.dump 0"_s,
            u"g-2026-11-20.sql 500"_s },
        "g-2026-11-19.sql=g-2026-11-19.sql g-2026-11-20.sql=g-2026-11-20.sql "
        "orders-2026-11-19.dump=g-2026-11-19.sql orders-2026-11-20.dump=g-2026-11-20.sql");
    row("across midnight", { u"orders-20261119-235900.dump 0"_s, u"g-20261120-000100.sql 0"_s },
        "g-20261120-000100.sql=g-20261120-000100.sql orders-20261119-235900.dump=g-20261120-000100.sql");
    row("another day in the names", { u"orders-2026-11-18.dump 0"_s, u"g-2026-11-20.sql 0"_s },
        "g-2026-11-20.sql=g-2026-11-20.sql");
    row("a folder for each database",
        { u"orders/orders-2026-11-20.dump 1"_s, u"globals/g-2026-11-20.sql 3"_s },
        "globals/g-2026-11-20.sql=globals/g-2026-11-20.sql "
        "orders/orders-2026-11-20.dump=globals/g-2026-11-20.sql");
    row("the folder's own before a nearer one", { u"x/orders.dump 5"_s, u"x/g.sql 8"_s, u"y/g.sql 5"_s },
        "x/g.sql=x/g.sql x/orders.dump=x/g.sql y/g.sql=y/g.sql");
}

void tst_DumpItems::pairsWithGlobals()
{
    QFETCH(QStringList, members);
    QFETCH(QString, pairs);
    std::vector<NightMember> list;
    for (const QString &member : members) {
        const QString path = member.section(u' ', 0, 0);
        const qint64 hours = member.section(u' ', 1).toLongLong();
        list.push_back({ path, path.toUtf8(), Instant::fromSeconds(1'700'000'000 + hours * 3600), {},
            path.section(u'/', -1).startsWith(u'g') });
    }
    QStringList told;
    const auto found = globalsOfRuns(list);
    for (const auto &[dump, globals] : found.asKeyValueRange())
        told.append(dump + u'=' + globals);
    told.sort();
    QCOMPARE(told.join(u' '), pairs);
    for (NightMember &member : list)
        member.cluster = member.id; // each another's
    QCOMPARE(globalsOfRuns(list).size(), std::ranges::count_if(list, &NightMember::hasGlobals));
}

void tst_DumpItems::pairsManyQuickly()
{
    std::vector<NightMember> list;
    for (int night = 0; night < 10'000; ++night) {
        const auto at = Instant::fromSeconds(1'500'000'000 + night * 86'400LL);
        const QString day = QDate(2000, 1, 1).addDays(night).toString(u"yyyyMMdd"_s);
        for (const char *name : { "orders-", "stock-", "g-" })
            list.push_back(
                { QString::fromLatin1(name) + day, name + day.toLatin1(), at, {}, name[0] == 'g' });
    }
    const auto found = globalsOfRuns(list);
    QCOMPARE(found.size(), 30'000);
    QCOMPARE(found.value(u"orders-20100101"_s), u"g-20100101"_s);
    for (NightMember &member : list)
        member.modified = Instant::fromSeconds(1); // copied without its time
    QCOMPARE(globalsOfRuns(list).value(u"orders-20100101"_s), u"g-20100101"_s);
}

void tst_DumpItems::remembersStamps()
{
    const DumpStamp stamp { DumpStamp::Kind::Globals, u"1/0/5"_s, u"it's a path with spaces"_s };
    QCOMPARE(DumpStamp::parse(stamp.text()), std::optional(stamp));
    for (const char *text : { "", "x", "x 1/0/5 y", "dd 1 2", "d 1", " d 1 2" })
        QVERIFY(!DumpStamp::parse(QString::fromLatin1(text)));
}

void tst_DumpItems::remembersNoDumps()
{
    DumpItem item;
    item.path = "a b\n\xff/%20";
    item.size = 7;
    NoDumps files;
    QVERIFY(!files.has(item));
    files.add(item);
    const NoDumps again(files.cursor());
    QVERIFY(again.has(item));
    QCOMPARE(again.cursor(), files.cursor());
    item.size = 8;
    QVERIFY(!again.has(item));
    QVERIFY(!NoDumps(u"nonsense\n\n x\n%"_s).has(item));
}

QTEST_GUILESS_MAIN(tst_DumpItems)
#include "tst_dumpitems.moc"
