#pragma once

#include "ports/once.h"
#include "ssh/sshwords.h"

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <qcorotask.h>

#include <chrono>
#include <functional>
#include <stop_token>

namespace tidemark {

// An ssh that stays and runs nothing: the carrier of a tunnel, or of other calls. It ends with this object
// and with this program, however that ends. Main thread only.
class SshChild : public QObject
{
    Q_OBJECT

public:
    // `ready` tells from what it said, or from what it made, that it stands.
    SshChild(SshWords words, std::function<bool(const SshWords &)> ready);
    ~SshChild() override;

    void start(const QStringList &arguments);
    // Errors are "ssh.…".
    [[nodiscard]] QCoro::Task<Result<>> opened(std::chrono::milliseconds timeout, std::stop_token stop);
    [[nodiscard]] const SshWords &words() const { return m_words; }
    [[nodiscard]] bool ended() const { return m_ended; }
    [[nodiscard]] qint64 processId() const;

private:
    void listen();
    void look();
    void endedBy();
    void notStarted(QProcess::ProcessError error);

    SshWords m_words;
    std::function<bool(const SshWords &)> m_isReady;
    QProcess *m_ssh = nullptr;
    Once<Result<>> m_opened;
    bool m_ended = false;
};

} // namespace tidemark
