#include "insight/alarms.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

const QString Heading = u"alarms 1"_s;

// Names may be long and hold anything; what is kept is short and plain.
QString shortKey(const Finding &finding)
{
    const QByteArray hash = QCryptographicHash::hash(finding.key().toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.left(12).toHex());
}

} // namespace

std::vector<Finding> newAlarms(const Insight &insight, ToldAlarms &told)
{
    std::vector<Finding> fresh;
    for (const Finding &finding : insight.findings) {
        if (finding.severity != Severity::Failed)
            continue;
        if (finding.accepted) { // when that runs out or is taken back it is news
            told.seen.erase(shortKey(finding));
            continue;
        }
        const auto [at, unknown] = told.seen.insert_or_assign(shortKey(finding), insight.at);
        if (unknown && told.any)
            fresh.push_back(finding);
    }
    std::erase_if(told.seen, [&](const auto &one) { return one.second + ForgottenAfter < insight.at; });
    told.any = true;
    return fresh;
}

QString toText(const ToldAlarms &told)
{
    QStringList lines;
    if (told.any)
        lines.append(Heading);
    for (const auto &[key, at] : told.seen)
        lines.append(key);
    return lines.join(u'\n');
}

ToldAlarms alarmsFromText(const QString &text, Instant now)
{
    QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    ToldAlarms told;
    if (lines.isEmpty() || lines.takeFirst() != Heading)
        return told;
    told.any = true;
    for (const QString &key : lines)
        told.seen.emplace(key, now);
    return told;
}

} // namespace tidemark
