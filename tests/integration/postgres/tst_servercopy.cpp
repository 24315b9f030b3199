#include "postgres/quote.h"
#include "support/postgres.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;

namespace {

class FixedClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return Instant::fromSeconds(1'800'000'000); }
};

QString missingOf(const ServerCopy &copy)
{
    QStringList lines;
    for (const MissingRight &right : copy.missing)
        lines.append(right.what + u": "_s + right.grant);
    return lines.join(u'\n');
}

const Relation *find(const ServerCopy &copy, const QString &database, const QString &name)
{
    const auto found = std::ranges::find_if(copy.relations,
        [&](const Relation &one) { return one.databaseName == database && one.name == name; });
    return found == copy.relations.end() ? nullptr : &*found;
}

} // namespace

class TestServerCopy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aSuperusersCopyIsWhole();
    void theRelationMapFindsEveryFile();
    void aPlainRoleIsToldTheGrantsThatMendIt();
    void aHeldTableDoesNotHoldUpTheCopy();
    void nothingIsChanged();
    void anUnreachableServerIsAnError();
    void aStopEndsIt();

private:
    Result<ServerCopy> copy(const ConnectSpec &spec)
    {
        const auto copier
            = makePostgresCopier(makePostgresConnector(nullptr), std::make_shared<FixedClock>());
        auto made = test::settle(copier->copy(spec, {}, {}, {}), 60s);
        if (!made)
            return failure(ErrorKind::Internal, u"test.hung"_s, {});
        return *made;
    }
    QString sql(const QString &text, const QString &database = u"postgres"_s)
    {
        const auto answer = m_server.cluster().psql(text, database);
        return answer ? *answer : u"ERROR "_s + answer.error().detail;
    }

    const QString m_database = u"d'b \"x\" ☃"_s;
    test::Server m_server;
};

void TestServerCopy::initTestCase()
{
    QCOMPARE(m_server.start(), QByteArray("ok"));
    QCOMPARE(sql(u"CREATE DATABASE "_s + *quoteIdentifier(m_database)), QString());
    QCOMPARE(
        sql(u"CREATE SCHEMA \"s p\"; CREATE TABLE \"s p\".\"t'x\" AS SELECT generate_series(1, 5000) AS a; "
            "ANALYZE"_s,
            m_database),
        QString());
    const QString folder = m_server.cluster().dataDirectory();
    QFile conf(folder + u"/postgresql.conf"_s);
    QVERIFY(conf.open(QIODevice::Append));
    conf.write("\ninclude 'more.conf'\n");
    QFile more(folder + u"/more.conf"_s);
    QVERIFY(more.open(QIODevice::WriteOnly));
    more.write("work_mem = '5MB' # caf\xc3\xa9\n");
    more.close();
    conf.close();
    QCOMPARE(sql(u"SELECT pg_reload_conf()"_s), u"t"_s);
    QTRY_COMPARE(sql(u"SHOW work_mem"_s), u"5MB"_s);
}

void TestServerCopy::aSuperusersCopyIsWhole()
{
    const auto made = copy(m_server.bySocket());
    QVERIFY2(made, qPrintable(test::codeOf(made)));
    QCOMPARE(missingOf(*made), QString());
    QCOMPARE(made->at, Instant::fromSeconds(1'800'000'000));
    QCOMPARE(QString::number(made->versionNumber), sql(u"SHOW server_version_num"_s));
    QCOMPARE(
        QString::number(made->systemId->value), sql(u"SELECT system_identifier FROM pg_control_system()"_s));
    QCOMPARE(QString::number(made->control->catalogVersion),
        sql(u"SELECT catalog_version_no FROM pg_control_system()"_s));
    QCOMPARE(QString::number(made->control->maxConnections), sql(u"SHOW max_connections"_s));
    QCOMPARE(made->control->blockSize, 8192);
    QCOMPARE(made->control->walLevel, u"replica"_s);
    const auto memory = std::ranges::find(made->settings, u"work_mem"_s, &ServerSetting::name);
    QCOMPARE(memory->value + memory->unit + u' ' + memory->source, u"5120kB configuration file"_s);
    QCOMPARE(memory->file, m_server.cluster().dataDirectory() + u"/more.conf:1"_s);
    QStringList files;
    for (const ServerFile &file : made->files)
        files += file.path.section(u'/', -1);
    files.sort();
    QVERIFY2(QStringList(files.mid(0)).contains(u"more.conf"_s), qPrintable(files.join(u' ')));
    for (const QString &name : { u"pg_hba.conf"_s, u"pg_ident.conf"_s, u"postgresql.conf"_s })
        QVERIFY2(files.contains(name), qPrintable(files.join(u' ')));
    for (const ServerFile &file : made->files) {
        QFile real(file.path);
        QVERIFY(real.open(QIODevice::ReadOnly));
        QCOMPARE(file.content, real.readAll());
    }
    QVERIFY(made->extensions.contains(u"plpgsql 1.0 in "_s + m_database));
    QVERIFY2(made->collation.contains(m_database + u": c "_s), qPrintable(made->collation));
}

void TestServerCopy::theRelationMapFindsEveryFile()
{
    const auto made = copy(m_server.bySocket());
    QVERIFY(made);
    const Relation *table = find(*made, m_database, u"t'x"_s);
    QVERIFY(table);
    QCOMPARE(table->schema, u"s p"_s);
    QCOMPARE(table->rows, std::optional(5000.0));
    QCOMPARE(QString::number(table->size->count),
        sql(u"SELECT pg_relation_size('\"s p\".\"t''x\"')"_s, m_database));
    // Files in base/<database>, without forks and segments, are exactly those of the map.
    QStringList inMap;
    for (const Relation &relation : made->relations) {
        if (relation.databaseName == m_database && relation.fileNode != 0)
            inMap += QString::number(relation.fileNode);
    }
    QStringList onDisk;
    const QDir folder(u"%1/base/%2"_s.arg(m_server.cluster().dataDirectory()).arg(table->database));
    for (const QString &name : folder.entryList(QDir::Files)) {
        if (!name.contains(u'_') && !name.contains(u'.'))
            onDisk += name;
    }
    inMap.sort();
    onDisk.sort();
    QVERIFY(!onDisk.isEmpty());
    QCOMPARE(inMap, onDisk);
    const Relation *shared = find(*made, QString(), u"pg_database"_s);
    QVERIFY(shared && shared->database == 0 && shared->fileNode != 0);
    QCOMPARE(std::ranges::count(made->relations, u"pg_database"_s, &Relation::name), 1);
    const Relation *mapped = find(*made, m_database, u"pg_class"_s);
    QVERIFY(mapped && mapped->fileNode != 0);
}

void TestServerCopy::aPlainRoleIsToldTheGrantsThatMendIt()
{
    const QString role = u"r'o\"le $(id)"_s;
    const QString quoted = *quoteIdentifier(role);
    const QString database = *quoteIdentifier(m_database);
    QCOMPARE(sql(u"CREATE ROLE %1 LOGIN; REVOKE CONNECT ON DATABASE %2 FROM PUBLIC"_s.arg(quoted, database)),
        QString());
    const auto poor = copy(m_server.bySocket(role));
    QVERIFY2(poor, qPrintable(test::codeOf(poor)));
    QVERIFY(poor->files.empty() && poor->control && !poor->relations.empty());
    QCOMPARE(missingOf(*poor),
        (u"settings that only superusers see, and the files that set them: GRANT pg_read_all_settings TO "
         u"%1;\n"
         "files that the configuration includes: GRANT SELECT ON pg_catalog.pg_file_settings TO %1; "
         "GRANT EXECUTE ON FUNCTION pg_catalog.pg_show_all_file_settings() TO %1;\n"
         "relations of database \"%3\": GRANT CONNECT ON DATABASE %2 TO %1;"_s.arg(
             quoted, database, m_database)));
    for (int round = 0; round < 3; ++round) {
        const auto now = copy(m_server.bySocket(role));
        for (const MissingRight &right : now->missing)
            QCOMPARE(sql(right.grant), QString());
    }
    const auto whole = copy(m_server.bySocket(role));
    QCOMPARE(missingOf(*whole), QString());
    QVERIFY(whole->files.size() >= 4);
    QVERIFY(find(*whole, m_database, u"t'x"_s));
    QCOMPARE(sql(u"DROP OWNED BY %1; DROP ROLE %1; GRANT CONNECT ON DATABASE %2 TO PUBLIC"_s.arg(
                 quoted, database)),
        QString());
}

void TestServerCopy::aHeldTableDoesNotHoldUpTheCopy()
{
    const auto holder = test::open(m_server.bySocket(u"postgres"_s, m_database));
    QVERIFY(holder);
    QCOMPARE(test::codeOf(test::ask(*holder, u"BEGIN"_s)), u"ok"_s);
    QCOMPARE(
        test::codeOf(test::ask(*holder, u"LOCK TABLE \"s p\".\"t'x\" IN ACCESS EXCLUSIVE MODE"_s)), u"ok"_s);
    const auto made = copy(m_server.bySocket());
    QVERIFY(made);
    QCOMPARE(missingOf(*made), QString());
    const Relation *table = find(*made, m_database, u"t'x"_s);
    QVERIFY(table && table->size->count > 100'000);
    QCOMPARE(test::codeOf(test::ask(*holder, u"ROLLBACK"_s)), u"ok"_s);
}

void TestServerCopy::nothingIsChanged()
{
    const QString look = u"SELECT pg_current_xact_id()::text::bigint - 1"_s;
    const qint64 before = sql(look).toLongLong();
    QVERIFY(copy(m_server.bySocket()));
    // Each look takes one number itself.
    QCOMPARE(sql(look).toLongLong(), before + 1);
}

void TestServerCopy::anUnreachableServerIsAnError()
{
    ConnectSpec spec = m_server.byTcp();
    spec.port = lab::freePort();
    QCOMPARE(test::codeOf(copy(spec)), u"pg.refused"_s);
}

void TestServerCopy::aStopEndsIt()
{
    const auto copier = makePostgresCopier(makePostgresConnector(nullptr), std::make_shared<FixedClock>());
    std::stop_source source;
    auto task = copier->copy(m_server.bySocket(), {}, {}, source.get_token());
    QTest::qWait(20);
    source.request_stop();
    const auto made = test::settle(std::move(task), 20s);
    QVERIFY(made);
    QCOMPARE(test::codeOf(*made), u"pg.cancelled"_s);
}

QTEST_GUILESS_MAIN(TestServerCopy)
#include "tst_servercopy.moc"
