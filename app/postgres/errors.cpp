#include "postgres/errors.h"

#include <QHash>
#include <QRegularExpression>

#include <array>
#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace tidemark {

Error cancelled()
{
    return { ErrorKind::Cancelled, u"pg.cancelled"_s, u"stopped as asked"_s };
}

ErrorKind kindOfState(const QString &state)
{
    static const QHash<QString, ErrorKind> whole {
        { u"42501"_s, ErrorKind::Denied },
        { u"25006"_s, ErrorKind::Denied },
        { u"42P01"_s, ErrorKind::NotFound },
        { u"42703"_s, ErrorKind::NotFound },
        { u"42704"_s, ErrorKind::NotFound },
        { u"42883"_s, ErrorKind::NotFound },
        { u"3D000"_s, ErrorKind::NotFound },
        { u"3F000"_s, ErrorKind::NotFound },
        { u"53300"_s, ErrorKind::Unreachable },
        { u"57014"_s, ErrorKind::Conflict },
    };
    static const QHash<QString, ErrorKind> classes {
        { u"08"_s, ErrorKind::Unreachable },
        { u"0A"_s, ErrorKind::Invalid },
        { u"22"_s, ErrorKind::Invalid },
        { u"23"_s, ErrorKind::Conflict },
        { u"25"_s, ErrorKind::Conflict },
        { u"28"_s, ErrorKind::Denied },
        { u"40"_s, ErrorKind::Conflict },
        { u"42"_s, ErrorKind::Invalid },
        { u"55"_s, ErrorKind::Conflict },
        { u"57"_s, ErrorKind::Unreachable },
    };
    if (const auto exact = whole.constFind(state); exact != whole.constEnd())
        return *exact;
    return classes.value(state.left(2), ErrorKind::Internal);
}

namespace {

struct Refusal {
    QString state;
    QString function; // of the server's source that reported it
    QString words; // without the parts only programs read
};

// "FATAL:  28P01: password authentication failed …\nLOCATION:  auth_failed, auth.c:330" in any language.
Refusal readRefusal(const QString &words)
{
    static const QRegularExpression state(u":\\s+((?=[A-Z]*[0-9])[0-9A-Z]{5}):\\s"_s);
    static const QRegularExpression location(u"\\n[^\\n:]+:\\s+(\\w+), [\\w.-]+\\.c:\\d+\\s*$"_s);
    Refusal read;
    read.words = words.trimmed();
    if (const auto match = location.match(read.words); match.hasMatch()) {
        read.function = match.captured(1);
        read.words.truncate(match.capturedStart());
    }
    if (const auto match = state.match(read.words); match.hasMatch()) {
        read.state = match.captured(1);
        read.words.remove(match.capturedStart(1), read.state.size() + 2);
    }
    return read;
}

Error refused(const Refusal &read)
{
    const auto named = [&](ErrorKind kind, const QString &code) { return Error { kind, code, read.words }; };
    if (read.state == u"28P01")
        return named(ErrorKind::Denied, u"pg.password"_s);
    if (read.state == u"57P03")
        return named(ErrorKind::Unreachable, u"pg.starting"_s);
    if (read.state == u"28000" && read.function == u"ClientAuthentication")
        return named(ErrorKind::Denied, u"pg.hba"_s);
    if (read.state == u"28000" && read.function.startsWith(u"InitializeSessionUserId"))
        return named(ErrorKind::NotFound, u"pg.role"_s);
    if (read.state == u"28000")
        return named(ErrorKind::Denied, u"pg.auth"_s);
    return named(kindOfState(read.state), u"pg."_s + read.state);
}

struct SystemWord {
    int number;
    const char16_t *code;
    ErrorKind kind;
};

Error notReached(const QString &words)
{
    static constexpr std::array known {
        SystemWord { ECONNREFUSED, u"pg.refused", ErrorKind::Unreachable },
        SystemWord { ENOENT, u"pg.no-socket", ErrorKind::Unreachable },
        SystemWord { EACCES, u"pg.socket-denied", ErrorKind::Denied },
        SystemWord { ETIMEDOUT, u"pg.timeout", ErrorKind::Timeout },
        SystemWord { EHOSTUNREACH, u"pg.unreachable", ErrorKind::Unreachable },
        SystemWord { ENETUNREACH, u"pg.unreachable", ErrorKind::Unreachable },
    };
    for (const SystemWord &one : known) {
        if (words.contains(QString::fromLocal8Bit(strerrordesc_np(one.number)))
            || words.contains(QString::fromLocal8Bit(strerror(one.number)))) // NOLINT(concurrency-mt-unsafe)
            return { one.kind, QString::fromUtf16(one.code), words };
    }
    return { ErrorKind::Unreachable, u"pg.unreachable"_s, words };
}

// Finer where libpq's own English says more.
Error tlsFailed(const QString &words)
{
    if (words.contains(u"does not support SSL"))
        return { ErrorKind::Denied, u"pg.tls-missing"_s, words };
    if (words.contains(u"does not match host name"))
        return { ErrorKind::Denied, u"pg.tls-name"_s, words };
    if (words.contains(u"certificate verify failed"))
        return { ErrorKind::Denied, u"pg.tls-untrusted"_s, words };
    if (words.contains(u"closed the connection unexpectedly"))
        return { ErrorKind::Unreachable, u"pg.lost"_s, words };
    return { ErrorKind::Denied, u"pg.tls"_s, words };
}

} // namespace

Error connectError(const ConnectFailure &failed)
{
    const Refusal read = readRefusal(failed.words);
    if (failed.needsPassword)
        return { ErrorKind::Denied, u"pg.password-missing"_s, read.words };
    if (!read.state.isEmpty())
        return refused(read);
    switch (failed.stage) {
    case ConnectStage::Reaching:
        return notReached(read.words);
    case ConnectStage::Tls:
        return tlsFailed(read.words);
    case ConnectStage::Checking:
        return { ErrorKind::Unreachable, u"pg.session-attrs"_s, read.words };
    case ConnectStage::Talking:
        break;
    }
    return { ErrorKind::Unreachable, u"pg.lost"_s, read.words };
}

namespace {

QString field(const PGresult *result, int code)
{
    return QString::fromUtf8(PQresultErrorField(result, code));
}

QString wordsOf(const PGresult *result)
{
    QString words = field(result, PG_DIAG_MESSAGE_PRIMARY);
    for (const int part : { PG_DIAG_MESSAGE_DETAIL, PG_DIAG_MESSAGE_HINT }) {
        if (const QString more = field(result, part); !more.isEmpty())
            words += u'\n' + more;
    }
    return words.isEmpty() ? QString::fromUtf8(PQresultErrorMessage(result)).trimmed() : words;
}

} // namespace

Error statementError(const PGresult *result, StatementEnd end)
{
    const QString state = field(result, PG_DIAG_SQLSTATE);
    const QString words = wordsOf(result);
    if (state.isEmpty())
        return lostError(words);
    if (state == u"57014" && end.weCancelled)
        return { ErrorKind::Cancelled, u"pg.cancelled"_s, words };
    if (state == u"57014" && end.timedOut)
        return { ErrorKind::Timeout, u"pg.57014"_s, words };
    return { kindOfState(state), u"pg."_s + state, words };
}

Error lostError(const QString &words)
{
    return { ErrorKind::Unreachable, u"pg.lost"_s, words.trimmed() };
}

} // namespace tidemark
