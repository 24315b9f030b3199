#pragma once

#include "values/error.h"

#include <QStringList>

#include <optional>

namespace tidemark {

// What ssh said on its standard error, in order. With -v it tells how far it is; those lines are not for
// people.
class SshWords
{
public:
    // `forward`: how ssh names our own end of a tunnel, "127.0.0.1:40001" or a socket's path; empty: none.
    explicit SshWords(QString forward);
    void hear(const QByteArray &bytes);

    // Our own end listens. A jump host's ssh speaks on the same stream; only what comes after the line about
    // our own end counts.
    [[nodiscard]] bool ready() const { return m_ready; }
    // Why ssh ended, or why it could not.
    [[nodiscard]] Error reason() const;
    // The far end would not pass our connection on, though the tunnel stands.
    [[nodiscard]] std::optional<Error> refusal() const;
    [[nodiscard]] QString forPeople() const { return m_lines.join(u'\n'); }

private:
    void take(const QString &line);
    [[nodiscard]] bool namesOurEnd(const QString &line) const;

    QString m_forward;
    QByteArray m_rest;
    QStringList m_lines;
    bool m_forwarding = false;
    bool m_ready = false;
};

} // namespace tidemark
