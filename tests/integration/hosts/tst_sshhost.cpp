#include "fleet/fleet.h"
#include "hostreadercontract.h"
#include "hosts/hosts.h"
#include "hosts/shellreader.h"
#include "lab/cluster.h"
#include "lab/unprivileged.h"
#include "ports/taskscope.h"
#include "support/sshserver.h"

#include <QElapsedTimer>
#include <QTcpServer>

using namespace Qt::StringLiterals;
using namespace tidemark;

// The contract over a real sshd, and what can go wrong on the way.
class TestSshHost : public test::HostReaderContract
{
    Q_OBJECT

protected:
    std::shared_ptr<HostReader> make() override { return m_readers->of(host(u"gate"_s)); }
    bool almighty() const override { return false; }

private Q_SLOTS:
    void initTestCase();
    void hostsAreSharedAndKept();
    void oneConnectionCarriesAll();
    void throughAJumpHost();
    void aConfigurationMeantForShellsDoesNotHurt();
    void anotherAccountThroughSudo();
    void failuresHaveCodes_data();
    void failuresHaveCodes();
    void aBrokenConnectionIsToldAndMadeAnew();
    void aSilentServerStopsAtOnce();
    void withoutGnuFindTheSameIsListed();
    void nothingStaysBehind();

private:
    static Host host(const QString &ssh, const QString &runAs = {})
    {
        Host host;
        host.name = ssh;
        host.ssh = ssh;
        host.runAs = runAs;
        return host;
    }
    QString whoAmI(const std::shared_ptr<HostReader> &reader)
    {
        const HostCommand command { { u"id"_s, u"-un"_s } };
        const auto output = test::settle(reader->run(command, {}), std::chrono::seconds(30));
        if (!output || !*output)
            return QString::fromUtf8(test::wordsOf(output));
        return QString::fromUtf8((*output)->out + (*output)->err).trimmed();
    }
    static QByteArray codeOf(const QByteArray &words) { return words.split(':').first(); }
    static qsizetype sshs()
    {
        qsizetype count = 0;
        for (const qint64 one : test::processTree(QCoreApplication::applicationPid())) {
            QFile words(u"/proc/%1/cmdline"_s.arg(one));
            if (words.open(QIODevice::ReadOnly) && words.readAll().contains("ControlMaster=yes"))
                ++count;
        }
        return count;
    }
    void tool(const QString &name, const QByteArray &script)
    {
        QFile file(m_tools.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(script);
        file.close();
        QVERIFY(file.setPermissions(QFile::Permissions(0x7555)));
    }

    test::TemporaryFolder m_folder;
    test::TemporaryFolder m_tools;
    std::unique_ptr<test::SshClient> m_client;
    std::unique_ptr<test::SshServer> m_ssh;
    std::unique_ptr<test::SshServer> m_second;
    std::unique_ptr<test::SshServer> m_odd;
    std::shared_ptr<HostReaders> m_readers = makeHostReaders();
};

void TestSshHost::initTestCase()
{
    m_client = std::make_unique<test::SshClient>(m_folder.filePath(u"client"_s));
    const QString key = m_client->publicKeyFile();
    tool(u"find"_s,
        "#!/bin/sh\ncase \"$*\" in *-printf*) echo 'find: unknown primary -printf' >&2; exit 1;; esac\n"
        "exec /usr/bin/find \"$@\"\n");
    tool(u"sudo"_s,
        "#!/bin/sh\n[ \"$1 $2\" = '-n -u' ] || exit 9\ncase $3 in\n"
        "  helper) shift 4; DONE_BY_SUDO=1 exec \"$@\";;\n"
        "  *) echo 'sudo: a password is required' >&2; exit 1;;\nesac\n");
    m_ssh = std::make_unique<test::SshServer>(m_folder.filePath(u"sshd"_s), key);
    m_second = std::make_unique<test::SshServer>(m_folder.filePath(u"sshd2"_s), key);
    m_odd = std::make_unique<test::SshServer>(m_folder.filePath(u"sshd3"_s), key,
        QStringList { u"SetEnv PATH=%1:/usr/bin:/bin"_s.arg(m_tools.path()) });
    QTRY_VERIFY2_WITH_TIMEOUT(
        m_ssh->answers() && m_second->answers() && m_odd->answers(), m_ssh->words().constData(), 10'000);
    const auto alias = [](const QString &name) { return QStringList { u"HostKeyAlias "_s + name }; };
    m_client->know(u"gate"_s, m_ssh->publicKey());
    m_client->know(u"noisy"_s, m_ssh->publicKey());
    m_client->know(u"behind"_s, m_second->publicKey());
    m_client->know(u"odd"_s, m_odd->publicKey());
    m_client->know(u"changed"_s, m_second->publicKey());
    m_client->addHost(u"gate"_s, m_ssh->port(), alias(u"gate"_s));
    m_client->addHost(u"odd"_s, m_odd->port(), alias(u"odd"_s));
    m_client->addHost(
        u"behind"_s, m_second->port(), alias(u"behind"_s) + QStringList { u"ProxyJump gate"_s });
    m_client->addHost(u"noisy"_s, m_ssh->port(),
        alias(u"noisy"_s)
            + QStringList { u"RemoteCommand echo hello"_s, u"PermitLocalCommand yes"_s,
                u"LocalCommand touch %1/ran"_s.arg(m_folder.path()), u"RequestTTY force"_s,
                u"ControlMaster auto"_s, u"ControlPath %1/mux"_s.arg(m_folder.path()),
                u"ControlPersist yes"_s, u"LogLevel DEBUG3"_s });
    m_client->addHost(u"stranger"_s, m_ssh->port(), alias(u"stranger"_s));
    m_client->addHost(u"changed"_s, m_ssh->port(), alias(u"changed"_s));
    m_client->addHost(
        u"nokey"_s, m_ssh->port(), alias(u"gate"_s) + QStringList { u"PubkeyAuthentication no"_s });
    m_client->addHost(u"closed"_s, lab::freePort(), alias(u"gate"_s));
    m_client->addHost(
        u"nowhere"_s, 22, alias(u"gate"_s) + QStringList { u"HostName no-such-host.invalid"_s });
    qputenv("TIDEMARK_SSH_CONFIG", m_client->configFile().toUtf8());
}

void TestSshHost::hostsAreSharedAndKept()
{
    QCOMPARE(m_readers->of(host(u"gate"_s)), reader());
    QCOMPARE(reader()->name(), u"gate"_s);
    QVERIFY(m_readers->of(host(u"gate"_s, u"postgres"_s)) != reader());
    QCOMPARE(m_readers->of({})->name(), QString());
    QCOMPARE(m_readers->of({}), m_readers->of(Host()));
}

void TestSshHost::oneConnectionCarriesAll()
{
    const auto account = lab::accountToDropTo();
    const QString login = account ? account->name : qEnvironmentVariable("USER");
    std::vector<QString> said;
    TaskScope scope;
    for (int i = 0; i < 12; ++i) {
        const HostCommand command { { u"id"_s, u"-un"_s } };
        scope.start(reader()->run(command, {}), [&](Result<HostOutput> output) {
            said.push_back(output ? QString::fromUtf8(output->out.trimmed()) : output.error().code);
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), std::size_t(12), 20'000);
    QCOMPARE(said, std::vector<QString>(12, login));
    QCOMPARE(sshs(), 1);
}

void TestSshHost::throughAJumpHost()
{
    const auto behind = m_readers->of(host(u"behind"_s));
    QCOMPARE(whoAmI(behind), whoAmI(reader()));
}

void TestSshHost::aConfigurationMeantForShellsDoesNotHurt()
{
    const auto noisy = m_readers->of(host(u"noisy"_s));
    QCOMPARE(whoAmI(noisy), whoAmI(reader()));
    QVERIFY(!QFile::exists(m_folder.filePath(u"ran"_s)) && !QFile::exists(m_folder.filePath(u"mux"_s)));
}

void TestSshHost::anotherAccountThroughSudo()
{
    const auto helper = m_readers->of(host(u"odd"_s, u"helper"_s));
    const HostCommand command { { u"sh"_s, u"-c"_s, u"pwd; echo $DONE_BY_SUDO"_s } };
    const auto output = test::settle(helper->run(command, {}));
    QVERIFY2(output && *output, test::wordsOf(output).constData());
    QCOMPARE((*output)->out, QByteArray("/\n1\n"));
    write("f", "through sudo");
    QCOMPARE(
        (test::settle(helper->read(path("f"), 0, 100, {}))->value_or("error")), QByteArray("through sudo"));
    const auto refused = m_readers->of(host(u"odd"_s, u"it's $(me)"_s));
    QCOMPARE(codeOf(whoAmI(refused).toUtf8()), QByteArray("host.sudo"));
    const HostListing listing { path("") };
    const auto list = test::settle(refused->list(listing, [](const auto &) {}, {}));
    QCOMPARE(codeOf(test::wordsOf(list)), QByteArray("host.sudo"));
}

void TestSshHost::failuresHaveCodes_data()
{
    QTest::addColumn<QString>("ssh");
    QTest::addColumn<QString>("code");
    QTest::newRow("an unknown host key") << u"stranger"_s << u"ssh.host-key-unknown"_s;
    QTest::newRow("another host key than before") << u"changed"_s << u"ssh.host-key-changed"_s;
    QTest::newRow("no key of ours") << u"nokey"_s << u"ssh.auth"_s;
    QTest::newRow("nobody listens") << u"closed"_s << u"ssh.refused"_s;
    QTest::newRow("no such name") << u"nowhere"_s << u"ssh.name"_s;
    QTest::newRow("an option") << u"-oProxyCommand=touch /tmp/owned"_s << u"ssh.destination"_s;
}

void TestSshHost::failuresHaveCodes()
{
    QFETCH(QString, ssh);
    QTEST(QString::fromUtf8(codeOf(whoAmI(m_readers->of(host(ssh))).toUtf8())), "code");
}

void TestSshHost::aBrokenConnectionIsToldAndMadeAnew()
{
    auto doomed
        = std::make_unique<test::SshServer>(m_folder.filePath(u"doomed"_s), m_client->publicKeyFile());
    QTRY_VERIFY(doomed->answers());
    m_client->know(u"doomed"_s, doomed->publicKey());
    m_client->addHost(u"doomed"_s, doomed->port(), { u"HostKeyAlias doomed"_s });
    const auto reader = m_readers->of(host(u"doomed"_s));
    QVERIFY(!whoAmI(reader).contains(u':'));
    QTimer::singleShot(300, this, [&] { doomed->killWholly(); });
    const HostCommand command { { u"sleep"_s, u"60"_s } };
    const auto broken = test::settle(reader->run(command, {}), std::chrono::seconds(20));
    QCOMPARE(codeOf(test::wordsOf(broken)), QByteArray("ssh.lost"));
    QCOMPARE(codeOf(whoAmI(reader).toUtf8()), QByteArray("ssh.refused"));
    doomed = std::make_unique<test::SshServer>(m_folder.filePath(u"again"_s), m_client->publicKeyFile());
    QTRY_VERIFY(doomed->answers());
    m_client->know(u"again"_s, doomed->publicKey());
    m_client->addHost(u"again"_s, doomed->port(), { u"HostKeyAlias again"_s });
    QVERIFY(!whoAmI(m_readers->of(host(u"again"_s))).contains(u':'));
}

void TestSshHost::aSilentServerStopsAtOnce()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    m_client->addHost(u"silent"_s, silent.serverPort());
    std::stop_source source;
    QTimer::singleShot(200, this, [&] { source.request_stop(); });
    QElapsedTimer taken;
    taken.start();
    const HostCommand command { { u"id"_s } };
    const auto stopped = test::settle(m_readers->of(host(u"silent"_s))->run(command, source.get_token()));
    QVERIFY(stopped && !*stopped);
    QCOMPARE(stopped->error().kind, ErrorKind::Cancelled);
    QVERIFY(taken.elapsed() < 3000);
}

void TestSshHost::withoutGnuFindTheSameIsListed()
{
    for (const QByteArray &name : test::hostileFileNames()) {
        makeFolder(name);
        write(name + '/' + name, name);
    }
    makeFolder("skip me");
    write("skip me/not seen", "x");
    makeFolder("closed");
    QCOMPARE(chmod(path("closed").constData(), 0), 0);
    const auto odd = m_readers->of(host(u"odd"_s));
    for (const HostListing &listing : { HostListing { path("") }, HostListing { path(""), 2, { "skip me" } },
             HostListing { path(""), 0, { "skip me" } } }) {
        QByteArrayList lines;
        const auto take = [&](const std::vector<HostEntry> &entries) {
            for (const HostEntry &entry : entries)
                lines += line(entry);
        };
        const auto closed = test::settle(odd->list(listing, take, {}));
        QVERIFY2(closed && *closed, test::wordsOf(closed).constData());
        std::ranges::sort(lines);
        for (const QByteArray &folder : **closed)
            lines += "! " + folder;
        QCOMPARE(lines, listed(listing));
    }
}

void TestSshHost::nothingStaysBehind()
{
    QVERIFY(sshs() > 0);
    m_readers = makeHostReaders();
    forgetReader();
    QTRY_COMPARE(sshs(), 0);
}

QTEST_GUILESS_MAIN(TestSshHost)
#include "tst_sshhost.moc"
