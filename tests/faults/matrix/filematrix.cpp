#include "filematrix.h"

#include "lab/unprivileged.h"
#include "support/settle.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark::test {

namespace {

// Nothing that would write WAL by itself.
QMap<QString, QString> quiet(QMap<QString, QString> further)
{
    QMap<QString, QString> settings { { u"autovacuum"_s, u"off"_s }, { u"checkpoint_timeout"_s, u"1h"_s },
        { u"archive_timeout"_s, u"10min"_s } };
    settings.insert(further);
    return settings;
}

} // namespace

void FileMatrix::initTestCase()
{
    shell(u"mkdir -p wal bases dumps; chmod 777 . wal bases dumps"_s.prepend(
        u"mkdir -p '%1'; cd '%1'; "_s.arg(live())));
    QMap<QString, QString> all { { u"archive_mode"_s, u"on"_s },
        { u"archive_command"_s, u"test ! -f '%1wal/%f' && cp %p '%1wal/%f'"_s.replace(u"%1"_s, live()) } };
    all.insert(settings());
    m_cluster = std::make_unique<lab::Cluster>(lab::Cluster::Options {
        .folder = m_folder.filePath(u"c"_s), .settings = quiet(all), .initdb = { u"--wal-segsize=1"_s } });
    expect(m_cluster->create());
    expect(m_cluster->start());
    sql(u"create database shop"_s, u"postgres"_s);
    sql(u"create table work (i int)"_s);
    fill();
    QCOMPARE(wrong(), QString());
    m_onlooker.fleet = fleet();
    m_onlooker.fleet.clusters.front().systemId
        = SystemId { sql(u"select system_identifier from pg_control_system()"_s).toULongLong() };
}

void FileMatrix::cleanupTestCase()
{
    m_other.reset();
    m_cluster.reset();
}

Fleet FileMatrix::fleet() const
{
    Fleet fleet;
    fleet.name = u"matrix"_s;
    Cluster shop;
    shop.name = u"shop"_s;
    shop.environment = Environment::Test;
    shop.objectives.rpo = 10min;
    shop.databases = { u"shop"_s };
    shop.connect = reach(*m_cluster);
    fleet.clusters = { shop };
    const auto add = [&](const QString &name, SourceKind kind) {
        Source source;
        source.name = name;
        source.kind = kind;
        source.clusters = { u"shop"_s };
        source.path = live(name);
        fleet.sources.push_back(source);
    };
    add(u"wal"_s, SourceKind::WalArchive);
    add(u"bases"_s, SourceKind::BaseBackups);
    return fleet;
}

void FileMatrix::begin(const Breakage &row)
{
    if (!m_place.isEmpty())
        shell(u"rm -rf '%1'"_s.arg(m_place));
    m_place = m_folder.filePath(u"row%1"_s.arg(++m_places));
    const auto id = m_onlooker.fleet.clusters.front().systemId;
    m_onlooker.fleet = fleet();
    m_onlooker.fleet.clusters.front().systemId = id;
    shell(u"mkdir '%1'; chmod 777 '%1'"_s.arg(m_place));
    for (const QString &name : row.touches) {
        if (Source *touched = source(name)) {
            shell(u"cp %1 '%2' '%3'"_s.arg(linked() ? u"-al"_s : u"-a"_s, touched->path, place()));
            touched->path = place(name);
        }
    }
}

Breakage FileMatrix::files(const QString &name, const QString &twin, const QString &raises,
    const QStringList &touches, const QString &harm, const QString &prepare)
{
    const auto run = [this](const QString &line) { return [this, line] { shell(names() + line, m_place); }; };
    Breakage row { .name = name, .twin = twin, .raises = raises, .harm = run(harm), .touches = touches };
    if (!prepare.isEmpty())
        row.prepare = run(prepare);
    return row;
}

QString FileMatrix::sql(const QString &text, const QString &database)
{
    const auto answer = m_cluster->psql(text, database);
    expect(answer);
    return answer.value_or(QString());
}

void FileMatrix::baseBackup(const QString &name, const QStringList &further)
{
    expect(m_cluster->tool(u"pg_basebackup"_s,
        QStringList { u"-D"_s, live(u"bases/"_s + name), u"-c"_s, u"fast"_s, u"--no-sync"_s } + further));
}

void FileMatrix::work(int rounds)
{
    for (int round = 0; round < rounds; ++round)
        sql(u"insert into work select generate_series(1, 3000); select pg_switch_wal()"_s);
}

void FileMatrix::settleArchive()
{
    sql(u"checkpoint"_s);
    const QString last = sql(u"insert into work values (1); select pg_walfile_name(pg_switch_wal())"_s);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(live(u"wal/"_s + last)), 60'000);
}

void FileMatrix::failOver()
{
    expect(m_cluster->stop());
    shell(u"touch '%1/standby.signal'"_s.arg(m_cluster->dataDirectory()));
    expect(lab::giveAway(m_cluster->dataDirectory() + u"/standby.signal"_s), u"standby.signal"_s);
    expect(m_cluster->start());
    sql(u"select pg_promote()"_s);
}

lab::Cluster &FileMatrix::other()
{
    if (m_other)
        return *m_other;
    const QString archive = m_folder.filePath(u"theirs"_s);
    shell(u"mkdir '%1'; chmod 777 '%1'"_s.arg(archive));
    m_other = std::make_unique<lab::Cluster>(lab::Cluster::Options { .folder = m_folder.filePath(u"o"_s),
        .settings = quiet({ { u"archive_mode"_s, u"on"_s },
            { u"archive_command"_s, u"cp %p '%1/%f'"_s.replace(u"%1"_s, archive) } }),
        .initdb = { u"--wal-segsize=1"_s } });
    expect(m_other->create());
    expect(m_other->start());
    return *m_other;
}

QString FileMatrix::archiveOfOther()
{
    const QString archive = m_folder.filePath(u"theirs"_s);
    const auto last = other().psql(u"create table theirs as select generate_series(1, 60000) i; "
                                   "select pg_walfile_name(pg_switch_wal())"_s);
    expect(last);
    const bool came
        = QTest::qWaitFor([&] { return QFile::exists(archive + u'/' + last.value_or(QString())); }, 30'000);
    expect(came, u"the other cluster's WAL does not arrive"_s);
    return archive;
}

Source *FileMatrix::source(const QString &name)
{
    for (Source &one : m_onlooker.fleet.sources)
        if (one.name == name)
            return &one;
    expect(false, u"no source "_s + name);
    return nullptr;
}

} // namespace tidemark::test
