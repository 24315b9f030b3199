#include "fleetfile/fleettext.h"
#include "lab/cluster.h"
#include "lab/processes.h"
#include "support/labprogram.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace tidemark;

// One lab, built once; each test looks at it in its own way. The tests run in the order written: the last
// removes it.
class TestLab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void aSecondUpFindsAllRunningAndKeepsTheServers();
    void statusAsJsonHasItsStableKeys();
    void everyServerAnswersTheMonitoringRole_data();
    void everyServerAnswersTheMonitoringRole();
    void bothBaseBackupsVerify();
    void aRestoreToJustBeforeTheAccidentHasWhatWasLost_data();
    void aRestoreToJustBeforeTheAccidentHasWhatWasLost();
    void oneSegmentIsMissingAndOneOnly();
    void pgBackRestIsContent();
    void dumpsRestore_data();
    void dumpsRestore();
    void oneNightLacksTheRoles();
    void theStandbyFollows();
    void theFleetFileNamesEveryClusterAndSource();
    void theBackupServerOpensToTheTokenOfTheFleetFile();
    void trafficRunsOnceAndEndsWithItsServer();
    void oneMoreAccidentIsRecorded();
    void downKeepsWhatIsNotItsOwnAndNothingElse();

private:
    QString query(int port, const QString &sql, const QString &database = u"postgres"_s,
        const QString &role = u"postgres"_s) const;
    QStringList pids() const;

    test::TemporaryFolder m_folder;
    QString m_lab = m_folder.filePath(u"lab"_s);
    QString m_id;
};

void TestLab::initTestCase()
{
    QElapsedTimer timer;
    timer.start();
    const auto made = test::lab({ u"up"_s, m_lab });
    QVERIFY2(made.code == 0, qPrintable(made.out + made.err));
    qInfo("up from nothing: %.1f s", double(timer.elapsed()) / 1000);
    QVERIFY(
        timer.elapsed() < 90'000); // 30 s when the machine is not shared; docs/lab.md has what was measured
    m_id = test::jsonFile(m_lab + u"/lab.json"_s)[u"id"_s].toString();
}

void TestLab::cleanupTestCase()
{
    if (!m_id.isEmpty())
        QVERIFY(lab::endProcesses(m_id));
}

QString TestLab::query(int port, const QString &sql, const QString &database, const QString &role) const
{
    const auto out = lab::run(lab::postgresBinaries() + u"/psql"_s,
        { u"-XAtq"_s, u"-h"_s, m_lab + u"/sockets"_s, u"-p"_s, QString::number(port), u"-U"_s, role, u"-d"_s,
            database, u"-c"_s, sql });
    return out ? QString::fromUtf8(*out).trimmed() : out.error().detail;
}

QStringList TestLab::pids() const
{
    QStringList all;
    const auto status
        = QJsonDocument::fromJson(test::lab({ u"status"_s, u"--json"_s, m_lab }).out.toUtf8()).object();
    for (const auto &one : status[u"services"_s].toArray())
        all << u"%1 %2"_s.arg(one[u"name"_s].toString(), QString::number(one[u"pid"_s].toInt()));
    return all;
}

void TestLab::aSecondUpFindsAllRunningAndKeepsTheServers()
{
    const QStringList before = pids();
    const auto again = test::lab({ u"up"_s, m_lab });
    QVERIFY2(again.code == 0, qPrintable(again.err));
    QCOMPARE(again.out.count(u": runs already"_s), before.size());
    QCOMPARE(pids(), before);
}

void TestLab::statusAsJsonHasItsStableKeys()
{
    const auto told = test::lab({ u"status"_s, u"--json"_s, m_lab });
    QCOMPARE(told.code, 0);
    const auto status = QJsonDocument::fromJson(told.out.toUtf8()).object();
    QCOMPARE(status.keys().join(u' '), u"busy format id lab services state traffic"_s);
    QCOMPARE(status[u"state"_s].toString(), u"running"_s);
    QCOMPARE(status[u"busy"_s].toBool(true), false);
    for (const auto &one : status[u"services"_s].toArray()) {
        QCOMPARE(one.toObject().keys().join(u' '), u"detail kind name pid port since socket state"_s);
        QCOMPARE(one[u"state"_s].toString(), u"running"_s);
    }
}

void TestLab::everyServerAnswersTheMonitoringRole_data()
{
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>(
        "facts"); // name, archive mode, segment size, in recovery, member of pg_monitor, superuser
    QTest::newRow("harbor-db") << 5511 << u"harbor-db|on|16MB|f|t|off"_s;
    QTest::newRow("gap-db") << 5512 << u"gap-db|on|1MB|f|t|off"_s;
    QTest::newRow("dumps-db") << 5513 << u"dumps-db|off|16MB|f|t|off"_s;
    QTest::newRow("vault-db") << 5514 << u"vault-db|on|16MB|f|t|off"_s;
    QTest::newRow("standby-db") << 5515 << u"standby-db|off|16MB|t|t|off"_s;
}

void TestLab::everyServerAnswersTheMonitoringRole()
{
    QFETCH(int, port);
    QTEST(query(port,
              u"select current_setting('cluster_name'), current_setting('archive_mode'), "
              "current_setting('wal_segment_size'), pg_is_in_recovery(), pg_has_role('pg_monitor', 'usage'), "
              "current_setting('is_superuser')"_s,
              u"postgres"_s, u"tidemark"_s),
        "facts");
}

void TestLab::bothBaseBackupsVerify()
{
    const QString binaries = lab::postgresBinaries();
    const auto backups = test::truthOf(m_lab, u"harbor-db"_s)[u"backups"_s].toArray();
    QCOMPARE(backups.size(), 2);
    const QString plain = backups[0][u"folder"_s].toString();
    const auto first = lab::run(binaries + u"/pg_verifybackup"_s, { plain });
    QVERIFY2(first, test::wordsOf(std::optional(first)).constData());

    const QString tar = backups[1][u"folder"_s].toString();
    const QString scratch = m_folder.filePath(u"untar"_s);
    const QString unpack
        = u"mkdir \"$1\" && cd \"$1\" && tar xzf \"$2/base.tar.gz\" && tar xzf \"$2/pg_wal.tar.gz\" -C pg_wal"_s;
    QCOMPARE(QProcess::execute(u"sh"_s, { u"-c"_s, unpack, u"sh"_s, scratch, tar }), 0);
    QCOMPARE(QProcess::execute(
                 binaries + u"/pg_verifybackup"_s, { u"-m"_s, tar + u"/backup_manifest"_s, scratch }),
        0);
}

void TestLab::aRestoreToJustBeforeTheAccidentHasWhatWasLost_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("key");
    QTest::newRow("mass delete") << 0 << u"orders"_s << u"id"_s;
    QTest::newRow("truncate") << 1 << u"stock_movements"_s << u"id"_s;
    QTest::newRow("drop table") << 2 << u"\"Preisliste \"\"Häfen\"\" $(id) 2026\""_s << u"\"it's\""_s;
}

void TestLab::aRestoreToJustBeforeTheAccidentHasWhatWasLost()
{
    QFETCH(int, number);
    QFETCH(QString, table);
    QFETCH(QString, key);
    const auto truth = test::truthOf(m_lab, u"harbor-db"_s);
    const auto accident = truth[u"accidents"_s][number].toObject();
    lab::Cluster copy({ .folder = m_folder.filePath(u"restore-%1"_s.arg(number)) });
    QVERIFY(QDir().mkpath(copy.dataDirectory()));
    QCOMPARE(QProcess::execute(
                 u"cp"_s, { u"-aT"_s, truth[u"backups"_s][0][u"folder"_s].toString(), copy.dataDirectory() }),
        0);
    QCOMPARE(
        QProcess::execute(u"chown"_s,
            { u"--reference="_s + m_lab + u"/harbor-db/data"_s, QFileInfo(copy.dataDirectory()).path() }),
        0);
    QVERIFY(copy.configure({ { u"port"_s, u"5432"_s }, { u"unix_socket_directories"_s, copy.socketFolder() },
        { u"archive_mode"_s, u"off"_s }, { u"recovery_target_lsn"_s, accident[u"commitLsn"_s].toString() },
        { u"recovery_target_inclusive"_s, u"off"_s }, { u"recovery_target_action"_s, u"promote"_s },
        { u"restore_command"_s, u"cp @/harbor-db/archive/%f %p"_s.replace(u"@"_s, m_lab) } }));
    QVERIFY(QFile(copy.dataDirectory() + u"/recovery.signal"_s).open(QIODevice::WriteOnly));
    const auto started = copy.start();
    QVERIFY2(started, test::wordsOf(std::optional(started)).constData());
    QTRY_COMPARE_WITH_TIMEOUT(copy.psql(u"select pg_is_in_recovery()"_s).value_or(QString()), u"f"_s, 30'000);
    const QString wanted = u"%1|%2"_s.arg(
        QString::number(accident[u"rowsLost"_s].toInt()), accident[u"checksumBefore"_s].toString());
    QCOMPARE(copy.psql(u"select count(*), md5(string_agg(t::text, E'\\n' order by t.%1)) from %2 t"_s.arg(
                           key, table),
                     u"shop"_s)
                 .value_or(u"?"_s),
        wanted);
    QVERIFY(copy.stop(u"immediate"_s));
}

void TestLab::oneSegmentIsMissingAndOneOnly()
{
    const auto gap = test::truthOf(m_lab, u"gap-db"_s)[u"gap"_s].toObject();
    static const QRegularExpression isSegment(u"^[0-9A-F]{24}$"_s);
    QStringList missing;
    std::optional<quint64> previous;
    for (const QString &name : QDir(m_lab + u"/gap-db/archive"_s).entryList(QDir::Files, QDir::Name)) {
        if (!isSegment.match(name).hasMatch())
            continue;
        // Segments of 1 MB: 4096 to a log id.
        const quint64 number
            = name.mid(8, 8).toULongLong(nullptr, 16) * 4096 + name.mid(16).toULongLong(nullptr, 16);
        for (quint64 hole = previous.value_or(number - 1) + 1; hole < number; ++hole)
            missing << u"00000001%1%2"_s.arg(hole / 4096, 8, 16, QChar(u'0'))
                           .arg(hole % 4096, 8, 16, QChar(u'0'))
                           .toUpper();
        previous = number;
    }
    QCOMPARE(missing, QStringList { gap[u"missingSegment"_s].toString() });
    QCOMPARE(QDir(m_lab + u"/gap-db/backups"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot),
        QStringList { u"base-before-gap"_s });
}

void TestLab::pgBackRestIsContent()
{
    const QStringList common { u"--config="_s + m_lab + u"/vault-db/pgbackrest.conf"_s, u"--stanza=vault"_s };
    const auto info = lab::run(u"pgbackrest"_s, common + QStringList { u"--output=json"_s, u"info"_s });
    QVERIFY2(info, test::wordsOf(std::optional(info)).constData());
    const auto stanza = QJsonDocument::fromJson(*info).array()[0].toObject();
    QStringList types;
    for (const auto &backup : stanza[u"backup"_s].toArray())
        types << backup[u"type"_s].toString() + (backup[u"error"_s].toBool() ? u" damaged"_s : QString());
    QCOMPARE(types.join(u' '), u"full diff incr"_s);
    QCOMPARE(stanza[u"status"_s][u"message"_s].toString(), u"ok"_s);
    for (const QString &verb : { u"check"_s, u"verify"_s }) {
        const auto done = lab::run(u"pgbackrest"_s, common + QStringList { verb });
        QVERIFY2(done, test::wordsOf(std::optional(done)).constData());
    }
    QVERIFY(QDir(m_lab + u"/vault-db/spool/archive/vault/out"_s).exists()); // it did archive asynchronously
}

void TestLab::dumpsRestore_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("answer");
    QTest::newRow("custom") << u"dumps-db"_s << u"gauges.dump"_s << u"select count(*) from readings"_s
                            << u"8000"_s;
    QTest::newRow("directory") << u"dumps-db"_s << u"gauges.dir"_s << u"select count(*) from readings"_s
                               << u"8000"_s;
    QTest::newRow("plain") << u"dumps-db"_s << u"Wörter & 'more'.sql"_s << u"select count(*) from gauges"_s
                           << u"40"_s;
    QTest::newRow("shop") << u"harbor-db"_s << u"shop.dump"_s
                          << u"select count(*) from \"Lager \"\"Süd\"\"\".\"Bestände\""_s << u"200"_s;
    QTest::newRow("hostile name") << u"harbor-db"_s << u"Käufer \"Ω\" $(x).dump"_s
                                  << u"select count(*) from berths"_s << u"120"_s;
}

void TestLab::dumpsRestore()
{
    QFETCH(QString, folder);
    QFETCH(QString, file);
    QFETCH(QString, sql);
    const QString nights = m_lab + u'/' + folder + u"/dumps"_s;
    const QString path = nights + u'/'
        + QDir(nights).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name).last() + u'/' + file;
    QCOMPARE(query(5513, u"create database scratch"_s), QString());
    const QStringList where { u"-h"_s, m_lab + u"/sockets"_s, u"-p"_s, u"5513"_s, u"-U"_s, u"postgres"_s,
        u"-d"_s, u"scratch"_s };
    const auto restored = file.endsWith(u".sql")
        ? lab::run(lab::postgresBinaries() + u"/psql"_s,
            where + QStringList { u"-Xqv"_s, u"ON_ERROR_STOP=1"_s, u"-o"_s, u"/dev/null"_s, u"-f"_s, path })
        : lab::run(lab::postgresBinaries() + u"/pg_restore"_s, where + QStringList { u"-e"_s, path });
    const QString answer = query(5513, sql, u"scratch"_s);
    QCOMPARE(query(5513, u"drop database scratch"_s), QString());
    QVERIFY2(restored, test::wordsOf(std::optional(restored)).constData());
    QTEST(answer, "answer");
}

void TestLab::oneNightLacksTheRoles()
{
    QStringList without;
    const QDir dumps(m_lab + u"/dumps-db/dumps"_s);
    const QStringList nights = dumps.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    QCOMPARE(nights.size(), 5);
    for (const QString &night : nights) {
        if (!dumps.exists(night + u"/globals.sql"_s))
            without << night;
        QCOMPARE(
            QFileInfo(dumps.filePath(night + u"/gauges.dump"_s)).lastModified().toUTC().toString(Qt::ISODate),
            night + u"T02:30:00Z"_s);
    }
    QCOMPARE(
        without, QStringList { test::truthOf(m_lab, u"dumps-db"_s)[u"nightWithoutGlobals"_s].toString() });
}

void TestLab::theStandbyFollows()
{
    QCOMPARE(query(5511, u"create table seen_by_standby as select 7 as n"_s, u"berths"_s), QString());
    QTRY_COMPARE_WITH_TIMEOUT(query(5515, u"select n from seen_by_standby"_s, u"berths"_s), u"7"_s, 10'000);
}

void TestLab::theFleetFileNamesEveryClusterAndSource()
{
    QFile file(m_lab + u"/fleet.yaml"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const ReadFleet read = readFleet(file.readAll());
    QVERIFY2(read.fleet, qPrintable(problemLines(read.problems)));
    QCOMPARE(problemLines(read.warnings), QString());
    QStringList seen;
    for (const auto &cluster : read.fleet->clusters) {
        QVERIFY(cluster.environment == Environment::Lab);
        QCOMPARE(QString::number(cluster.systemId->value),
            query(cluster.connect.port, u"select system_identifier from pg_control_system()"_s,
                cluster.connect.database, cluster.connect.user));
        QCOMPARE(cluster.dataDirectory, query(cluster.connect.port, u"show data_directory"_s));
        seen << cluster.name;
    }
    for (const auto &source : read.fleet->sources) {
        QVERIFY2(source.path.isEmpty() || QFileInfo(source.path).isDir(), qPrintable(source.path));
        seen << source.name;
    }
    QCOMPARE(seen.join(u' '),
        u"harbor-db gap-db dumps-db vault-db standby-db "
        "harbor-base harbor-wal harbor-dumps gap-base gap-wal dumps vault-repo pbs-lab"_s);
}

void TestLab::theBackupServerOpensToTheTokenOfTheFleetFile()
{
    QFile file(m_lab + u"/fleet.yaml"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Source pbs = readFleet(file.readAll()).fleet->sources.back();
    QProcess command;
    command.start(u"sh"_s, { u"-c"_s, pbs.passwordCommand });
    QVERIFY(command.waitForFinished());
    const QByteArray secret = command.readAllStandardOutput().trimmed();

    QNetworkAccessManager network;
    QByteArray fingerprint;
    connect(&network, &QNetworkAccessManager::sslErrors, this,
        [&](QNetworkReply *reply, const QList<QSslError> &) {
            fingerprint
                = reply->sslConfiguration().peerCertificate().digest(QCryptographicHash::Sha256).toHex(':');
            reply->ignoreSslErrors();
        });
    QNetworkRequest request(
        QUrl(pbs.url + u"/api2/json/admin/datastore/"_s + pbs.datastore + u"/snapshots"_s));
    request.setRawHeader("Authorization", "PBSAPIToken=" + pbs.tokenId.toUtf8() + ':' + secret);
    const std::unique_ptr<QNetworkReply> reply(network.get(request));
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 20'000);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
    QCOMPARE(QString::fromLatin1(fingerprint), pbs.fingerprint);
    qint64 oldest = QDateTime::currentSecsSinceEpoch();
    for (const auto &snapshot : QJsonDocument::fromJson(reply->readAll())[u"data"_s].toArray())
        oldest = std::min(oldest, snapshot[u"backup-time"_s].toInteger());
    const qint64 days = (QDateTime::currentSecsSinceEpoch() - oldest) / 86'400;
    QVERIFY2(days > 13 * 30, qPrintable(QString::number(days)));
}

void TestLab::trafficRunsOnceAndEndsWithItsServer()
{
    const QString moves = u"select sum(xact_commit) from pg_stat_database where datname = 'shop'"_s;
    for (int time = 0; time < 2; ++time)
        QCOMPARE(test::lab({ u"up"_s, u"--traffic"_s, m_lab }).code, 0);
    const QString people = u"select count(*) from pg_stat_activity where application_name = 'lab traffic'"_s;
    QTRY_COMPARE(query(5511, people), u"1"_s);
    const qint64 before = query(5511, moves).toLongLong();
    QTRY_VERIFY_WITH_TIMEOUT(query(5511, moves).toLongLong() > before, 15'000);
    QCOMPARE(lab::processesOf(m_id, u"traffic"_s).empty(), false);

    QFile pidFile(m_lab + u"/harbor-db/data/postmaster.pid"_s);
    QVERIFY(pidFile.open(QIODevice::ReadOnly));
    QCOMPARE(kill(pidFile.readLine().trimmed().toInt(), SIGQUIT), 0);
    QTRY_VERIFY_WITH_TIMEOUT(lab::processesOf(m_id, u"traffic"_s).empty(), 15'000);
    QCOMPARE(test::lab({ u"status"_s, m_lab }).code, 1);
    QCOMPARE(test::lab({ u"up"_s, m_lab }).code, 0);
    QCOMPARE(test::lab({ u"status"_s, m_lab }).code, 0);
}

void TestLab::oneMoreAccidentIsRecorded()
{
    QCOMPARE(test::lab({ u"accident"_s, m_lab, u"fire"_s }).code, 2);
    const auto told = test::lab({ u"accident"_s, m_lab, u"drop"_s });
    QVERIFY2(told.code == 0, qPrintable(told.err));
    const auto accidents = test::truthOf(m_lab, u"harbor-db"_s)[u"accidents"_s].toArray();
    QCOMPARE(accidents.size(), 4);
    QCOMPARE(accidents[3].toObject(), QJsonDocument::fromJson(told.out.toUtf8()).object());
    QCOMPARE(
        query(5511, u"select to_regclass('\"Preisliste \"\"Häfen\"\" $(id) 2026\"') is null"_s, u"shop"_s),
        u"t"_s);
}

void TestLab::downKeepsWhatIsNotItsOwnAndNothingElse()
{
    for (const QString &name : { u"/my notes.txt"_s, u"/harbor-db/my dump"_s })
        QVERIFY(QFile(m_lab + name).open(QIODevice::WriteOnly));
    const auto gone = test::lab({ u"down"_s, m_lab });
    QVERIFY2(gone.code == 0, qPrintable(gone.err));
    QCOMPARE(gone.out.section(u'\n', 1).trimmed(),
        u"kept, the lab did not make it: harbor-db/my dump\nkept, the lab did not make it: my notes.txt"_s);
    QStringList left;
    QDirIterator all(m_lab, QDir::Files | QDir::System | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext())
        left << all.next().mid(m_lab.size());
    left.sort();
    QCOMPARE(left, QStringList({ u"/harbor-db/my dump"_s, u"/my notes.txt"_s }));
    QVERIFY(lab::processesOf(m_id).empty());
    QCOMPARE(test::lab({ u"status"_s, m_lab }).code, 3);
    QCOMPARE(test::lab({ u"down"_s, m_lab }).code, 3);
}

QTEST_GUILESS_MAIN(TestLab)
#include "tst_lab.moc"
