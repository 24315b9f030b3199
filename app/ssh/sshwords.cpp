#include "ssh/sshwords.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype LineLimit = 200; // ssh speaks for days when a person lets it

struct Meaning {
    const char16_t *words;
    const char16_t *code;
    ErrorKind kind;
};

// In this order: the first that is found names the cause.
constexpr std::array meanings {
    Meaning { u"REMOTE HOST IDENTIFICATION HAS CHANGED", u"ssh.host-key-changed", ErrorKind::Denied },
    Meaning { u"Host key verification failed", u"ssh.host-key-unknown", ErrorKind::Denied },
    Meaning { u"host key is known", u"ssh.host-key-unknown", ErrorKind::Denied },
    Meaning { u"Permission denied (", u"ssh.auth", ErrorKind::Denied },
    Meaning { u"Too many authentication failures", u"ssh.auth", ErrorKind::Denied },
    Meaning { u"No supported authentication methods", u"ssh.auth", ErrorKind::Denied },
    Meaning { u"Could not resolve hostname", u"ssh.name", ErrorKind::Unreachable },
    Meaning { u"Bad configuration option", u"ssh.config", ErrorKind::Invalid },
    Meaning { u"bad configuration options", u"ssh.config", ErrorKind::Invalid },
    Meaning { u"Bad owner or permissions on", u"ssh.config", ErrorKind::Invalid },
    Meaning { u"Can't open user config file", u"ssh.config", ErrorKind::Invalid },
    Meaning { u"hostname contains invalid characters", u"ssh.destination", ErrorKind::Invalid },
    Meaning { u"remote username contains invalid characters", u"ssh.destination", ErrorKind::Invalid },
    Meaning { u"cannot listen to port", u"ssh.forward", ErrorKind::Conflict },
    Meaning { u"Could not request local forwarding", u"ssh.forward", ErrorKind::Conflict },
    Meaning { u"Connection refused", u"ssh.refused", ErrorKind::Unreachable },
    Meaning { u"Connection timed out", u"ssh.timeout", ErrorKind::Timeout },
    Meaning { u"not responding", u"ssh.timeout", ErrorKind::Timeout },
    Meaning { u"No route to host", u"ssh.unreachable", ErrorKind::Unreachable },
    Meaning { u"Network is unreachable", u"ssh.unreachable", ErrorKind::Unreachable },
};

QString clean(const QString &line)
{
    static const QRegularExpression unprintable(u"[\\x00-\\x08\\x0b-\\x1f\\x7f]"_s);
    return QString(line).remove(unprintable).trimmed();
}

} // namespace

SshWords::SshWords(QString forward)
    : m_forward(std::move(forward))
{
}

void SshWords::hear(const QByteArray &bytes)
{
    m_rest += bytes;
    for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n')) {
        take(clean(QString::fromUtf8(m_rest.left(end))));
        m_rest.remove(0, end + 1);
    }
}

// A socket's path is printed with a port of -2 behind it.
bool SshWords::namesOurEnd(const QString &line) const
{
    const QString start = u"debug1: Local connections to "_s + m_forward;
    return line.startsWith(start + u" forwarded to"_s) || line.startsWith(start + u":-2 forwarded to"_s);
}

void SshWords::take(const QString &line)
{
    static const QRegularExpression chatter(u"^(debug[123]: |OpenSSH_|Authenticated to |Authenticated using |"
                                            "Transferred: |Bytes per second: )"_s);
    if (!m_forward.isEmpty() && namesOurEnd(line))
        m_forwarding = true;
    else if (m_forwarding && line.startsWith(u"debug1: Entering interactive session"))
        m_ready = true;
    if (line.isEmpty() || chatter.match(line).hasMatch())
        return;
    m_lines.append(line);
    if (m_lines.size() > LineLimit)
        m_lines.removeFirst();
}

Error SshWords::reason() const
{
    const QString words = forPeople();
    for (const Meaning &one : meanings) {
        if (words.contains(QString::fromUtf16(one.words)))
            return { one.kind, QString::fromUtf16(one.code), words };
    }
    return { ErrorKind::Unreachable, m_ready ? u"ssh.lost"_s : u"ssh.failed"_s,
        words.isEmpty() ? u"ssh ended without a word"_s : words };
}

std::optional<Error> SshWords::refusal() const
{
    static const QRegularExpression open(u"^channel \\d+: open failed: (.*)$"_s);
    for (auto line = m_lines.crbegin(); line != m_lines.crend(); ++line) {
        const auto match = open.match(*line);
        if (!match.hasMatch())
            continue;
        const QString words = match.captured(1);
        if (words.contains(u"prohibited"))
            return Error { ErrorKind::Denied, u"ssh.forbidden"_s, words };
        if (words.contains(u"Connection refused"))
            return Error { ErrorKind::Unreachable, u"pg.refused"_s, words };
        if (words.contains(u"resolve") || words.contains(u"not known"))
            return Error { ErrorKind::Unreachable, u"pg.name"_s, words };
        return Error { ErrorKind::Unreachable, u"pg.unreachable"_s, words };
    }
    return std::nullopt;
}

} // namespace tidemark
