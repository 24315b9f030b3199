#include "ctl/words.h"

#include "fleet/answers.h"
#include "insight/findingwords.h"
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
    if (isSecretError(error)) // nobody was asked
        return u"its secret could not be had: "_s + safe(error.detail, 400) + u" ["_s + error.code + u']';
    const QString detail = error.detail.isEmpty() ? QString() : u": "_s + safe(error.detail, 400);
    return kindWords(error.kind) + detail + u" ["_s + error.code + u']';
}

static QString because(const QString &words, const Finding &finding)
{
    return finding.error ? words + u", it "_s + errorWords(*finding.error) : words;
}

static QString storeWords(const QString &words, const Finding &finding)
{
    const QString said = finding.said.isEmpty() ? QString() : u": "_s + safe(finding.said);
    return u"datastore %1 "_s.arg(safe(finding.subject)) + words + said;
}

static QString missingWords(const Finding &finding)
{
    QStringList parts;
    for (const MissingRight &right : finding.missing)
        parts << u"%1 (%2)"_s.arg(safe(right.what), safe(right.grant));
    return u"the role may not see: "_s + parts.join(u"; "_s);
}

// The title names whom it is about; a remark says that before.
static QString titleWords(const Finding &finding)
{
    const FindingWords words = wordsFor(finding, plainFormats());
    const QString name = (finding.cluster.isEmpty() ? finding.source : finding.cluster) + u": "_s;
    const QString title = words.title.startsWith(name) ? words.title.mid(name.size()) : words.title;
    return words.evidence.isEmpty() ? safe(title, 400)
                                    : safe(title, 400) + u" ("_s + safe(words.evidence, 400) + u')';
}

QString findingWords(const Finding &finding)
{
    if (finding.code == "server.offline"_L1 || finding.code == "source.offline"_L1)
        return because(u"does not answer"_s, finding);
    if (finding.code == "source.certificate-changed"_L1)
        return because(u"shows another certificate than the confirmed one"_s, finding);
    if (finding.code.endsWith(".no-secret"_L1) && finding.error)
        return u"was not asked, "_s + errorWords(*finding.error);
    if (finding.code.endsWith(".access-refused"_L1))
        return because(u"refuses access"_s, finding);
    if (finding.code.endsWith(".rights"_L1))
        return missingWords(finding);
    if (finding.code == "archiver.failing"_L1) {
        const QString words = u"WAL archiving fails at %1, nothing archived"_s.arg(safe(finding.subject));
        return finding.since ? words + u" since "_s + timeWords(finding.since) : words;
    }
    if (finding.code == "store.error"_L1)
        return storeWords(u"cannot be read"_s, finding);
    if (finding.code == "store.maintenance"_L1)
        return storeWords(u"is under maintenance"_s, finding);
    if (finding.code == "store.over-limit"_L1)
        return storeWords(
            u"is %1 full, %2 are allowed"_s.arg(shareWords(finding.measured), shareWords(finding.limit)),
            finding);
    if (finding.code == "store.full"_L1 || finding.code == "store.filling"_L1)
        return storeWords(u"is %1 full"_s.arg(shareWords(finding.measured)), finding);
    return titleWords(finding);
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

QString counted(qsizetype count, const QString &one)
{
    return QString::number(count) + u' ' + one + (count == 1 ? QString() : u"s"_s);
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
