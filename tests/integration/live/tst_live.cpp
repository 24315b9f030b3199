#include "hosts/hosts.h"
#include "monitor/cataloguemonitor.h"
#include "pbs/pbs.h"
#include "secrets/secrets.h"
#include "sources/registry.h"
#include "store/store.h"
#include "support/loopgap.h"
#include "support/settle.h"
#include "support/sshserver.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace std::chrono_literals;

namespace {

class SystemClock : public Clock
{
public:
    Instant now() const override
    {
        return Instant::fromMicroseconds(QDateTime::currentMSecsSinceEpoch() * 1000);
    }
};

// Takes every connection and never says a word.
class SilentPort
{
public:
    SilentPort() { m_server.listen(QHostAddress::LocalHost); }
    [[nodiscard]] int port() const { return m_server.serverPort(); }
    [[nodiscard]] bool wasTried() const { return m_server.hasPendingConnections(); }

private:
    QTcpServer m_server;
};

// Writes down when each source was asked, and hands on.
class Watched : public BackupSource
{
public:
    Watched(std::shared_ptr<BackupSource> inner, std::vector<Instant> &asked)
        : m_inner(std::move(inner))
        , m_asked(asked)
    {
    }
    QString name() const override { return m_inner->name(); }
    Capabilities capabilities() const override { return m_inner->capabilities(); }
    QCoro::Task<Result<Scan>> scan(Known known, std::stop_token stop) override
    {
        m_asked.push_back(SystemClock().now());
        return m_inner->scan(std::move(known), std::move(stop));
    }

private:
    std::shared_ptr<BackupSource> m_inner;
    std::vector<Instant> &m_asked;
};

std::shared_ptr<SecretStore> secretsWith(const QString &name)
{
    auto store = makeSessionSecretStore();
    const Secret secret(QByteArray("s3cret"));
    [[maybe_unused]] const auto kept = test::settle(store->write(name, secret, {}));
    return store;
}

QString print(const SourceWatch &source)
{
    return u"%1 %2 %3"_s.arg(source.reading.source, source.reading.readAt ? u"read"_s : u"never read"_s,
        source.reading.error ? source.reading.error->code : u"-"_s);
}

} // namespace

// Real adapters against a backup server and an SSH host that take the connection and never answer, beside
// folders of this machine.
class TestLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aHangingSourceHoldsUpNobody();

private:
    [[nodiscard]] Fleet fleet();
    [[nodiscard]] CatalogueMonitor::Parts parts();
    [[nodiscard]] QString source(const CatalogueMonitor &monitor, const QString &name) const
    {
        const SourceWatch *found = monitor.knowledge()->source(name);
        return found ? print(*found) : u"none"_s;
    }

    test::TemporaryFolder m_folder;
    SilentPort m_pbs;
    std::unique_ptr<SilentPort> m_ssh = std::make_unique<SilentPort>();
    std::unique_ptr<test::SshClient> m_client;
    std::shared_ptr<HostReaders> m_hosts;
    std::unique_ptr<PbsAdapters> m_adapters;
    std::shared_ptr<Clock> m_clock = std::make_shared<SystemClock>();
    std::shared_ptr<Catalogue> m_catalogue;
    std::map<QString, std::vector<Instant>> m_asked;
};

void TestLive::initTestCase()
{
    m_client = std::make_unique<test::SshClient>(m_folder.filePath(u"client"_s));
    m_client->addHost(u"far"_s, m_ssh->port(), { u"HostKeyAlias far"_s });
    qputenv("TIDEMARK_SSH_CONFIG", m_client->configFile().toUtf8());
    m_hosts = makeHostReaders();
    m_adapters = std::make_unique<PbsAdapters>(secretsWith(u"pbs"_s));
    const auto opened = test::settle(makeMemoryStore({}));
    QVERIFY(opened && *opened);
    m_catalogue = (*opened)->catalogue;
    for (const QString &name : { u"wal"_s, u"dumps"_s })
        QVERIFY(QDir(m_folder.path()).mkpath(name));
}

Fleet TestLive::fleet()
{
    Fleet made { .name = u"harbour"_s };
    made.hosts = { { .name = u"far"_s } };
    made.hosts.front().ssh = u"far"_s;
    Source wal { .name = u"wal"_s, .kind = SourceKind::WalArchive };
    wal.path = m_folder.filePath(u"wal"_s);
    Source dumps { .name = u"dumps"_s, .kind = SourceKind::Dumps };
    dumps.path = m_folder.filePath(u"dumps"_s);
    Source far = wal;
    far.name = u"far"_s;
    far.host = u"far"_s;
    Source pbs { .name = u"pbs"_s, .kind = SourceKind::Pbs };
    pbs.url = u"https://127.0.0.1:%1"_s.arg(m_pbs.port());
    pbs.fingerprint = QStringList(32, u"aa"_s).join(u':');
    pbs.user = u"a@pbs"_s;
    pbs.secret = u"pbs"_s;
    made.sources = { wal, dumps, far, pbs };
    return made;
}

CatalogueMonitor::Parts TestLive::parts()
{
    CatalogueMonitor::Parts made;
    made.makeSource = [this](const Source &about, const Fleet &of) -> std::shared_ptr<BackupSource> {
        const SourceParts all { m_hosts, m_adapters->reader(), m_clock };
        return std::make_shared<Watched>(makeSource(about, of, all), m_asked[about.name]);
    };
    made.catalogue = m_catalogue;
    made.clock = m_clock;
    made.interval = [](const Source &of, const Fleet &) { return of.kind == SourceKind::Dumps ? 2s : 1s; };
    return made;
}

void TestLive::aHangingSourceHoldsUpNobody()
{
    CatalogueMonitor monitor(parts());
    test::LoopGap gap;
    monitor.follow(fleet());
    // While both hang: nobody waits, and it is seen that they were asked.
    QTRY_VERIFY_WITH_TIMEOUT(m_asked[u"wal"_s].size() >= 8, 30'000);
    QVERIFY(m_ssh->wasTried());
    QVERIFY(m_pbs.wasTried());
    QCOMPARE(source(monitor, u"wal"_s), u"wal read -"_s);
    QCOMPARE(source(monitor, u"dumps"_s), u"dumps read -"_s);
    QCOMPARE(source(monitor, u"far"_s), u"far never read -"_s);
    QVERIFY(monitor.knowledge()->source(u"far"_s)->askedAt);
    QCOMPARE(m_asked[u"far"_s].size(), 1U);

    // Each keeps its own interval: one second and two; a coarse timer may come five percent early.
    const auto rate = [this](const QString &name) {
        const auto &times = m_asked[name];
        const auto span = times.back() - times.front();
        return double(span.count()) / 1e6 / double(times.size() - 1);
    };
    QVERIFY2(rate(u"wal"_s) > 0.94 && rate(u"wal"_s) < 1.9, qPrintable(QString::number(rate(u"wal"_s))));
    QVERIFY2(rate(u"dumps"_s) > 1.89 && rate(u"dumps"_s) < 3, qPrintable(QString::number(rate(u"dumps"_s))));

    // The reason is told once the limit has passed, and the rest went on meanwhile.
    const std::size_t before = m_asked[u"wal"_s].size();
    QTRY_VERIFY_WITH_TIMEOUT(monitor.knowledge()->source(u"far"_s)->reading.error, 40'000);
    QCOMPARE(source(monitor, u"far"_s), u"far never read ssh.timeout"_s);
    QVERIFY(monitor.knowledge()->source(u"far"_s)->nextTry);
    QVERIFY(m_asked[u"wal"_s].size() > before + 3);
    QTRY_VERIFY_WITH_TIMEOUT(monitor.knowledge()->source(u"pbs"_s)->reading.error, 120'000);
    QCOMPARE(source(monitor, u"pbs"_s), u"pbs never read pbs.timeout"_s);
    QVERIFY2(gap.longest() < 16, qPrintable(QString::number(gap.longest())));

    // A host that answers again is read again, by itself.
    test::SshServer server(m_folder.filePath(u"sshd"_s), m_client->publicKeyFile());
    QVERIFY(QTest::qWaitFor([&] { return server.answers(); }, 10'000));
    m_client->know(u"far"_s, server.publicKey());
    QFile config(m_client->configFile());
    QVERIFY(config.open(QIODevice::ReadWrite));
    QByteArray text = config.readAll();
    text.replace(QByteArray::number(m_ssh->port()), QByteArray::number(server.port()));
    config.resize(0);
    config.write(text);
    config.close();
    m_ssh.reset();
    QTRY_COMPARE_WITH_TIMEOUT(source(monitor, u"far"_s), u"far read -"_s, 120'000);
    QVERIFY(!monitor.knowledge()->source(u"far"_s)->nextTry);
}

QTEST_GUILESS_MAIN(TestLive)
#include "tst_live.moc"
