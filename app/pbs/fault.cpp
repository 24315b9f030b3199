#include "pbs/fault.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

struct Wording {
    QLatin1StringView part; // of the server's text
    ErrorKind kind;
    QLatin1StringView code;
};

// The texts of 2.x to 4.x a person can do something about; the first that fits counts.
constexpr Wording Wordings[] = {
    { "parameter verification"_L1, ErrorKind::Invalid, "pbs.parameter"_L1 },
    { "missing permissions "_L1, ErrorKind::Denied, "pbs.permission"_L1 },
    { "permission check failed - missing"_L1, ErrorKind::Denied, "pbs.permission"_L1 },
    { "task access not allowed"_L1, ErrorKind::Denied, "pbs.permission"_L1 },
    { "no such datastore "_L1, ErrorKind::NotFound, "pbs.no-such-datastore"_L1 },
    { "maintenance mode"_L1, ErrorKind::Conflict, "pbs.maintenance"_L1 },
    { "nable to acquire lock"_L1, ErrorKind::Conflict, "pbs.locked"_L1 },
    { "detected modified configuration"_L1, ErrorKind::Conflict, "pbs.changed"_L1 },
    { "cannot remove protected snapshot"_L1, ErrorKind::Conflict, "pbs.protected"_L1 },
    { "only partially deleted"_L1, ErrorKind::Conflict, "pbs.partly-deleted"_L1 },
    { "unable to open chunk store"_L1, ErrorKind::Unreachable, "pbs.datastore-unreadable"_L1 },
    { "failed to scan remote"_L1, ErrorKind::Unreachable, "pbs.remote-unreachable"_L1 },
    { "error trying to connect"_L1, ErrorKind::Unreachable, "pbs.daemon-down"_L1 },
    { "already exists"_L1, ErrorKind::Conflict, "pbs.exists"_L1 },
    { "Request body too large"_L1, ErrorKind::Invalid, "pbs.too-large"_L1 },
    { "No such file or directory"_L1, ErrorKind::NotFound, "pbs.not-found"_L1 },
    { "no such "_L1, ErrorKind::NotFound, "pbs.not-found"_L1 },
    { "does not exist"_L1, ErrorKind::NotFound, "pbs.not-found"_L1 },
    { "non-existent"_L1, ErrorKind::NotFound, "pbs.not-found"_L1 },
    { "for locking"_L1, ErrorKind::Conflict, "pbs.locked"_L1 },
};

// What the server says went wrong, out of either kind of answer.
struct Words {
    int status = 0;
    QString text;
};

QString shortened(const QByteArray &body)
{
    constexpr qsizetype limit = 2000;
    const QString text = QString::fromUtf8(body.left(limit)).trimmed();
    return body.size() > limit ? text + u'…' : text;
}

// /api2/extjs tells failures inside of a successful answer, with the parameters apart.
std::optional<Words> extjsFailure(const QByteArray &body)
{
    if (body.size() > 64 * 1024 || !body.contains("\"success\""))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    if (object.value(u"success"_s).toBool(true))
        return std::nullopt;
    Words words { object.value(u"status"_s).toInt(400), object.value(u"message"_s).toString() };
    const QJsonObject errors = object.value(u"errors"_s).toObject();
    for (auto it = errors.begin(); it != errors.end(); ++it)
        words.text += u"\n- '%1': %2"_s.arg(it.key(), it.value().toString());
    return words;
}

Error refusedLogin(const QString &text)
{
    const bool stale = text.contains(u"expired"_s) && text.contains(u"ticket"_s);
    const bool csrf = text.contains(u"CSRF"_s, Qt::CaseInsensitive);
    return { ErrorKind::Denied, stale || csrf ? u"pbs.auth-expired"_s : u"pbs.auth-failed"_s, text };
}

Error forbidden(const QString &text, const QString &needs)
{
    const bool told = text.contains(u"missing"_s) || needs.isEmpty();
    return { ErrorKind::Denied, u"pbs.permission"_s, told ? text : text + u" - missing "_s + needs };
}

Error byWording(const Words &words)
{
    for (const Wording &wording : Wordings)
        if (words.text.contains(wording.part))
            return { wording.kind, wording.code, words.text };
    if (words.status == 404)
        return { ErrorKind::NotFound, u"pbs.unknown-call"_s, words.text };
    if (words.status == 414)
        return { ErrorKind::Invalid, u"pbs.too-large"_s, u"the address is longer than the server takes"_s };
    if (words.status >= 500)
        return { ErrorKind::Protocol, u"pbs.server-error"_s, words.text };
    if (words.status >= 300 && words.status < 400)
        return { ErrorKind::Protocol, u"pbs.redirected"_s, u"the server sends elsewhere; not followed"_s };
    return { ErrorKind::Invalid, u"pbs.refused"_s, words.text };
}

Error judged(const Words &words, const QString &needs)
{
    if (words.status == 401)
        return refusedLogin(words.text);
    if (words.status == 403)
        return forbidden(words.text, needs);
    Error error = byWording(words);
    if (error.detail.isEmpty())
        error.detail = u"HTTP status %1"_s.arg(words.status);
    if (error.code == u"pbs.permission"_s)
        return forbidden(error.detail, needs);
    return error;
}

} // namespace

std::optional<Error> faultOf(const HttpAnswer &answer, const QString &needs)
{
    if (const auto words = extjsFailure(answer.body))
        return judged(*words, needs);
    if (answer.status == 200)
        return std::nullopt;
    return judged({ answer.status, shortened(answer.body) }, needs);
}

std::map<QString, QString> parameterErrors(const Error &error)
{
    static const QRegularExpression item(
        uR"((?:^|\n)(?:parameter verification failed )?- '([^']*)': ([^\n]*))"_s);
    std::map<QString, QString> out;
    if (error.code != u"pbs.parameter"_s)
        return out;
    for (auto it = item.globalMatch(error.detail); it.hasNext();) {
        const auto match = it.next();
        out.emplace(match.captured(1), match.captured(2));
    }
    return out;
}

std::optional<NeededRight> neededRight(const Error &error)
{
    static const QRegularExpression form(uR"(missing (?:permissions )?'?([A-Za-z.|]+)'? on '?(/[^']*)'?)"_s);
    if (error.code != u"pbs.permission"_s)
        return std::nullopt;
    const auto match = form.match(error.detail);
    if (!match.hasMatch())
        return std::nullopt;
    return NeededRight { match.captured(1).split(u'|'), match.captured(2) };
}

} // namespace tidemark::pbs
