#include "filematrix.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using namespace tidemark::test;

// An archive with a failover in its past: a base backup on timeline 1 and one on timeline 2.
class TestFaultsWal : public FileMatrix
{
    Q_OBJECT

protected:
    QString family() const override { return u"WAL archives"_s; }
    std::vector<Breakage> rows() override;
    void fill() override;
    // A segment behind the last base backup, one between the two, and one of another cluster.
    QString names() const override
    {
        return u"segment() { ls wal | grep -E \"^0000000$1[0-9A-F]{16}$\" | tail -$2 | head -1; }; "
               "s=$(segment 2 3); n=$(segment 2 2); o=$(segment 1 4); "
               "theirs=$(ls -d '%1/'0000000100000000* | head -1); "_s.arg(m_theirs);
    }

private:
    void copyOffsite();
    void restoreTest();

    QString m_theirs;
};

void TestFaultsWal::fill()
{
    baseBackup(u"b1"_s);
    work(6);
    failOver();
    work(2);
    baseBackup(u"b2"_s);
    work(4);
    settleArchive();
    m_theirs = archiveOfOther();
}

// The same archive a second time, in another place.
void TestFaultsWal::copyOffsite()
{
    shell(u"cp -a wal offsite"_s, place());
    Source offsite = *source(u"wal"_s);
    offsite.name = u"offsite"_s;
    offsite.path = place(u"offsite"_s);
    m_onlooker.fleet.sources.push_back(offsite);
    m_onlooker.readAgain({ u"wal"_s, u"offsite"_s });
}

// A restore test as it is often done: the copy keeps production's archive_command, is promoted and works.
void TestFaultsWal::restoreTest()
{
    shell(u"mkdir test; cp -a '%1' test/data; chmod 700 test/data"_s.arg(live(u"bases/b2"_s)), place());
    lab::Cluster copy({ .folder = place(u"test"_s) });
    expect(copy.configure({ { u"unix_socket_directories"_s, place(u"test"_s) },
        { u"archive_command"_s, u"test ! -f '%1wal/%f' && cp %p '%1wal/%f'"_s.replace(u"%1"_s, place()) },
        { u"restore_command"_s, u"cp '%1wal/%f' %p"_s.replace(u"%1"_s, place()) } }));
    shell(u"touch test/data/recovery.signal; chmod 777 test; chown --reference=test/data/PG_VERSION "
          "test/data/recovery.signal test"_s,
        place());
    expect(copy.start());
    QTRY_COMPARE_WITH_TIMEOUT(copy.psql(u"select pg_is_in_recovery()"_s).value_or(QString()), u"f"_s, 30'000);
    const auto last = copy.psql(u"create table tested (i int); select pg_walfile_name(pg_switch_wal())"_s);
    expect(last);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(place(u"wal/"_s + last.value_or(QString()))), 30'000);
    expect(copy.stop());
}

std::vector<Breakage> TestFaultsWal::rows()
{
    const QString whole = u"the archive of a cluster with a failover in its past, whole"_s;
    const QStringList wal { u"wal"_s };
    std::vector<Breakage> rows {
        files(
            u"a segment behind the last base backup is missing"_s, whole, u"wal.gap"_s, wal, u"rm wal/$s"_s),
        files(u"a segment between two base backups is missing"_s, whole, u"wal.hole"_s, wal, u"rm wal/$o"_s),
        files(u"a segment is cut short"_s, whole, u"(wal.gap) wal.wrong-size"_s, wal,
            u"truncate -s 300000 wal/$s"_s),
        files(u"a segment is empty"_s, whole, u"(wal.gap) wal.empty"_s, wal, u": > wal/$s"_s),
        files(u"a segment is another cluster's"_s, whole, u"(wal.gap) wal.foreign"_s, wal,
            u"cp \"$theirs\" wal/$s"_s),
        files(u"a bit of a segment is flipped"_s, whole, u"(wal.gap) wal.bad-checksum"_s, wal,
            u"printf X | dd of=wal/$s bs=1 seek=9000 conv=notrunc status=none"_s),
        files(u"a segment has got another one's name"_s, whole, u"(wal.gap) wal.misnamed"_s, wal,
            u"mv wal/$s wal/$(echo $s | sed 's/....$/FFFF/')"_s),
        files(u"a segment's name holds its neighbour's content"_s, whole, u"(wal.gap) wal.misnamed"_s, wal,
            u"cp wal/$n wal/$s"_s),
        files(u"a segment holds zeros"_s, whole, u"(wal.gap) wal.bad-page"_s, wal,
            u"head -c 1048576 /dev/zero > wal/$s"_s),
        files(u"a packed segment is cut short"_s, u"the same segment packed by gzip, whole"_s,
            u"(wal.gap) wal.wrong-size"_s, wal, u"truncate -s -200 wal/*.gz"_s, u"gzip wal/$s"_s),
        // In gzip's own checksum: a bit of the content breaks now the packing, now the WAL.
        files(u"a bit of a packed segment is flipped"_s, u"the same segment packed by gzip, whole"_s,
            u"(wal.gap) wal.unreadable"_s, wal,
            u"f=$(ls wal/*.gz); b=$(tail -c 8 $f | head -c 1 | od -An -tu1); "
            "printf \"\\\\$(printf %o $((b ^ 1)))\" | "
            "dd of=$f bs=1 seek=$(($(stat -c %s $f) - 8)) conv=notrunc status=none"_s,
            u"gzip wal/$s"_s),
        files(u"the history file of the server's timeline is lost"_s, whole, u"wal.history-missing"_s, wal,
            u"rm wal/00000002.history"_s),
        files(u"the history file of the server's timeline is rubbish"_s, whole,
            u"(wal.history-missing) wal.bad-history"_s, wal, u"echo '<html>' > wal/00000002.history"_s),
        files(u"the archive's folder is another cluster's"_s, whole, u"wal.archive-foreign"_s, wal,
            u"rm wal/*; cp \"$(dirname \"$theirs\")\"/0* wal/"_s),
    };
    Breakage stray { .name = u"a restore test archived its own timeline here"_s,
        .twin = whole + u": that timeline is the server's own"_s,
        .raises = u"wal.stray-timeline"_s,
        .harm = [this] { restoreTest(); },
        .touches = wal };
    rows.push_back(stray);
    Breakage emptied = files(u"all WAL is gone from the archive"_s, whole + u", minutes later"_s,
        u"wal.not-archived (source.empty)"_s, wal, u"rm wal/*"_s);
    emptied.prepare = [this] { m_onlooker.sourcesClock->ahead = 6min; };
    rows.push_back(emptied);
    Breakage covered = files(u"one of two archives lacks a segment"_s, u"two archives, both whole"_s,
        u"wal.covered"_s, wal, u"rm wal/$s"_s);
    covered.prepare = [this] { copyOffsite(); };
    rows.push_back(covered);
    return rows;
}

QTEST_GUILESS_MAIN(TestFaultsWal)
#include "tst_faults_wal.moc"
