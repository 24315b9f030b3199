#include "dumps/dumps.h"
#include "hosts/hosts.h"
#include "lab/cluster.h"
#include "support/gzip.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"
#include "values/pathtext.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// What the installed pg_dump and pg_dumpall write, from a database with a hostile name, read from this
// machine's disk and compared with what pg_restore says.
class tst_RealDumps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void eachFormatIsWhole_data();
    void eachFormatIsWhole();
    void globalsBelongToTheirDumps();
    void eachCutIsSeen_data() { eachFormatIsWhole_data(); }
    void eachCutIsSeen();
    void aDumpThatDiesIsSeen();

private:
    [[nodiscard]] QString place(const QString &name) const { return m_folder.filePath(u"d/"_s + name); }
    [[nodiscard]] std::optional<Artifact> found(const QString &id);
    [[nodiscard]] QByteArray dump(const QString &program, const QStringList &arguments);
    void write(const QString &name, const QByteArray &bytes) const;
    [[nodiscard]] QByteArray read(const QString &name) const;

    struct LaterClock : Clock {
        [[nodiscard]] Instant now() const override
        {
            return Instant::fromSeconds(QDateTime::currentSecsSinceEpoch() + 86'400);
        }
    };
    TemporaryFolder m_folder;
    std::unique_ptr<lab::Cluster> m_cluster;
    const QString m_database = u"it's \"quoted\" = $(x)\\ \u00fc"_s;
    QByteArray m_trouble;
};

void tst_RealDumps::initTestCase()
{
    m_cluster = std::make_unique<lab::Cluster>(lab::Cluster::Options { .folder = m_folder.filePath(u"c"_s) });
    const auto made = m_cluster->create();
    QVERIFY2(made, wordsOf(std::optional(made)).constData());
    const auto started = m_cluster->start();
    QVERIFY2(started, wordsOf(std::optional(started)).constData());
    QVERIFY(m_cluster->psql(u"create database \"it's \"\"quoted\"\" = $(x)\\ \u00fc\""_s));
    const QString connection = u"dbname='it\\'s \"quoted\" = $(x)\\\\ \u00fc'"_s;
    const auto filled = m_cluster->psql(
        u"create table \"a b\" as select i, md5(i::text) t from generate_series(1, 30000) i;"
        "create table empty (x int); create view v as select 1; select lo_from_bytea(4711, 'some object');"_s,
        connection);
    QVERIFY2(filled, wordsOf(std::optional(filled)).constData());
    QDir().mkpath(place({}));
    QVERIFY(QFile::setPermissions(place({}), QFile::Permissions(0x7777)));
}

// Its standard output; a failed one is an empty answer.
QByteArray tst_RealDumps::dump(const QString &program, const QStringList &arguments)
{
    const auto answer = m_cluster->tool(program, arguments);
    m_trouble = wordsOf(std::optional(answer));
    return answer.value_or(QByteArray());
}

void tst_RealDumps::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(place(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

QByteArray tst_RealDumps::read(const QString &name) const
{
    QFile file(place(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::optional<Artifact> tst_RealDumps::found(const QString &id)
{
    Source source;
    source.name = u"dumps"_s;
    source.path = m_folder.filePath(u"d"_s);
    const auto dumps = makeDumpsSource(source, {}, makeLocalHostReader(), std::make_shared<LaterClock>());
    const auto scan = settle(dumps->scan({}, {}), std::chrono::seconds(30));
    m_trouble = wordsOf(scan);
    if (!scan || !*scan)
        return {};
    const auto artifact = std::ranges::find((*scan)->artifacts, id, &Artifact::id);
    return artifact == (*scan)->artifacts.end() ? std::nullopt : std::optional(*artifact);
}

void tst_RealDumps::eachFormatIsWhole_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("packed");
    QTest::addColumn<bool>("piped");
    QTest::newRow("custom") << QStringList { u"-Fc"_s } << u"custom"_s << u"gzip"_s << false;
    QTest::newRow("custom, not packed")
        << QStringList { u"-Fc"_s, u"-Z0"_s } << u"custom"_s << QString() << false;
    QTest::newRow("custom, piped") << QStringList { u"-Fc"_s } << u"custom"_s << u"gzip"_s << true;
    QTest::newRow("custom, schema alone")
        << QStringList { u"-Fc"_s, u"-s"_s } << u"custom"_s << u"gzip"_s << false;
    QTest::newRow("directory") << QStringList { u"-Fd"_s, u"-j2"_s } << u"directory"_s << u"gzip"_s << false;
    QTest::newRow("directory, not packed")
        << QStringList { u"-Fd"_s, u"-Z0"_s } << u"directory"_s << QString() << false;
    QTest::newRow("tar") << QStringList { u"-Ft"_s } << u"tar"_s << QString() << false;
    QTest::newRow("tar, piped") << QStringList { u"-Ft"_s } << u"tar"_s << QString() << true;
    QTest::newRow("plain") << QStringList { u"-Fp"_s, u"-C"_s } << u"plain"_s << QString() << false;
    QTest::newRow("plain, inserts") << QStringList { u"-Fp"_s, u"-C"_s, u"--inserts"_s, u"-v"_s }
                                    << u"plain"_s << QString() << true;
    QTest::newRow("plain, packed") << QStringList { u"-Fp"_s, u"-C"_s, u"-Z6"_s } << u"plain"_s << u"gzip"_s
                                   << false;
}

void tst_RealDumps::eachFormatIsWhole()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, format);
    QFETCH(QString, packed);
    QFETCH(bool, piped);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    QStringList all = arguments;
    const Instant before = Instant::fromSeconds(QDateTime::currentSecsSinceEpoch());
    if (!piped)
        all += { u"-f"_s, place(name) };
    all.append(u"dbname='it\\'s \"quoted\" = $(x)\\\\ \u00fc'"_s);
    const QByteArray out = dump(u"pg_dump"_s, all);
    QCOMPARE(m_trouble, "ok");
    if (piped)
        write(name, out);
    const auto artifact = found(name);
    QVERIFY2(artifact, m_trouble.constData());
    QCOMPARE(artifact->why, QString());
    QVERIFY(artifact->state == ArtifactState::Complete);
    QVERIFY(artifact->checks.size() == 1 && artifact->checks[0].passed);
    QCOMPARE(artifact->format, format);
    QCOMPARE(artifact->compression, packed);
    QCOMPARE(pathBytes(artifact->database), m_database.toUtf8());
    QVERIFY(artifact->serverVersion >= 130'000);
    QVERIFY(!artifact->toolVersion.isEmpty());
    QVERIFY(artifact->stored->count > 1000);
    // What it holds is of the moment it began, which all but a plain dump that is not verbose tell.
    QCOMPARE(artifact->start.has_value(), format != u"plain" || arguments.contains(u"-v"_s));
    if (artifact->start)
        QVERIFY(*artifact->start >= before && *artifact->start <= *artifact->stop);
    if (format == u"plain")
        return;
    const auto list = m_cluster->offlineTool(u"pg_restore"_s, { u"-l"_s, place(name) });
    QVERIFY2(list, wordsOf(std::optional(list)).constData());
    const auto count = QRegularExpression(u"TOC Entries: (\\d+)"_s).match(QString::fromUtf8(*list));
    QCOMPARE(QString::number(artifact->objects.value_or(-1)), count.captured(1));
}

void tst_RealDumps::globalsBelongToTheirDumps()
{
    write(u"globals.sql"_s, dump(u"pg_dumpall"_s, { u"-g"_s }));
    QCOMPARE(m_trouble, "ok");
    const auto globals = found(u"globals.sql"_s);
    QVERIFY(globals);
    QVERIFY(globals->kind == ArtifactKind::Globals && globals->state == ArtifactState::Complete);
    QCOMPARE(globals->database, QString());
    const auto custom = found(u"custom"_s);
    QVERIFY(custom);
    QCOMPARE(custom->withGlobals, u"globals.sql"_s);
    write(u"all.sql.gz"_s, gzipped(dump(u"pg_dumpall"_s, {})));
    const auto all = found(u"all.sql.gz"_s);
    QVERIFY(all);
    QVERIFY(all->kind == ArtifactKind::Dump && all->state == ArtifactState::Complete);
    QCOMPARE(all->withGlobals, u"all.sql.gz"_s);
    QCOMPARE(all->database, QString());
    QFile::remove(place(u"globals.sql"_s));
    QFile::remove(place(u"all.sql.gz"_s));
}

void tst_RealDumps::eachCutIsSeen()
{
    QFETCH(QString, format);
    QFETCH(QStringList, arguments);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    if (format == u"directory") {
        const QStringList files = QDir(place(name)).entryList({ u"*.dat*"_s }, QDir::Files);
        QVERIFY(files.size() >= 4);
        for (const QString &file : files) {
            const QByteArray kept = read(name + u'/' + file);
            QVERIFY(QFile::remove(place(name + u'/' + file)));
            QVERIFY2(found(name)->state != ArtifactState::Complete, qPrintable(file));
            write(name + u'/' + file, kept);
        }
        QVERIFY(found(name)->state == ArtifactState::Complete);
        return;
    }
    const QByteArray whole = read(name);
    // Behind its last words a plain text has psql's command and empty lines.
    const qsizetype most
        = format == u"plain" && !arguments.contains(u"-Z6"_s) ? whole.size() - 200 : whole.size() - 1;
    for (int part = 1; part <= 12; ++part) {
        const qsizetype length = most * part / 12;
        write(name, whole.left(length));
        const auto cut = found(name);
        QVERIFY(cut);
        QVERIFY2(
            cut->state == ArtifactState::Damaged, qPrintable(u"%1 of %2"_s.arg(length).arg(whole.size())));
        QVERIFY(!cut->why.isEmpty());
    }
    write(name, whole);
    QVERIFY(found(name)->state == ArtifactState::Complete);
}

// pg_dump that fails in the middle, behind a packer that ends well.
void tst_RealDumps::aDumpThatDiesIsSeen()
{
    const QByteArray whole = dump(u"pg_dump"_s, { u"-Fp"_s, u"postgres"_s });
    QCOMPARE(m_trouble, "ok");
    write(u"died.sql.gz"_s, gzipped(whole.left(whole.size() / 2)));
    const auto died = found(u"died.sql.gz"_s);
    QVERIFY(died);
    QVERIFY(died->state == ArtifactState::Damaged);
    QCOMPARE(died->why, u"its last lines do not say that it is complete"_s);
}

QTEST_GUILESS_MAIN(tst_RealDumps)
#include "tst_realdumps.moc"
