#include "lab/cluster.h"
#include "log/log.h"
#include "pbs/pbs.h"
#include "postgres/postgres.h"
#include "preferences/settings.h"
#include "secrets/corefiles.h"
#include "secrets/secrets.h"
#include "standin/seedlab.h"
#include "standin/server.h"
#include "store/store.h"
#include "support/samplefacts.h"
#include "support/settle.h"
#include "support/temporaryfolder.h"
#include "traces.h"

#include <QDateTime>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>
#include <cstdlib>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

// Unlike anything else, made anew each time, from the letters and digits of base32.
QByteArray unique(int length)
{
    QByteArray text;
    for (int i = 0; i < length; ++i)
        text += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[QRandomGenerator::system()->bounded(32)];
    return text;
}

class RealClock : public Clock
{
public:
    [[nodiscard]] Instant now() const override
    {
        return Instant::fromSeconds(QDateTime::currentSecsSinceEpoch());
    }
};

void logOutcome(const char *room, const QByteArray &words)
{
    log::room(room).warning(QString::fromUtf8(words));
}

} // namespace

// Everything the program has that meets secrets, in one session: PBS with a token, with a password and a
// second factor; PostgreSQL with a password; the keychain; a password command; all with a mistake in between,
// because errors are what gets written down.
class TestLeaks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aSessionLeavesNoSecretBehind();
    void aLeakWouldBeFound_data();
    void aLeakWouldBeFound();
    void cleanupTestCase();

private:
    void useSecretStore();
    void usePbs();
    void usePostgres();
    void useTeamStore();
    void useLocalStore();
    void crash();
    Source source(const QString &name) const;
    QString home() const { return QDir::homePath(); } // the wrapper's own folder

    std::map<QString, QByteArray> m_secrets { { u"token"_s, unique(36) }, { u"pbs password"_s, unique(32) },
        { u"totp seed"_s, unique(32) }, { u"pg password"_s, unique(40) }, { u"printed"_s, unique(40) } };
    test::Traces m_traces { m_secrets };
    test::TemporaryFolder m_world; // servers and the person's own files: not written by the program
    lab::Cluster m_cluster { { .folder = m_world.filePath(u"c"_s),
        .hba = { u"local all postgres trust"_s, u"local all all scram-sha-256"_s } } };
    std::unique_ptr<standin::Server> m_server;
    std::shared_ptr<ComposedSecretStore> m_store;
};

void TestLeaks::initTestCase()
{
    const auto made = m_cluster.create();
    QVERIFY2(made, test::wordsOf(std::optional(made)).constData());
    QVERIFY(m_cluster.start());
    const QString password = QString::fromLatin1(m_secrets.at(u"pg password"_s));
    QVERIFY(
        m_cluster.psql(u"create role anna login createrole password '%1'; grant create on database postgres "
                       "to anna"_s.arg(password)));
    m_server = std::make_unique<standin::Server>(standin::Server::Options { .haste = 0, .stepMs = 0 });
    QVERIFY(m_server->start());
    const standin::LabSecrets lab { m_secrets.at(u"token"_s), m_secrets.at(u"pbs password"_s),
        m_secrets.at(u"totp seed"_s) };
    standin::seedLab(m_server->state(), lab, m_server->site().now());
    QFile printed(m_world.filePath(u"printed"_s));
    QVERIFY(printed.open(QIODevice::WriteOnly));
    printed.write(m_secrets.at(u"printed"_s));
}

Source TestLeaks::source(const QString &name) const
{
    Source source;
    source.name = name;
    source.kind = SourceKind::Pbs;
    source.url = m_server->url();
    source.fingerprint = m_server->fingerprint();
    return source;
}

void TestLeaks::useSecretStore()
{
    for (const auto &[name, secret] : m_secrets)
        QCOMPARE(test::wordsOf(test::settle(m_store->write(name, Secret(secret), {}))), "ok");
    const auto printed = test::settle(m_store->fromCommand(u"cat "_s + m_world.filePath(u"printed"_s), {}));
    QVERIFY(printed && *printed);
    QCOMPARE((*printed)->reveal(), m_secrets.at(u"printed"_s));
    const QString grumble = u"sh -c 'cat %1; cat %1 >&2; exit 1'"_s.arg(m_world.filePath(u"printed"_s));
    const QByteArray words = test::wordsOf(test::settle(m_store->fromCommand(grumble, {})));
    QCOMPARE(words, "secrets.command-failed: ended with 1: ***");
    logOutcome("secrets", words);
}

void TestLeaks::usePbs()
{
    const PbsAdapters adapters(m_store);
    const auto probe = adapters.probe();
    Source token = source(u"by token"_s);
    token.tokenId = standin::LabTokenId;
    token.secret = u"token"_s;
    Source person = source(u"by password"_s);
    person.user = u"dba@pbs"_s;
    person.secret = u"pbs password"_s;
    person.totpSecret = u"totp seed"_s;
    Source renewed = source(u"renewed"_s); // without a second factor, whose next code would be 30 s away
    renewed.user = u"admin@pbs"_s;
    renewed.secret = u"pbs password"_s;
    Source mistaken = person;
    mistaken.secret = u"token"_s;
    for (const Source &one : { token, person, renewed, mistaken }) {
        const auto facts = test::settle(probe->probe(one, std::nullopt, {}));
        logOutcome("pbs", test::wordsOf(facts));
        QCOMPARE(facts && *facts, one != mistaken);
    }
    m_server->expireTickets();
    QCOMPARE(test::wordsOf(test::settle(probe->probe(renewed, std::nullopt, {}))), "ok");
}

// The console's own sessions: the password by its name, a wrong one, a given one, and one in an address that
// cannot be read.
void TestLeaks::usePostgres()
{
    const auto probe = makePostgresProbe(makePostgresConnector(m_store), std::make_shared<RealClock>());
    ConnectSpec right;
    right.host = m_cluster.socketFolder();
    right.port = m_cluster.port();
    right.database = u"postgres"_s;
    right.user = u"anna"_s;
    right.secret = u"pg password"_s;
    ConnectSpec mistaken = right;
    mistaken.secret = u"token"_s;
    ConnectSpec unreadable;
    unreadable.uri
        = u"postgresql://anna:%1@[::1/postgres"_s.arg(QString::fromLatin1(m_secrets.at(u"pg password"_s)));
    const std::optional<Secret> given(m_secrets.at(u"pg password"_s));
    const auto ask = [&](const ConnectSpec &spec, const std::optional<Secret> &password) {
        const QByteArray words = test::wordsOf(test::settle(probe->probe(spec, std::nullopt, password, {})));
        logOutcome("postgres", words);
        return words.split(':').front();
    };
    QCOMPARE(ask(right, std::nullopt), "ok");
    QCOMPARE(ask(mistaken, std::nullopt), "pg.password");
    QCOMPARE(ask(mistaken, given), "ok");
    QCOMPARE(ask(unreadable, std::nullopt), "pg.uri");
}

void TestLeaks::useTeamStore()
{
    PostgresTarget target { .host = m_cluster.socketFolder(),
        .port = m_cluster.port(),
        .database = u"postgres"_s,
        .user = u"anna"_s,
        .password = Secret(m_secrets.at(u"pg password"_s)) };
    const auto opened = test::settle(makePostgresStore(target, {}));
    QCOMPARE(test::wordsOf(opened), "ok");
    const auto kept = test::settle((*opened)->store->keep(u"f"_s, u"a"_s, test::sampleServer(), {}));
    QVERIFY(kept && *kept);
    target.password = Secret(m_secrets.at(u"token"_s));
    const QByteArray refused = test::wordsOf(test::settle(makePostgresStore(target, {})));
    QVERIFY2(refused.startsWith("store.denied"), refused.constData());
    logOutcome("store", refused);
    // What a careless library might say.
    logOutcome("pg", "connecting with host=a password=" + m_secrets.at(u"pg password"_s));
    qWarning("postgresql://anna:%s@host/", m_secrets.at(u"pg password"_s).constData());
}

// A child with all that is in memory now, and every right to a core file; none is left to be searched.
void TestLeaks::crash()
{
    const QByteArray folder = QFile::encodeName(home());
    const pid_t child = ::fork();
    if (child == 0) {
        rlimit limit {};
        ::getrlimit(RLIMIT_CORE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_CORE, &limit);
        forbidCoreFiles();
        ::signal(SIGABRT, SIG_DFL); // not the test's own report of a crash
        if (::chdir(folder.constData()) == 0)
            std::abort();
        ::_exit(1);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status) && !WCOREDUMP(status));
}

void TestLeaks::useLocalStore()
{
    const auto opened = test::settle(makeSqliteStore(home() + u"/data/tidemark"_s, {}));
    QCOMPARE(test::wordsOf(opened), "ok");
    const auto server = test::settle((*opened)->store->keep(u"f"_s, u"a"_s, test::sampleServer(), {}));
    QVERIFY(server && *server && **server);
    // With the -wal still there.
    QCOMPARE(m_traces.below(home()), QStringList());
}

void TestLeaks::aSessionLeavesNoSecretBehind()
{
    const test::ProcessWatch watch(m_traces);
    QCOMPARE(log::start({ .levels = u"debug"_s }), QString());
    {
        const auto preferences = makeSettingsPreferences();
        preferences.preferences->setText(u"secret/name"_s, u"pg password"_s);
        m_store = makeComposedSecretStore(
            { .session = makeSessionSecretStore(), .keychain = makeKeychainSecretStore() });
        useSecretStore();
        usePbs();
        usePostgres();
        useTeamStore();
        useLocalStore();
        crash();
        m_store.reset();
    }
    log::stop();
    QTRY_VERIFY(watch.looks() > 3);
    QCOMPARE(watch.found(), QStringList());
    QCOMPARE(m_traces.below(home()), QStringList());
    for (const QString &file :
        { u"state/tidemark/tidemark.log"_s, u"data/tidemark/store.db"_s, u"config/tidemark/tidemark.ini"_s })
        QVERIFY2(QFileInfo(home() + u'/' + file).size() > 0, qPrintable(file));
}

void TestLeaks::aLeakWouldBeFound_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("log") << u"log"_s << QStringList { u"state/tidemark/tidemark.log: token"_s };
    QTest::newRow("preferences") << u"preferences"_s
                                 << QStringList { u"config/tidemark/tidemark.ini: token"_s };
    QTest::newRow("store") << u"store"_s << QStringList { u"data/tidemark/store.db-wal: token"_s };
    QTest::newRow("base64 in an export") << u"export"_s << QStringList { u"out.md: token in base64 (1)"_s };
    QTest::newRow("argument") << u"argument"_s << QStringList { u"command line: token"_s };
    QTest::newRow("environment") << u"environment"_s << QStringList { u"environment: token"_s };
}

void TestLeaks::aLeakWouldBeFound()
{
    QFETCH(QString, way);
    QFETCH(QStringList, found);
    const QByteArray secret = m_secrets.at(u"token"_s);
    const QString text = QString::fromLatin1(secret);
    QDir(home() + u"/state"_s).removeRecursively();
    QDir(home() + u"/config"_s).removeRecursively();
    const test::ProcessWatch watch(m_traces);
    QStringList written;
    if (way == u"log"_s) {
        QCOMPARE(log::start(), QString());
        log::room("pbs").info(u"the token is "_s + text);
        log::stop();
    } else if (way == u"preferences"_s) {
        makeSettingsPreferences().preferences->setText(u"x"_s, text);
    } else if (way == u"store"_s) {
        const auto opened = test::settle(makeSqliteStore(home() + u"/data/tidemark"_s, {}));
        QCOMPARE(test::wordsOf(opened), "ok");
        ServerFacts facts = test::sampleServer(1'800'000'000);
        facts.archiveCommand = text;
        QVERIFY(test::settle((*opened)->store->keep(u"f"_s, u"a"_s, facts, {})));
        written = m_traces.below(home());
    } else if (way == u"export"_s) {
        QFile out(home() + u"/out.md"_s);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write((":" + secret).toBase64());
    } else {
        QProcess child;
        QProcessEnvironment environment;
        environment.insert(u"X"_s, way == u"environment"_s ? text : QString());
        child.setProcessEnvironment(environment);
        child.start(u"/bin/sh"_s, { u"-c"_s, u"read x"_s, way == u"argument"_s ? text : QString() });
        QTRY_COMPARE(watch.found(), found);
        child.closeWriteChannel();
        QVERIFY(child.waitForFinished());
    }
    QCOMPARE(written.isEmpty() ? m_traces.below(home()) + watch.found() : written, found);
    QDir(home() + u"/data/tidemark"_s).removeRecursively();
    QFile::remove(home() + u"/out.md"_s);
}

void TestLeaks::cleanupTestCase()
{
    m_server.reset();
}

QTEST_GUILESS_MAIN(TestLeaks)
#include "tst_leaks.moc"
