#include "ctl/words.h"

#include "yaml/screen.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

QString safe(const QString &text, int limit)
{
    return yaml::shown(text, limit);
}

static QString kindWords(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return u"was stopped"_s;
    case ErrorKind::Unreachable:
        return u"cannot be reached"_s;
    case ErrorKind::Denied:
        return u"refused access"_s;
    case ErrorKind::NotFound:
        return u"is not there"_s;
    case ErrorKind::Conflict:
        return u"is in the way of something else"_s;
    case ErrorKind::Timeout:
        return u"did not answer in time"_s;
    case ErrorKind::Protocol:
        return u"answered in an unexpected way"_s;
    case ErrorKind::Invalid:
        return u"is not valid"_s;
    case ErrorKind::Internal:
        return u"failed"_s;
    }
    return u"failed"_s;
}

QString errorWords(const Error &error)
{
    if (error.code.startsWith("ctl."_L1))
        return safe(error.detail, 400) + u" ["_s + error.code + u']';
    const QString detail = error.detail.isEmpty() ? QString() : u": "_s + safe(error.detail, 400);
    return kindWords(error.kind) + detail + u" ["_s + error.code + u']';
}

static QString since(const QString &words, const Concern &concern)
{
    return concern.since ? words + u" since "_s + timeWords(concern.since) : words;
}

static QString because(const QString &words, const Concern &concern)
{
    return concern.error ? words + u", it "_s + errorWords(*concern.error) : words;
}

static QString storeWords(const QString &words, const Concern &concern)
{
    const QString said = concern.said.isEmpty() ? QString() : u": "_s + safe(concern.said);
    return u"datastore %1 "_s.arg(safe(concern.part)) + words + said;
}

static QString missingWords(const Concern &concern)
{
    QStringList parts;
    for (const MissingRight &right : concern.missing)
        parts << u"%1 (%2)"_s.arg(safe(right.what), safe(right.grant));
    return u"the role may not see: "_s + parts.join(u"; "_s);
}

QString concernWords(const Concern &concern)
{
    switch (concern.kind) {
    case ConcernKind::ArchiverFailing:
        return since(u"WAL archiving fails at %1, nothing archived"_s.arg(safe(concern.said)), concern);
    case ConcernKind::ServerOffline:
    case ConcernKind::SourceOffline:
        return because(u"does not answer"_s, concern);
    case ConcernKind::CertificateChanged:
        return because(u"shows another certificate than the confirmed one"_s, concern);
    case ConcernKind::DatastoreError:
        return storeWords(u"cannot be read"_s, concern);
    case ConcernKind::DatastoreFull:
    case ConcernKind::DatastoreFilling:
        return storeWords(u"is %1 full"_s.arg(shareWords(concern.share)), concern);
    case ConcernKind::AccessRefused:
        return because(u"refuses access"_s, concern);
    case ConcernKind::ArchivingOff:
        return u"archiving is off, but an RPO is promised"_s;
    case ConcernKind::DatastoreMaintenance:
        return storeWords(u"is under maintenance"_s, concern);
    case ConcernKind::RightsMissing:
        return missingWords(concern);
    case ConcernKind::EnvironmentUnset:
        return u"has no environment and counts as production"_s;
    case ConcernKind::ReadStale:
        return since(u"was not read"_s, concern);
    }
    return {};
}

QString sizeWords(const std::optional<Bytes> &size)
{
    if (!size)
        return u"-"_s;
    static const QStringList units { u"B"_s, u"KiB"_s, u"MiB"_s, u"GiB"_s, u"TiB"_s, u"PiB"_s };
    double value = static_cast<double>(size->count);
    qsizetype unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    return QString::number(value, 'f', unit == 0 ? 0 : 1) + u' ' + units[unit];
}

QString timeWords(const std::optional<Instant> &time)
{
    return time ? Instant::fromSeconds(time->seconds()).toIso() : u"-"_s;
}

QString shareWords(const std::optional<double> &share)
{
    return share ? QString::number(*share * 100, 'f', 0) + u" %"_s : u"-"_s;
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"-"_s : safe(text);
}

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::Unset:
        break;
    case Environment::Production:
        return u"production"_s;
    case Environment::Test:
        return u"test"_s;
    case Environment::Lab:
        return u"lab"_s;
    }
    return u"unset"_s;
}

} // namespace tidemark::ctl
