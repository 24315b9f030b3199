#include "ssh/sshchild.h"

#include "ssh/sshcall.h"

#include <QTimer>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

SshChild::SshChild(SshWords words, std::function<bool(const SshWords &)> ready)
    : m_words(std::move(words))
    , m_isReady(std::move(ready))
{
}

SshChild::~SshChild()
{
    if (!m_ssh)
        return;
    m_ssh->disconnect(this);
    if (m_ssh->state() == QProcess::NotRunning) {
        m_ssh->deleteLater();
        return;
    }
    // It ends by itself a moment later; waiting for it would block.
    QObject::connect(m_ssh, &QProcess::finished, m_ssh, &QObject::deleteLater);
    m_ssh->setParent(nullptr);
    m_ssh->kill();
}

qint64 SshChild::processId() const
{
    return m_ssh ? m_ssh->processId() : 0;
}

void SshChild::start(const QStringList &arguments)
{
    m_ssh = new QProcess(this);
    m_ssh->setStandardInputFile(QProcess::nullDevice());
    m_ssh->setStandardOutputFile(QProcess::nullDevice());
    m_ssh->setChildProcessModifier([parent = getpid()] { dieWithParent(parent); });
    connect(m_ssh, &QProcess::readyReadStandardError, this, &SshChild::listen);
    connect(m_ssh, &QProcess::finished, this, &SshChild::endedBy);
    connect(m_ssh, &QProcess::errorOccurred, this, &SshChild::notStarted);
    m_ssh->start(sshProgram(), arguments);
}

void SshChild::listen()
{
    m_words.hear(m_ssh->readAllStandardError());
    look();
}

void SshChild::look()
{
    if (m_isReady(m_words))
        m_opened.settle(Result<>());
}

void SshChild::endedBy()
{
    listen();
    m_ended = true;
    m_opened.settle(tl::unexpected(m_words.reason()));
}

void SshChild::notStarted(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return;
    m_ended = true;
    m_opened.settle(failure(ErrorKind::NotFound, u"ssh.missing"_s, m_ssh->errorString()));
}

QCoro::Task<Result<>> SshChild::opened(std::chrono::milliseconds timeout, std::stop_token stop)
{
    const Once<Result<>> outcome = m_opened;
    QTimer timer;
    timer.setSingleShot(true);
    connect(&timer, &QTimer::timeout, &timer, [this, outcome] {
        outcome.settle(failure(ErrorKind::Timeout, u"ssh.timeout"_s, m_words.forPeople()));
    });
    timer.start(timeout);
    // What it makes appears without a word.
    QTimer now;
    connect(&now, &QTimer::timeout, this, &SshChild::look);
    now.start(20ms);
    const std::stop_callback onStop(stop,
        [outcome] { outcome.settle(failure(ErrorKind::Cancelled, u"ssh.cancelled"_s, u"cancelled"_s)); });
    auto how = co_await outcome;
    co_return how;
}

} // namespace tidemark
