#include "ssh/tunnelfolder.h"
#include "support/temporaryfolder.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

// What a killed program left of its tunnels goes with the next one; what a living one has stays.
class TestTunnelFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void itIsPrivateAndGoesWithItsTunnel();
    void aKilledProgramsFolderIsRemoved();
    void aLivingProgramsFolderStays();
    void whatIsNotOursStays();

private:
    [[nodiscard]] QStringList left() const
    {
        return QDir(m_runtime->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    // Another process that makes a folder with a socket in it, tells its path and waits to be killed.
    [[nodiscard]] pid_t holder(QByteArray &path) const;

    std::unique_ptr<test::TemporaryFolder> m_runtime;
};

static bool bindAt(const QString &path)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    if (name.size() >= qsizetype(sizeof address.sun_path))
        return false;
    std::copy(name.begin(), name.end(), address.sun_path);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    return ::bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

void TestTunnelFolder::init()
{
    m_runtime = std::make_unique<test::TemporaryFolder>();
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime->path()));
}

pid_t TestTunnelFolder::holder(QByteArray &path) const
{
    int ends[2] {};
    if (::pipe(ends) != 0)
        return -1;
    const pid_t child = ::fork();
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const auto folder = TunnelFolder::make();
        const QByteArray told
            = bindAt(folder->socketFile()) ? QFile::encodeName(folder->path()) : QByteArray();
        const bool written = ::write(ends[1], told.constData(), size_t(told.size())) == told.size();
        ::close(ends[1]);
        while (written)
            ::pause();
        ::_exit(1);
    }
    ::close(ends[1]);
    char buffer[256];
    const ssize_t size = ::read(ends[0], buffer, sizeof buffer);
    ::close(ends[0]);
    path = QByteArray(buffer, std::max<ssize_t>(size, 0));
    return child;
}

void TestTunnelFolder::itIsPrivateAndGoesWithItsTunnel()
{
    auto folder = TunnelFolder::make();
    QVERIFY2(
        folder->path().startsWith(m_runtime->path() + u"/tidemark-tunnel-"_s), qPrintable(folder->path()));
    QCOMPARE(folder->socketFile(), folder->path() + u"/.s.PGSQL.5432"_s);
    constexpr auto mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    QCOMPARE(
        QFile::permissions(folder->path()) & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser), mine);
    QVERIFY(bindAt(folder->socketFile()));
    QCOMPARE(left().size(), 1);
    folder.reset();
    QCOMPARE(left(), QStringList());
    qputenv("XDG_RUNTIME_DIR", QByteArray(90, 'x'));
    folder = TunnelFolder::make();
    QVERIFY2(folder->path().startsWith(u"/tmp/tidemark-tunnel-"_s), qPrintable(folder->path()));
}

void TestTunnelFolder::aKilledProgramsFolderIsRemoved()
{
    QByteArray path;
    const pid_t child = holder(path);
    QVERIFY2(child > 0 && QFile::exists(QFile::decodeName(path)), path.constData());
    ::kill(child, SIGKILL);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    QCOMPARE(left().size(), 1);
    QVERIFY(TunnelFolder::removeAbandoned() >= 1); // of /tmp perhaps too
    QCOMPARE(left(), QStringList());
}

void TestTunnelFolder::aLivingProgramsFolderStays()
{
    QByteArray path;
    const pid_t child = holder(path);
    QVERIFY2(child > 0 && !path.isEmpty(), path.constData());
    const auto own = TunnelFolder::make();
    QVERIFY(bindAt(own->socketFile()));
    TunnelFolder::removeAbandoned();
    QCOMPARE(left().size(), 2);
    QVERIFY(QFile::exists(QFile::decodeName(path) + u"/.s.PGSQL.5432"_s));
    QVERIFY(QFile::exists(own->socketFile()));
    ::kill(child, SIGKILL);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
}

void TestTunnelFolder::whatIsNotOursStays()
{
    const QDir runtime(m_runtime->path());
    const auto make = [&](const QString &name) {
        return runtime.mkdir(name)
            && QFile::setPermissions(
                runtime.filePath(name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    };
    QVERIFY(make(u"tidemark-tunnel-full42"_s));
    QFile precious(runtime.filePath(u"tidemark-tunnel-full42/notes"_s));
    QVERIFY(precious.open(QIODevice::WriteOnly));
    QVERIFY(make(u"tidemark-tunnel-toolong"_s));
    QVERIFY(make(u"elsewhere"_s));
    QVERIFY(QFile::link(runtime.filePath(u"elsewhere"_s), runtime.filePath(u"tidemark-tunnel-link42"_s)));
    QVERIFY(runtime.mkdir(u"tidemark-tunnel-open42"_s));
    QVERIFY(QFile::setPermissions(runtime.filePath(u"tidemark-tunnel-open42"_s),
        QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther));
    const QStringList before = left();
    TunnelFolder::removeAbandoned();
    QCOMPARE(left(), before);
    QVERIFY(precious.exists());
}

QTEST_GUILESS_MAIN(TestTunnelFolder)
#include "tst_tunnelfolder.moc"
