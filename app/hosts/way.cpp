#include "hosts/way.h"

#include "ports/sleep.h"
#include "ports/turns.h"
#include "ssh/sshcall.h"
#include "ssh/sshchild.h"
#include "ssh/tunnelfolder.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr auto ConnectLimit = 20s;
constexpr auto IdleLimit = 120s;
constexpr auto LastMoment = 1s;

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
    [[nodiscard]] QCoro::Task<std::optional<Error>> broken(int, QByteArray) override
    {
        co_return std::nullopt;
    }

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
    [[nodiscard]] QCoro::Task<std::optional<Error>> broken(int exit, QByteArray err) override;

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

// A call hears that the connection is lost a moment before the connection's own process ends. A program that
// ended with 255 by itself costs that moment.
QCoro::Task<std::optional<Error>> SshWay::broken(int exit, QByteArray err)
{
    const auto self = shared_from_this();
    if (exit != 255)
        co_return std::nullopt;
    const QPointer<SshChild> carrier(m_master.get());
    const bool refused = err.contains("mux_client");
    const QDeadlineTimer moment(LastMoment);
    const std::stop_token nobody;
    while (!refused && carrier && !carrier->ended() && !moment.hasExpired())
        static_cast<void>(co_await sleepOr(20ms, nobody));
    if (!refused && carrier && !carrier->ended())
        co_return std::nullopt;
    const QString words = carrier ? carrier->words().forPeople() : QString();
    co_return Error { ErrorKind::Unreachable, u"ssh.lost"_s, words + QString::fromUtf8(err) };
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
