#include "filematrix.h"
#include "hosts/hosts.h"
#include "hosts/shellreader.h"
#include "lab/unprivileged.h"

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace tidemark;
using namespace tidemark::test;

namespace {

// A shell under an account without rights; as anybody but root it is the person's own.
class PlainAccount : public Way
{
public:
    [[nodiscard]] QCoro::Task<Result<QByteArrayList>> open(std::stop_token) override
    {
        QByteArrayList words;
        if (geteuid() == 0)
            words = { "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups" };
        words += { "sh", "-c" };
        co_return words;
    }
    [[nodiscard]] QCoro::Task<std::optional<Error>> broken(int, QByteArray) override
    {
        co_return std::nullopt;
    }
};

class PlainHosts : public HostReaders
{
public:
    [[nodiscard]] std::shared_ptr<HostReader> of(const Host &) override { return m_reader; }

private:
    std::shared_ptr<HostReader> m_reader
        = std::make_shared<ShellHostReader>(u"here"_s, std::make_shared<PlainAccount>(), QString());
};

} // namespace

// What is wrong around backups that are good: rights, mounts, schedules, clocks, the fleet file.
class TestFaultsFleet : public FileMatrix
{
    Q_OBJECT

private Q_SLOTS:
    void whatStandsHealthyIsMet();

protected:
    QString family() const override { return u"Rights, schedules, clocks, the fleet file"_s; }
    std::vector<Breakage> rows() override;
    void fill() override;
    Fleet fleet() const override;
    QString names() const override
    {
        return u"night() { date -u -d \"$1 days ago\" +%F; }; segment() { ls wal | grep -E '^[0-9A-F]{24}$' "
               u"| "
               "tail -$1 | head -1; }; last=$(segment 1); s=$(segment 2); "_s;
    }
};

void TestFaultsFleet::fill()
{
    baseBackup(u"b1"_s);
    work(3);
    for (int back = 5; back >= 0; --back) {
        const QDateTime at = QDateTime::currentDateTimeUtc().addDays(-back);
        const QString folder = live(u"dumps/"_s + at.toString(u"yyyy-MM-dd"_s));
        shell(u"mkdir '%1'; chmod 777 '%1'"_s.arg(folder));
        expect(cluster().tool(u"pg_dump"_s, { u"-Fc"_s, u"-f"_s, folder + u"/shop.dump"_s, u"shop"_s }));
        expect(cluster().tool(u"pg_dumpall"_s, { u"-g"_s, u"-f"_s, folder + u"/globals.sql"_s }));
        shell(u"find '%1' -exec touch -d '%2' {} +"_s.arg(folder, at.toString(Qt::ISODate)));
    }
    settleArchive();
    // Whoever may enter may read; the rows take that away.
    shell(u"chmod -R a+rX '%1'"_s.arg(live()));
}

// Quiet is not enough: it says what can be restored, and how sure that is.
void TestFaultsFleet::whatStandsHealthyIsMet()
{
    begin({});
    QCOMPARE(m_onlooker.codes(), QString());
    const ClusterInsight &shop = m_onlooker.insight().clusters.front();
    QCOMPARE(shop.recoverability.windows.size(), std::size_t { 1 });
    QCOMPARE(shop.recoverability.windows.front().confidence, Confidence::Verified);
    QVERIFY(shop.recoverability.windows.front().open);
    QCOMPARE(shop.recoverability.points.size(), std::size_t { 6 });
    QCOMPARE(shop.standing, ClusterStanding::Met);
    QVERIFY(shop.risk.bytes && shop.risk.bytes->count < 1 << 20);
}

Fleet TestFaultsFleet::fleet() const
{
    Fleet fleet = FileMatrix::fleet();
    Source dumps;
    dumps.name = u"dumps"_s;
    dumps.kind = SourceKind::Dumps;
    dumps.clusters = { u"shop"_s };
    dumps.path = live(u"dumps"_s);
    fleet.sources.push_back(dumps);
    return fleet;
}

std::vector<Breakage> TestFaultsFleet::rows()
{
    const QString twin = u"an archive, base backups and nightly dumps"_s;
    const QString readable = twin + u", read by an account that may read them"_s;
    std::vector<Breakage> rows {
        files(u"an archive's mount is empty"_s, twin, u"source.empty"_s, { u"wal"_s }, u"rm wal/*"_s),
        files(
            u"the dumps' folder is not there"_s, twin, u"source.offline"_s, { u"dumps"_s }, u"rm -r dumps"_s),
        files(u"nothing is there at all"_s, twin, u"restore.nothing source.empty source.empty source.empty"_s,
            { u"wal"_s, u"bases"_s, u"dumps"_s }, u"rm -r wal/* bases/* dumps/*"_s),
        files(u"WAL is from the future"_s, twin, u"clock.future"_s, { u"wal"_s },
            u"touch -d '3 hours' wal/$last"_s),
        files(u"dumps are from the future"_s, twin, u"clock.future"_s, { u"dumps"_s },
            u"touch -d '3 hours' dumps/$(night 0)/*"_s),
    };
    rows.push_back(files(u"the base backups' folder is not there"_s, twin, u"source.offline"_s,
        { u"bases"_s }, u"rm -r bases"_s));
    const auto closed
        = [&](const QString &name, const QString &raises, const QString &source, const QString &harm) {
              // Of this account, which the reading one is not.
              const QString own = u"own() { chmod $1 $2; chown %1 $2; }; "_s.arg(geteuid());
              Breakage row = files(name, readable, raises, { source }, own + harm);
              row.prepare = [this] { m_onlooker.hosts = std::make_shared<PlainHosts>(); };
              row.mend = [this] {
                  m_onlooker.hosts = makeHostReaders();
                  shell(u"chmod -R u+rwX ."_s, place());
              };
              rows.push_back(row);
          };
    closed(u"a folder of dumps may not be entered"_s, u"source.denied"_s, u"dumps"_s,
        u"own 0 dumps/$(night 1)"_s);
    closed(u"the archive may not be entered"_s, u"source.access-refused"_s, u"wal"_s, u"own 0 wal"_s);
    closed(u"a segment may not be read"_s, u"(wal.gap) wal.unreadable"_s, u"wal"_s, u"own 0 wal/$s"_s);

    Breakage stopped = files(u"the dump job was silently stopped"_s, u"a nightly schedule that was kept"_s,
        u"schedule.missed"_s, { u"dumps"_s }, u"rm -r dumps/$(night 0) dumps/$(night 1) dumps/$(night 2)"_s);
    stopped.prepare = [this] {
        Schedule nightly { .name = u"nightly"_s, .kind = u"dump"_s, .when = u"daily"_s };
        nightly.form = u"calendar"_s;
        nightly.source = u"dumps"_s;
        nightly.clusters = { u"shop"_s };
        m_onlooker.fleet.schedules = { nightly };
    };
    rows.push_back(stopped);
    rows.push_back({ .name = u"nobody has said whether it is production"_s,
        .twin = twin,
        .raises = u"cluster.environment"_s,
        .harm = [this] { m_onlooker.fleet.clusters.front().environment = Environment::Unset; } });
    rows.push_back({ .name = u"a cluster is in no source's list"_s,
        .twin = twin,
        .raises = u"cluster.no-source"_s,
        .harm = [this] {
            Cluster forgotten;
            forgotten.name = u"forgotten"_s;
            forgotten.environment = Environment::Test;
            m_onlooker.fleet.clusters.push_back(forgotten);
        } });
    return rows;
}

QTEST_GUILESS_MAIN(TestFaultsFleet)
#include "tst_faults_fleet.moc"
