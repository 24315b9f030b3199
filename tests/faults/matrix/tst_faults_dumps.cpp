#include "filematrix.h"

#include <QDateTime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using namespace tidemark::test;

// Nightly dumps of two databases in four formats, with globals, for six nights.
class TestFaultsDumps : public FileMatrix
{
    Q_OBJECT

protected:
    QString family() const override { return u"Dumps"_s; }
    std::vector<Breakage> rows() override;
    void fill() override;
    Fleet fleet() const override;
    QString names() const override
    {
        return u"cd dumps/%1; live='%2'; old() { touch -d '1 hour ago' \"$@\"; }; as() { cp \"$live/$1\" $2; "
               "old $2; }; "_s.arg(m_night, live());
    }

private:
    void night();

    QString m_night = QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd"_s);
};

void TestFaultsDumps::night()
{
    const QString folder = live(u"dumps/"_s + m_night);
    shell(u"mkdir '%1'; chmod 777 '%1'"_s.arg(folder));
    const auto dump = [&](const QStringList &arguments, const QString &name) {
        expect(cluster().tool(u"pg_dump"_s, QStringList { u"-f"_s, folder + u'/' + name } + arguments));
    };
    dump({ u"-Fc"_s, u"shop"_s }, u"shop.dump"_s);
    dump({ u"-Ft"_s, u"berths"_s }, u"berths.tar"_s);
    dump({ u"-Fd"_s, u"crews"_s }, u"crews"_s);
    dump({ u"-Fp"_s, u"-Z1"_s, u"tides"_s }, u"tides.sql.gz"_s);
    expect(cluster().tool(u"pg_dumpall"_s, { u"-g"_s, u"-f"_s, folder + u"/globals.sql"_s }));
}

void TestFaultsDumps::fill()
{
    const QStringList databases { u"shop"_s, u"berths"_s, u"crews"_s, u"tides"_s };
    for (const QString &database : databases.mid(1))
        sql(u"create database %1"_s.arg(database), u"postgres"_s);
    for (const QString &database : databases)
        sql(u"create table a as select i, md5(i::text) t from generate_series(1, 6000) i; "
            "create table b as select * from a"_s,
            database);
    night();
    for (int back = 1; back < 6; ++back) {
        const QDateTime at = QDateTime::currentDateTimeUtc().addDays(-back);
        shell(u"cp -a %1 %2; find %2 -exec touch -d '%3' {} +"_s.arg(
                  m_night, at.toString(u"yyyy-MM-dd"_s), at.toString(Qt::ISODate)),
            live(u"dumps"_s));
    }
    // What a job with the wrong port or the wrong options would write.
    for (const QString &database : { u"shop"_s, u"practice"_s })
        expect(other().psql(u"create database "_s + database));
    expect(other().psql(u"create table a (i int)"_s, u"practice"_s));
    for (const QString &database : { u"shop"_s, u"practice"_s })
        expect(other().tool(u"pg_dump"_s, { u"-Fc"_s, u"-f"_s, live(u"their-"_s + database), database }));
    expect(cluster().tool(u"pg_dump"_s, { u"-Fc"_s, u"-s"_s, u"-f"_s, live(u"schema"_s), u"shop"_s }));
    settleArchive();
}

Fleet TestFaultsDumps::fleet() const
{
    Fleet fleet = FileMatrix::fleet();
    Cluster &shop = fleet.clusters.front();
    shop.objectives.rpo = 24h;
    shop.databases = { u"shop"_s, u"berths"_s, u"crews"_s, u"tides"_s };
    fleet.sources.resize(1);
    Source &dumps = fleet.sources.front();
    dumps.name = u"dumps"_s;
    dumps.kind = SourceKind::Dumps;
    dumps.path = live(u"dumps"_s);
    return fleet;
}

std::vector<Breakage> TestFaultsDumps::rows()
{
    const QString whole = u"six nights of whole dumps with globals"_s;
    const QStringList dumps { u"dumps"_s };
    const auto row = [&](const QString &name, const QString &raises, const QString &harm) {
        return files(name, whole, raises, dumps, harm);
    };
    return {
        row(u"a custom dump is cut short"_s, u"(rpo.over) dump.damaged"_s,
            u"truncate -s 2000 shop.dump; old shop.dump"_s),
        row(u"a dump is an empty file"_s, u"(rpo.over) dump.damaged"_s, u": > shop.dump; old shop.dump"_s),
        row(u"a tar dump is cut short"_s, u"(rpo.over) dump.damaged"_s,
            u"truncate -s -3000 berths.tar; old berths.tar"_s),
        row(u"a file of a directory dump is missing"_s, u"(rpo.over) dump.damaged"_s,
            u"rm $(ls crews/*.dat.gz | head -1); old crews crews/*"_s),
        row(u"a packed plain dump is cut short"_s, u"(rpo.over) dump.damaged"_s,
            u"truncate -s -500 tides.sql.gz; old tides.sql.gz"_s),
        row(u"a plain dump's program died behind a packer that ended well"_s, u"(rpo.over) dump.damaged"_s,
            u"zcat tides.sql.gz | head -c 20000 | gzip > t; mv t tides.sql.gz; old tides.sql.gz"_s),
        row(u"a dump holds an empty database of the right name"_s, u"dump.empty"_s,
            u"as their-shop shop.dump"_s),
        row(u"a dump suddenly holds a fraction"_s, u"dump.size"_s, u"as schema shop.dump"_s),
        row(u"a dump is of another database"_s, u"(rpo.over) dump.wrong-database"_s,
            u"as their-practice shop.dump"_s),
        row(u"one database is never dumped"_s, u"dump.database-missing"_s, u"rm -r ../*/tides*"_s),
        row(u"the globals are missing"_s, u"dump.no-globals"_s, u"rm globals.sql"_s),
        row(u"the globals are cut short"_s, u"dump.damaged (dump.no-globals)"_s,
            u"truncate -s -100 globals.sql; old globals.sql"_s),
    };
}

QTEST_GUILESS_MAIN(TestFaultsDumps)
#include "tst_faults_dumps.moc"
