#include "hosts/way.h"

#include "ports/turns.h"
#include "ssh/sshcall.h"
#include "ssh/sshchild.h"
#include "ssh/tunnelfolder.h"

#include <QFileInfo>
#include <QTimer>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr auto ConnectLimit = 20s;
constexpr auto IdleLimit = 120s;

class LocalWay : public Way
{
public:
    explicit LocalWay(QByteArray program)
        : m_program(std::move(program))
    {
    }
    [[nodiscard]] QCoro::Task<Result<QByteArrayList>> open(std::stop_token) override
    {
        co_return QByteArrayList { m_program, "-c" };
    }
    [[nodiscard]] std::optional<Error> broken(int, const QByteArray &) const override { return {}; }

private:
    QByteArray m_program;
};

// A master connection of our own, whose socket lies in a private folder; calls share it.
class SshWay : public Way, public std::enable_shared_from_this<SshWay>
{
public:
    explicit SshWay(QString destination)
        : m_destination(std::move(destination))
    {
        m_idle.setSingleShot(true);
        QObject::connect(&m_idle, &QTimer::timeout, &m_idle, [this] { m_master.reset(); });
    }
    [[nodiscard]] QCoro::Task<Result<QByteArrayList>> open(std::stop_token stop) override;
    [[nodiscard]] std::optional<Error> broken(int exit, const QByteArray &err) const override;

private:
    [[nodiscard]] QString socket() const { return m_folder->socketFile(); }
    [[nodiscard]] bool stands() const
    {
        return m_master && !m_master->ended() && QFileInfo::exists(socket());
    }
    void start();
    [[nodiscard]] QByteArrayList callWords() const;

    QString m_destination;
    std::unique_ptr<TunnelFolder> m_folder;
    std::unique_ptr<SshChild> m_master;
    std::shared_ptr<Queue> m_turns = std::make_shared<Queue>();
    QTimer m_idle;
};

void SshWay::start()
{
    m_master.reset();
    m_folder = TunnelFolder::make();
    const QString path = socket();
    m_master = std::make_unique<SshChild>(
        SshWords(QString()), [path](const SshWords &) { return QFileInfo::exists(path); });
    QStringList arguments { u"-v"_s, u"-N"_s, u"-o"_s, u"ControlMaster=yes"_s, u"-o"_s,
        u"ControlPath="_s + path, u"-o"_s, u"ControlPersist=no"_s, u"-o"_s, u"ClearAllForwardings=yes"_s };
    arguments += sshOptions(ConnectLimit);
    arguments << u"--"_s << m_destination;
    m_master->start(arguments);
}

// A call that finds no master must not make a connection of its own, hence the proxy that refuses.
QByteArrayList SshWay::callWords() const
{
    QStringList words { sshProgram(), u"-o"_s, u"ControlMaster=no"_s, u"-o"_s, u"ControlPath="_s + socket(),
        u"-o"_s, u"ProxyCommand=false"_s, u"-o"_s, u"LogLevel=ERROR"_s };
    words += sshOptions(ConnectLimit);
    words << u"--"_s << m_destination;
    QByteArrayList bytes;
    for (const QString &word : words)
        bytes.append(word.toUtf8());
    return bytes;
}

QCoro::Task<Result<QByteArrayList>> SshWay::open(std::stop_token stop)
{
    const auto self = shared_from_this();
    if (auto fine = checkDestination(m_destination); !fine)
        co_return tl::unexpected(std::move(fine).error());
    const auto turn = co_await takeTurn(m_turns, stop);
    if (!turn)
        co_return failure(ErrorKind::Cancelled, u"ssh.cancelled"_s, u"cancelled"_s);
    m_idle.start(IdleLimit);
    if (stands())
        co_return callWords();
    start();
    auto opened = co_await m_master->opened(ConnectLimit, stop);
    if (opened)
        co_return callWords();
    m_master.reset();
    co_return tl::unexpected(std::move(opened).error());
}

std::optional<Error> SshWay::broken(int exit, const QByteArray &err) const
{
    const bool alive = stands() && ::kill(static_cast<pid_t>(m_master->processId()), 0) == 0;
    if (exit != 255 || (alive && !err.contains("mux_client")))
        return {};
    const QString words = m_master ? m_master->words().forPeople() : QString();
    return Error { ErrorKind::Unreachable, u"ssh.lost"_s, words + QString::fromUtf8(err) };
}

} // namespace

std::shared_ptr<Way> makeLocalWay(const QByteArray &program)
{
    return std::make_shared<LocalWay>(program);
}

std::shared_ptr<Way> makeSshWay(const QString &destination)
{
    return std::make_shared<SshWay>(destination);
}

} // namespace tidemark
