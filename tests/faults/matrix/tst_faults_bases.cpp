#include "filematrix.h"
#include "lab/unprivileged.h"

#include <QProcess>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using namespace tidemark::test;

// Base backups in three forms, each with all it needs: plain, tar and gzip; and one without its own WAL.
class TestFaultsBases : public FileMatrix
{
    Q_OBJECT

protected:
    QString family() const override { return u"Base backups"_s; }
    std::vector<Breakage> rows() override;
    void fill() override;
    bool linked() const override { return true; }
    // "only x" leaves one of them; "flip x n" flips a bit of a file, "cut x" cuts it.
    QString names() const override
    {
        return u"only() { for b in bases/*; do [ $b = bases/$1 ] || rm -r $b; done; }; own() { cp -a $1 own; "
               "mv own $1; }; flip() { own $1; printf X | dd of=$1 bs=1 seek=$2 conv=notrunc status=none; }; "
               "cut() { own $1; truncate -s -100000 $1; }; "_s;
    }

private:
    void killedBackup();
};

void TestFaultsBases::fill()
{
    sql(u"create table big as select generate_series(1, 20000) i; checkpoint"_s);
    baseBackup(u"plain"_s);
    work(1);
    baseBackup(u"tar"_s, { u"-Ft"_s });
    work(1);
    baseBackup(u"packed"_s, { u"-Ft"_s, u"-z"_s, u"-Z1"_s });
    work(1);
    baseBackup(u"bare"_s, { u"-X"_s, u"none"_s });
    work(3);
    settleArchive();
    expect(other().tool(u"pg_basebackup"_s, { u"-D"_s, live(u"theirs"_s), u"-c"_s, u"fast"_s }));
}

// A pg_basebackup that is killed in the middle.
void TestFaultsBases::killedBackup()
{
    QProcess tool;
    lab::prepareTool(tool);
    tool.start(cluster().binaries() + u"/pg_basebackup"_s,
        { u"-h"_s, cluster().socketFolder(), u"-p"_s, QString::number(cluster().port()), u"-U"_s,
            u"postgres"_s, u"-D"_s, place(u"bases/killed"_s), u"-c"_s, u"fast"_s, u"--max-rate=32"_s });
    QVERIFY(tool.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(place(u"bases/killed/backup_label"_s)), 30'000);
    tool.kill();
    tool.waitForFinished();
    m_onlooker.sourcesClock->ahead = 6min; // until then it may still be written
    m_onlooker.forget(); // it has ended a segment
}

std::vector<Breakage> TestFaultsBases::rows()
{
    const QString plain = u"a plain base backup as pg_basebackup made it"_s;
    const QString tar = u"one in tar form"_s;
    const QString packed = u"one in tar form, packed by gzip"_s;
    const QStringList bases { u"bases"_s };
    const QString lost = u"(restore.nothing) (wal.no-base) base.damaged"_s;
    std::vector<Breakage> rows {
        files(u"the backup_label is missing"_s, plain, u"(restore.nothing) (wal.no-base) base.unfinished"_s,
            bases, u"rm bases/plain/backup_label"_s, u"only plain"_s),
        files(u"the backup_label is rubbish"_s, plain, lost, bases,
            u"rm bases/plain/backup_label; echo hello > bases/plain/backup_label"_s, u"only plain"_s),
        files(u"a file is missing"_s, plain, lost, bases, u"rm bases/plain/global/1262"_s, u"only plain"_s),
        files(u"a bit of a data file is flipped"_s, plain, lost, bases,
            u"flip bases/plain/base/1/1259 50000"_s, u"only plain"_s),
        files(u"the backup_manifest is damaged"_s, plain, lost, bases,
            u"sed -i 's/\"Size\": 8192/\"Size\": 8193/' bases/plain/backup_manifest"_s, u"only plain"_s),
        files(u"the backup_manifest is missing"_s, plain, u"base.no-manifest"_s, bases,
            u"rm bases/plain/backup_manifest"_s, u"only plain"_s),
        files(u"a tar is cut short"_s, tar, lost, bases, u"cut bases/tar/base.tar"_s, u"only tar"_s),
        files(u"a bit of a tar is flipped"_s, tar, lost, bases, u"flip bases/tar/base.tar 5000000"_s,
            u"only tar"_s),
        files(u"base.tar is missing"_s, tar, u"(restore.nothing) (wal.no-base) base.unfinished"_s, bases,
            u"rm bases/tar/base.tar"_s, u"only tar"_s),
        files(u"a packed tar is cut short"_s, packed, lost, bases, u"cut bases/packed/base.tar.gz"_s,
            u"only packed"_s),
        files(u"a bit of a packed tar is flipped"_s, packed, lost, bases,
            u"flip bases/packed/base.tar.gz 500000"_s, u"only packed"_s),
        files(u"the only base backup is gone"_s, plain, u"(restore.nothing) (wal.no-base) source.empty"_s,
            bases, u"rm -r bases/plain"_s, u"only plain"_s),
        files(u"another cluster's base backup lies beside"_s, plain, u"base.foreign"_s, bases,
            u"cp -a '%1' bases/theirs"_s.arg(live(u"theirs"_s)), u"only plain"_s),
    };
    for (Breakage &row : rows) { // until then they may still be written
        const auto prepare = row.prepare;
        row.prepare = [this, prepare] {
            prepare();
            m_onlooker.sourcesClock->ahead = 6min;
        };
    }
    Breakage bare = files(u"the WAL that a base backup needs for itself is missing"_s,
        u"a base backup without WAL of its own, its WAL in the archive"_s,
        u"(restore.nothing) (wal.no-base) base.wal-missing"_s, { u"bases"_s, u"wal"_s },
        u"s=$(sed -n 's/^START WAL LOCATION.*file \\([0-9A-F]*\\).*/\\1/p' bases/bare/backup_label); rm wal/$s"_s,
        u"only bare"_s);
    const auto prepare = bare.prepare;
    bare.prepare = [this, prepare] {
        prepare();
        m_onlooker.sourcesClock->ahead = 6min; // a backup's last segments come within five
    };
    rows.push_back(bare);
    Breakage killed { .name = u"the newest base backup was killed"_s,
        .twin = u"all base backups are whole"_s,
        .raises = u"base.unfinished"_s,
        .harm = [this] { killedBackup(); },
        .touches = bases };
    rows.push_back(killed);
    return rows;
}

QTEST_GUILESS_MAIN(TestFaultsBases)
#include "tst_faults_bases.moc"
