#include "support/postgres.h"
#include "support/walcorpus.h"
#include "wal/filenodemap.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

// A table is dropped on a real server; the program finds it in the archive and says how a recovery to just
// before will end. Then a server recovers to there, and is asked.
class tst_WalCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void countsAsTheServersToolDoes();
    void findsTheAccident();
    void recoversAsPredicted_data();
    void recoversAsPredicted();
    void readsPackedSegments();
    void tellsOfDamage();
    void readsWhereTheServerWrites();
    void namesFromABaseBackup();
    void namesFromTheServersOwnBackup();
    void saysWhatIsNoBaseBackup();

private:
    struct Ended {
        int code = -1;
        QString out;
        QString err;
    };
    [[nodiscard]] static Ended run(const QStringList &arguments);
    [[nodiscard]] QJsonObject json(const QStringList &arguments, int code = 0) const;
    [[nodiscard]] QString sql(const QString &text)
    {
        return m_server.cluster().psql(text).value_or(u"failed"_s);
    }
    [[nodiscard]] QJsonObject accident(const QString &what) const;
    void recover(const QString &folder, const QStringList &settings, const QJsonObject &predicted);

    test::Server m_server { { .settings
        = { { u"archive_mode"_s, u"on"_s }, { u"track_commit_timestamp"_s, u"on"_s },
            { u"wal_compression"_s, u"lz4"_s } },
        .initdb = { u"--wal-segsize=1"_s } } };
    QString m_archive;
    QString m_backup;
};

tst_WalCommands::Ended tst_WalCommands::run(const QStringList &arguments)
{
    QProcess process;
    process.start(u"" TIDEMARK_BIN_DIR "/tidemarkctl"_s, arguments);
    if (!process.waitForFinished(120'000))
        return { -1, {}, u"hung"_s };
    return { process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError()) };
}

QJsonObject tst_WalCommands::json(const QStringList &arguments, int code) const
{
    const Ended ended = run(QStringList { u"wal"_s } + arguments + QStringList { u"--json"_s });
    if (ended.code != code)
        qWarning() << "exit" << ended.code << ended.out << ended.err;
    return ended.code == code ? QJsonDocument::fromJson(ended.out.toUtf8()).object() : QJsonObject();
}

void tst_WalCommands::initTestCase()
{
    QVERIFY2(!lab::postgresBinaries().isEmpty(), "no PostgreSQL server is installed");
    QCOMPARE(m_server.start(), QByteArray("ok"));
    m_archive = m_server.cluster().socketFolder() + u"/archive"_s;
    m_backup = m_server.cluster().socketFolder() + u"/backup"_s;
    QVERIFY(m_server.cluster().psql(u"COPY (SELECT) TO PROGRAM 'mkdir %1'"_s.arg(m_archive)));
    QVERIFY(m_server.cluster().psql(
        u"ALTER SYSTEM SET archive_command = 'cp %p \"%1/%f\"'"_s.replace(u"%1"_s, m_archive)));
    QVERIFY(m_server.cluster().psql(u"SELECT pg_reload_conf()"_s));
    QVERIFY(m_server.cluster().psql(
        u"CREATE TABLE orders AS SELECT g AS id, repeat('x', 100) AS note FROM generate_series(1, 500) g;"
        "CREATE TABLE kept AS SELECT 1 AS id; CREATE TABLE log(id int)"_s));
    QVERIFY(m_server.cluster().tool(
        u"pg_basebackup"_s, { u"-D"_s, m_backup, u"-X"_s, u"none"_s, u"-c"_s, u"fast"_s }));
    QVERIFY(m_server.cluster().psql(u"INSERT INTO log VALUES (1)"_s));
    QVERIFY(m_server.cluster().psql(u"BEGIN; DROP TABLE orders; ROLLBACK"_s));
    QVERIFY(m_server.cluster().psql(u"VACUUM FULL orders"_s));
    QVERIFY(m_server.cluster().psql(u"DELETE FROM orders WHERE id <= 300"_s));
    QVERIFY(m_server.cluster().psql(u"INSERT INTO log VALUES (2)"_s));
    QVERIFY(m_server.cluster().psql(u"ALTER TABLE orders RENAME TO sales"_s));
    QVERIFY(m_server.cluster().psql(u"DROP TABLE sales"_s));
    for (int i = 3; i < 10; ++i)
        QVERIFY(m_server.cluster().psql(u"INSERT INTO log VALUES (%1)"_s.arg(i)));
    const QString last = sql(u"SELECT pg_walfile_name(pg_switch_wal())"_s);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_archive + u'/' + last), 30'000);
}

void tst_WalCommands::countsAsTheServersToolDoes()
{
    const QStringList names = QDir(m_archive)
                                  .entryList({ u"0000*"_s }, QDir::Files)
                                  .filter(QRegularExpression(u"^[0-9A-F]{24}$"_s));
    QVERIFY(names.size() > 1);
    const auto told = m_server.cluster().offlineTool(
        u"pg_waldump"_s, { u"--stats"_s, u"-p"_s, m_archive, names.front(), names.back() });
    QVERIFY2(told, qPrintable(told ? QString() : told.error().detail));
    QMap<QString, QString> wanted;
    static const QRegularExpression form(
        u"^(\\w+)\\s+(\\d+) \\([ 0-9.]+\\)\\s+(\\d+) \\([ 0-9.]+\\)\\s+(\\d+) \\([ 0-9.]+\\)"_s);
    for (const QString &line : QString::fromUtf8(*told).split(u'\n'))
        if (const auto match = form.match(line); match.hasMatch() && match.captured(2) != u"0"_s)
            wanted[match.captured(1)] = match.capturedTexts().mid(2).join(u' ');
    QVERIFY(wanted.size() > 5);
    QMap<QString, QString> got;
    for (const auto &one : json({ u"stats"_s, m_archive })[u"managers"].toArray())
        got[one[u"manager"].toString()] = u"%1 %2 %3"_s.arg(one[u"records"].toInteger())
                                              .arg(one[u"recordBytes"].toInteger())
                                              .arg(one[u"imageBytes"].toInteger());
    QCOMPARE(got, wanted);
}

QJsonObject tst_WalCommands::accident(const QString &what) const
{
    for (const auto &event : json({ u"events"_s, m_archive })[u"events"].toArray())
        for (const auto &effect : event[u"effects"].toArray())
            if (effect[u"what"].toString() == what)
                return event.toObject();
    return {};
}

void tst_WalCommands::findsTheAccident()
{
    const QJsonArray events = json({ u"events"_s, m_archive })[u"events"].toArray();
    QStringList told;
    for (const auto &event : events)
        for (const auto &effect : event[u"effects"].toArray())
            told += u"%1 %2.%3 %4 of %5"_s
                        .arg(effect[u"what"].toString(), effect[u"schema"].toString(),
                            effect[u"relation"].toString())
                        .arg(effect[u"rows"].toInteger())
                        .arg(effect[u"ofRows"].toInteger());
    QCOMPARE(told.join(u", "_s), u"deleted-rows public.orders 300 of 500, dropped public.sales 0 of 0"_s);
    QStringList classes;
    for (const auto &event :
        json({ u"events"_s, u"--all"_s, u"--relation"_s, u"orders"_s, m_archive })[u"events"].toArray())
        classes += event[u"class"].toString();
    QCOMPARE(classes.join(u' '), u"harmless rolled-back rewrite destructive change"_s);
    const Ended text = run({ u"wal"_s, u"events"_s, m_archive });
    QVERIFY2(text.out.contains(u"public.sales"_s), qPrintable(text.out));
}

void tst_WalCommands::recover(
    const QString &folder, const QStringList &settings, const QJsonObject &predicted)
{
    QVERIFY(QDir().mkpath(folder));
    QFile::setPermissions(folder, QFile::Permissions(0x7777));
    const auto copied = m_server.cluster().psql(
        u"COPY (SELECT) TO PROGRAM 'cp -a \"%1\" \"%2/data\"'"_s.arg(m_backup, folder));
    QVERIFY2(copied, qPrintable(copied ? QString() : copied.error().detail));
    QFile conf(folder + u"/data/postgresql.conf"_s);
    QVERIFY(conf.open(QIODevice::Append));
    const int port = lab::freePort();
    conf.write((
        u"\nport = %1\nunix_socket_directories = '%2'\narchive_mode = off\nrestore_command = 'cp \"%3/%f\" %p'\n"_s
            .replace(u"%3"_s, m_archive)
            .replace(u"%2"_s, folder)
            .replace(u"%1"_s, QString::number(port))
        + settings.join(u'\n') + u"\nrecovery_target_action = 'promote'\n"_s)
                   .toUtf8());
    conf.close();
    const auto signalled = m_server.cluster().psql(
        u"COPY (SELECT) TO PROGRAM 'touch \"%1/data/recovery.signal\"'"_s.arg(folder));
    QVERIFY(signalled);
    lab::Cluster recovered({ .folder = folder, .port = port });
    const auto started = recovered.start();
    QVERIFY2(started, qPrintable(started ? QString() : started.error().detail));
    const QString last = recovered
                             .psql(u"SELECT xid || ' ' || to_char(timestamp AT TIME ZONE 'UTC', "
                                   "'YYYY-MM-DD\"T\"HH24:MI:SS.US') FROM pg_last_committed_xact()"_s)
                             .value_or(u"failed"_s);
    const QJsonObject kept = predicted[u"lastKept"].toObject();
    const auto at = Instant::parse(kept[u"at"].toString()).value_or(Instant());
    const auto told = Instant::parse(last.section(u' ', 1) + u'Z').value_or(Instant());
    QCOMPARE(last.section(u' ', 0, 0).toLongLong(), kept[u"xid"].toInteger());
    QCOMPARE(told.toIso(), at.toIso());
    QVERIFY(recovered.stop(u"immediate"_s));
}

void tst_WalCommands::recoversAsPredicted_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("by");
    for (const char *by : { "event", "xid", "time" }) {
        QTest::newRow(qPrintable(u"the drop, by %1"_s.arg(QLatin1String(by))))
            << u"dropped"_s << QString::fromLatin1(by);
        QTest::newRow(qPrintable(u"the delete, by %1"_s.arg(QLatin1String(by))))
            << u"deleted-rows"_s << QString::fromLatin1(by);
    }
}

void tst_WalCommands::recoversAsPredicted()
{
    QFETCH(QString, what);
    QFETCH(QString, by);
    const QJsonObject event = accident(what);
    QVERIFY(!event.isEmpty());
    QStringList asked { u"before"_s };
    if (by == u"event"_s)
        asked << event[u"id"].toString();
    else if (by == u"xid"_s)
        asked << u"--xid"_s << QString::number(event[u"xid"].toInteger());
    else
        asked << u"--time"_s << event[u"at"].toString();
    const QJsonObject told = json(asked + QStringList { m_archive });
    QCOMPARE(told[u"reached"].toBool(), true);
    QCOMPARE(told[u"firstLost"][u"xid"].toInteger(), event[u"xid"].toInteger());
    QCOMPARE(told[u"lastKept"].toObject(), event[u"lastKept"].toObject());
    QStringList settings;
    for (const auto &line : told[u"settings"].toArray())
        settings += line.toString();
    const QString folder = m_server.cluster().socketFolder() + u'/' + what.left(3) + u'-' + by;
    recover(folder, settings, told);
}

void tst_WalCommands::readsPackedSegments()
{
    test::TemporaryFolder folder;
    int packed = 0;
    for (const QString &name : QDir(m_archive).entryList({ u"0000*"_s }, QDir::Files)) {
        const QString copy = folder.filePath(name);
        QVERIFY(QFile::copy(m_archive + u'/' + name, copy));
        const QString tool = QStringList { u"gzip"_s, u"zstd"_s, u"lz4"_s }[packed % 3];
        if (name.endsWith(u".backup"_s) || QStandardPaths::findExecutable(tool).isEmpty())
            continue;
        const QStringList arguments = tool == u"lz4"_s ? QStringList { u"-q"_s, copy, copy + u".lz4"_s }
                                                       : QStringList { u"-q"_s, u"-k"_s, copy };
        QCOMPARE(QProcess::execute(tool, arguments), 0);
        QVERIFY(QFile::remove(copy));
        ++packed;
    }
    QVERIFY(packed > 0);
    QCOMPARE(json({ u"stats"_s, folder.path() })[u"managers"], json({ u"stats"_s, m_archive })[u"managers"]);
    QCOMPARE(json({ u"events"_s, folder.path() })[u"events"], json({ u"events"_s, m_archive })[u"events"]);
}

void tst_WalCommands::tellsOfDamage()
{
    test::TemporaryFolder folder;
    const QStringList names = QDir(m_archive)
                                  .entryList({ u"0000*"_s }, QDir::Files)
                                  .filter(QRegularExpression(u"^[0-9A-F]{24}$"_s));
    QVERIFY(names.size() > 2);
    for (const QString &name : names)
        QVERIFY(QFile::copy(m_archive + u'/' + name, folder.filePath(name)));
    QCOMPARE(json({ u"check"_s, folder.path() })[u"faults"].toArray().size(), 0);
    QFile last(folder.filePath(names.back()));
    QVERIFY(last.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && last.open(QIODevice::ReadWrite));
    last.seek(8192 * 3);
    last.write(QByteArray(8192, '\0'));
    last.close();
    const QJsonArray faults = json({ u"check"_s, folder.path() }, 2)[u"faults"].toArray();
    QCOMPARE(faults.size(), 1);
    QCOMPARE(faults[0][u"file"].toString(), folder.filePath(names.back()));
    QCOMPARE(faults[0][u"fault"].toString(), u"bad-page"_s);
    QCOMPARE(faults[0][u"offset"].toInteger(), 8192 * 3);
    QVERIFY(QFile::remove(folder.filePath(names[1])));
    const QJsonObject told = json({ u"check"_s, folder.path() }, 2);
    QCOMPARE(told[u"faults"].toArray().size(), 1);
    QCOMPARE(told[u"gaps"][0][u"first"].toString(), names[1]);
    const auto missing = [&](const QString &segment) {
        const QString lsn = u"%1/%2000100"_s.arg(segment.mid(8, 8).toUInt(nullptr, 16), 0, 16)
                                .arg(segment.mid(16).toUInt(nullptr, 16), 0, 16);
        return json({ u"before"_s, u"--lsn"_s, lsn, folder.path() }, 2)[u"missingBefore"];
    };
    QCOMPARE(missing(names[2]).toString(), names[1]);
    QVERIFY(missing(names[0]).isNull());
    QCOMPARE(json({ u"check"_s, folder.filePath(u"nothing"_s) }, 3)[u"error"][u"code"].toString().isEmpty(),
        false);
}

void tst_WalCommands::readsWhereTheServerWrites()
{
    QVERIFY(m_server.cluster().psql(
        u"CREATE TABLE late AS SELECT g FROM generate_series(1, 200) g; DROP TABLE late"_s));
    const QJsonArray events
        = json({ u"events"_s, m_server.cluster().dataDirectory() + u"/pg_wal"_s })[u"events"].toArray();
    QVERIFY(!events.isEmpty());
    QCOMPARE(events.last()[u"effects"][0][u"relation"].toString(), u"late"_s);
}

namespace {

void putFile(const QString &path, const QByteArray &bytes)
{
    QVERIFY(!bytes.isEmpty());
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

// The files of catalogues that were kept of a server, where its base backup would have them.
void putBackup(const QString &kept, const QString &folder)
{
    constexpr quint32 ClassesAt = 1259;
    const QByteArray map = test::unpackedFile(kept + u"/postgres-pg_filenode.map"_s);
    const auto entries = readFileNodeMap(5, map);
    const auto classes = std::ranges::find(entries, ClassesAt, &MapChange::oid);
    QVERIFY(classes != entries.end());
    putFile(folder + u"/PG_VERSION"_s, "15\n");
    putFile(folder + u"/global/pg_filenode.map"_s, test::unpackedFile(kept + u"/global-pg_filenode.map"_s));
    putFile(folder + u"/global/1262"_s, test::unpackedFile(kept + u"/pg_database.gz"_s));
    putFile(folder + u"/base/5/pg_filenode.map"_s, map);
    putFile(folder + u"/base/5/%1"_s.arg(classes->file.number),
        test::unpackedFile(kept + u"/postgres-pg_class.gz"_s));
    putFile(folder + u"/base/5/2615"_s, test::unpackedFile(kept + u"/postgres-pg_namespace.gz"_s));
}

QString nameOfUpdated(const QJsonObject &told, const QString &lsn)
{
    for (const auto &event : told[u"events"].toArray())
        if (const QJsonValue effect = event[u"effects"][0]; event[u"lsn"].toString() == lsn)
            return effect[u"schema"].toString() + u'.' + effect[u"relation"].toString();
    return u"no such event"_s;
}

} // namespace

// UPDATE invoices without WHERE, in a segment that shows no row of pg_class about that table before it.
void tst_WalCommands::namesFromABaseBackup()
{
    const QString corpus = u"" TIDEMARK_TEST_DATA "/wal/15/accidents"_s;
    const QString update = u"0/73ACE8"_s;
    test::TemporaryFolder folder;
    putBackup(corpus + u"/base"_s, folder.path());
    const QStringList events { u"events"_s, corpus + u"/wal/000000010000000000000007.gz"_s };
    const QStringList named = events + QStringList { u"--names-from"_s, folder.path() };
    QCOMPARE(nameOfUpdated(json(events), update), u"."_s);
    QCOMPARE(nameOfUpdated(json(named), update), u"public.invoices"_s);
}

void tst_WalCommands::namesFromTheServersOwnBackup()
{
    const QJsonArray events
        = json({ u"events"_s, m_archive, u"--names-from"_s, m_backup })[u"events"].toArray();
    QCOMPARE(events, json({ u"events"_s, m_archive })[u"events"].toArray());
    QVERIFY(!events.isEmpty());
}

void tst_WalCommands::saysWhatIsNoBaseBackup()
{
    const QJsonObject told = json({ u"events"_s, m_archive, u"--names-from"_s, m_archive }, 3);
    QCOMPARE(told[u"error"][u"code"].toString(), u"wal.no-base"_s);
}

QTEST_GUILESS_MAIN(tst_WalCommands)
#include "tst_walcommands.moc"
