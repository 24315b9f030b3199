#include "lab/unprivileged.h"
#include "lab/vault.h"
#include "matrix.h"
#include "support/temporaryfolder.h"

#include <QDir>
#include <QProcess>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using namespace tidemark::test;

// A repository with a full, a differential and an incremental backup, read through pgBackRest. Each row works
// on a copy; two more copies were made after real faults: corrupt pages, and a backup that was killed.
class TestFaultsPgBackRest : public FaultMatrix
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

protected:
    QString family() const override { return u"pgBackRest"_s; }
    std::vector<Breakage> rows() override;
    void begin(const Breakage &row) override;

private:
    [[nodiscard]] QStringList backrest() const
    {
        return { u"--config="_s + m_vault->configuration(), u"--stanza=vault"_s };
    }
    void settleArchive();
    void copyRepository(const QString &name);
    void corruptAPage();
    void killABackup();
    void shellThere(const QString &line);

    TemporaryFolder m_folder;
    std::unique_ptr<lab::Vault> m_vault;
};

void TestFaultsPgBackRest::initTestCase()
{
    const QString folder = m_folder.filePath(u"lab"_s);
    QVERIFY(lab::makeNotedFolder(folder));
    const auto place = lab::makePlace(folder, lab::postgresBinaries());
    expect(place);
    m_vault = std::make_unique<lab::Vault>(*place);
    expect(m_vault->bringUp([](const QString &) {}));
    settleArchive();
    copyRepository(u"healthy"_s);
    killABackup();
    copyRepository(u"killed"_s);
    corruptAPage();
    settleArchive();
    copyRepository(u"corrupt"_s);
    QCOMPARE(wrong(), QString());
}

void TestFaultsPgBackRest::cleanupTestCase()
{
    if (m_vault) {
        (void)m_vault->end();
        (void)m_vault->remove();
    }
}

// pgBackRest's own check ends a segment and waits until it is in the repository.
void TestFaultsPgBackRest::settleArchive()
{
    expect(lab::run(u"pgbackrest"_s, backrest() + QStringList { u"check"_s }));
}

void TestFaultsPgBackRest::copyRepository(const QString &name)
{
    shell(u"cp -a '%1/repo' '%2'"_s.arg(m_vault->folder(), m_folder.filePath(name)));
}

// A flipped page of a table, which the next backup reads and complains of.
void TestFaultsPgBackRest::corruptAPage()
{
    const lab::Cluster cluster = m_vault->cluster();
    const auto path = cluster.psql(u"checkpoint; select pg_relation_filepath('readings')"_s);
    expect(path);
    shell(u"printf rotten | dd of='%1/%2' bs=1 seek=12000 conv=notrunc status=none"_s.arg(
        cluster.dataDirectory(), path.value_or(QString())));
    expect(lab::run(u"pgbackrest"_s, backrest() + QStringList { u"--type=full"_s, u"backup"_s }));
}

void TestFaultsPgBackRest::killABackup()
{
    const QDir backups(m_vault->folder() + u"/repo/backup/vault"_s);
    const QStringList before = backups.entryList({ u"*F"_s });
    QProcess tool;
    lab::prepareTool(tool);
    tool.start(u"pgbackrest"_s,
        backrest()
            + QStringList { u"--type=full"_s, u"--process-max=1"_s, u"--no-repo1-bundle"_s, u"backup"_s });
    QVERIFY(tool.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(backups.entryList({ u"*F"_s }) != before, 60'000);
    tool.kill();
    tool.waitForFinished();
    // Its workers hold the lock a little longer.
    const QString lock = m_vault->folder() + u"/lock/vault-backup.lock"_s;
    QTRY_COMPARE_WITH_TIMEOUT(QProcess::execute(u"flock"_s, { u"-n"_s, lock, u"true"_s }), 0, 30'000);
}

void TestFaultsPgBackRest::begin(const Breakage &row)
{
    Q_UNUSED(row)
    shellThere(
        u"rm -rf repo; cp -a healthy repo; sed 's|^repo1-path=.*|repo1-path=%1/repo|' '%2' > conf"_s.arg(
            m_folder.path(), m_vault->configuration()));
    Source repository;
    repository.name = u"repository"_s;
    repository.kind = SourceKind::PgBackRest;
    repository.stanza = u"vault"_s;
    repository.config = m_folder.filePath(u"conf"_s);
    m_onlooker.fleet = fleetOf(u"vault"_s, 30min, repository);
    m_onlooker.readAgain({ u"repository"_s });
}

void TestFaultsPgBackRest::shellThere(const QString &line)
{
    shell(line, m_folder.path());
}

std::vector<Breakage> TestFaultsPgBackRest::rows()
{
    const QString twin = u"a repository with a full, a differential and an incremental backup"_s;
    // $b: backups; $f, $d, $i: the full, differential and incremental one; $w: a segment behind them.
    const QString names
        = u"b=repo/backup/vault; f=$b/$(ls $b | grep 'F$' | head -1); d=$(ls -d $b/*D); "
          "i=$(ls -d $b/*I); a=repo/archive/vault; segment() { find $a -type f -name '0000000*-*' | sort | tail -$1 | head -1; }; w=$(segment 2); "_s;
    const auto row = [&](const QString &name, const QString &raises, const QString &harm) {
        return Breakage { .name = name, .twin = twin, .raises = raises, .harm = [this, names, harm] {
                             shellThere(names + harm);
                         } };
    };
    return {
        row(u"the full backup's folder is missing"_s,
            u"(restore.nothing) (wal.no-base) (base.chain-broken) base.damaged"_s, u"rm -r $f"_s),
        row(u"the differential backup's folder is missing"_s, u"(base.chain-broken) base.damaged"_s,
            u"rm -r $d"_s),
        row(u"the newest backup was killed"_s, u"base.unfinished"_s, u"rm -r repo; cp -a killed repo"_s),
        row(u"a backup met pages with bad checksums"_s, u"base.bad-pages"_s,
            u"rm -r repo; cp -a corrupt repo"_s),
        row(u"a segment behind the last backup is missing"_s, u"wal.gap"_s, u"rm $w"_s),
        row(u"a segment is empty"_s, u"(wal.gap) wal.empty"_s, u": > $w"_s),
        row(u"two files that differ for one segment"_s, u"(wal.gap) wal.unreadable"_s,
            u"cp $w $(echo $w | sed -E 's/-[0-9a-f]{40}/-0000000000000000000000000000000000000000/')"_s),
        row(u"the stanza's list of backups is damaged"_s, u"source.tool"_s,
            u"for one in $b/backup.info*; do echo rubbish > $one; done"_s),
        row(u"the stanza's list of archives is damaged"_s, u"source.tool"_s,
            u"for one in $a/archive.info*; do echo rubbish > $one; done"_s),
        row(u"the stanza is gone from the repository"_s, u"source.tool"_s, u"rm -r $b $a"_s),
        row(u"the repository is not mounted"_s, u"source.tool"_s, u"rm -r repo"_s),
        row(u"pgBackRest's configuration is gone"_s, u"source.offline"_s, u"rm conf"_s),
    };
}

QTEST_GUILESS_MAIN(TestFaultsPgBackRest)
#include "tst_faults_pgbackrest.moc"
