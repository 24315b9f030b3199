#include "insight/acceptance.h"

#include "insight/finding.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Names may be long and hold anything; a key is short and plain.
QString keyOf(const QString &what, const QStringList &parts)
{
    const QByteArray hash
        = QCryptographicHash::hash(parts.join(u'\x1f').toUtf8(), QCryptographicHash::Sha256);
    return what + u':' + QString::fromLatin1(hash.left(16).toHex());
}

bool isMissedRun(const Finding &finding)
{
    return finding.code == u"schedule.missed" && finding.until;
}

} // namespace

const Acceptance *acceptanceOf(const std::vector<Acceptance> &accepted, const QString &key)
{
    const Acceptance *newest = nullptr;
    for (const Acceptance &one : accepted)
        if (one.key == key && (!newest || newest->at < one.at))
            newest = &one;
    return newest;
}

QString runOccurrence(const QString &schedule, Instant due)
{
    return keyOf(u"run"_s, { schedule, due.toIso() });
}

QString conflictOccurrence(const QString &first, const QString &second, Instant due)
{
    return keyOf(u"conflict"_s, { first, second, due.toIso() });
}

QString Finding::key() const
{
    const QStringList parts { code, cluster, source, part, subject,
        timeline ? QString::number(timeline->value) : QString() };
    return parts.join(u'\x1f');
}

QString Finding::occurrence() const
{
    if (isMissedRun(*this))
        return runOccurrence(subject, *until); // as the calendar names it
    return keyOf(u"finding"_s, { key(), since ? since->toIso() : QString() });
}

bool losesMore(const Finding &finding)
{
    return finding.code == u"wal.gap" || finding.atRisk;
}

std::optional<Acceptance> acceptanceFor(
    const Finding &finding, const std::vector<Acceptance> &accepted, Instant now)
{
    if (accepted.empty()) // of thousands of findings each name is a hash
        return {};
    if (const Acceptance *found = acceptanceOf(accepted, finding.occurrence())) {
        const bool dated = finding.since || isMissedRun(finding);
        const bool over
            = losesMore(finding) ? found->at + AcceptedOpen < now : !dated && found->at + AcceptedFor < now;
        return over ? std::nullopt : std::optional(*found);
    }
    if (finding.code != u"wal.hole")
        return {};
    Finding open = finding; // as it was named before it ended
    open.code = u"wal.gap"_s;
    const Acceptance *found = acceptanceOf(accepted, open.occurrence());
    const bool covered = found && finding.until && *finding.until <= found->at + AcceptedOpen;
    return covered ? std::optional(*found) : std::nullopt;
}

} // namespace tidemark
