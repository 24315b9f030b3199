#include "sources/registry.h"
#include "support/memoryhost.h"
#include "support/settle.h"
#include "support/testclock.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

class NotedHosts : public HostReaders
{
public:
    std::shared_ptr<HostReader> of(const Host &host) override
    {
        asked.append(host.name + u'@' + host.ssh);
        return std::make_shared<test::MemoryHost>(std::make_shared<test::MemoryMachine>());
    }
    QStringList asked;
};

} // namespace

class TestRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSourceIsReadOnItsHost_data();
    void aSourceIsReadOnItsHost();
    void aSourceOnAHostTheFleetDoesNotHaveIsRefused_data() { kinds(); }
    void aSourceOnAHostTheFleetDoesNotHaveIsRefused();

private:
    static void kinds();
    [[nodiscard]] std::shared_ptr<BackupSource> make(const Source &source) const
    {
        const Fleet fleet { .hosts = { { .name = u"vault"_s, .ssh = u"root@vault"_s } } };
        return makeSource(
            source, fleet, { m_hosts, nullptr, std::make_shared<test::TestClock>(Instant::fromSeconds(1)) });
    }

    std::shared_ptr<NotedHosts> m_hosts = std::make_shared<NotedHosts>();
};

void TestRegistry::kinds()
{
    QTest::addColumn<SourceKind>("kind");
    QTest::newRow("pgbackrest") << SourceKind::PgBackRest;
    QTest::newRow("barman") << SourceKind::Barman;
    QTest::newRow("base backups") << SourceKind::BaseBackups;
    QTest::newRow("dumps") << SourceKind::Dumps;
    QTest::newRow("WAL archive") << SourceKind::WalArchive;
}

void TestRegistry::aSourceIsReadOnItsHost_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("asked");
    QTest::newRow("this machine") << QString() << u"@"_s;
    QTest::newRow("another one") << u"vault"_s << u"vault@root@vault"_s;
}

void TestRegistry::aSourceIsReadOnItsHost()
{
    QFETCH(QString, host);
    m_hosts->asked.clear();
    const auto source
        = make({ .name = u"dumps"_s, .kind = SourceKind::Dumps, .host = host, .path = u"/d"_s });
    QVERIFY(source);
    QTEST(m_hosts->asked.join(u' '), "asked");
}

void TestRegistry::aSourceOnAHostTheFleetDoesNotHaveIsRefused()
{
    QFETCH(SourceKind, kind);
    m_hosts->asked.clear();
    const auto source = make(
        { .name = u"nightly"_s, .kind = kind, .host = u"valut"_s, .path = u"/d"_s, .stanza = u"main"_s });
    QVERIFY(source);
    QCOMPARE(source->name(), u"nightly"_s);
    const auto scan = test::settle(source->scan({}, {}));
    QVERIFY(scan && !*scan);
    QCOMPARE(scan->error().code, u"fleet.no-host"_s);
    QCOMPARE(scan->error().kind, ErrorKind::Invalid);
    QCOMPARE(scan->error().detail,
        u"the source \"nightly\" is on the host \"valut\", which the fleet file does not have: "
        "add it to hosts, or correct the name"_s);
    QCOMPARE(m_hosts->asked, QStringList()); // this machine is not looked into instead
}

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
