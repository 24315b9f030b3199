#include "insight/findingwords.h"

#include "insight/findingtexts.h"
#include "values/duration.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString translated(const char *text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("Findings", text);
}

// The values a text may name; an empty answer means that there is nothing to say.
class Values
{
public:
    Values(const Finding &finding, const FindingFormats &formats)
        : m_finding(finding)
        , m_formats(formats)
    {
    }

    [[nodiscard]] QString of(const QString &name) const
    {
        if (name.startsWith(u"measured"))
            return amount(m_finding.measured, name.section(u':', 1));
        if (name.startsWith(u"limit"))
            return amount(m_finding.limit, name.section(u':', 1));
        if (name == u"since")
            return time(m_finding.since);
        if (name == u"until")
            return time(m_finding.until);
        if (name == u"count")
            return m_finding.count > 0 ? number(double(m_finding.count)) : QString();
        if (name == u"timeline")
            return m_finding.timeline ? number(m_finding.timeline->value) : QString();
        return words(name);
    }

private:
    QString words(const QString &name) const
    {
        if (name == u"cluster")
            return m_finding.cluster;
        if (name == u"source")
            return m_finding.source;
        if (name == u"subject")
            return m_finding.subject;
        if (name == u"part")
            return m_finding.part;
        if (name == u"items")
            return items();
        return said();
    }
    QString said() const
    {
        if (!m_finding.said.isEmpty() || !m_finding.error)
            return m_finding.said;
        return m_finding.error->detail.isEmpty() ? m_finding.error->code : m_finding.error->detail;
    }
    QString items() const
    {
        if (m_finding.items.isEmpty() && !m_finding.missing.empty()) {
            QStringList all;
            for (const MissingRight &right : m_finding.missing)
                all.append(right.what);
            return all.join(u", "_s);
        }
        const bool alone = m_finding.items.size() == 1 && m_finding.items.first() == m_finding.subject;
        return alone ? QString() : m_finding.items.mid(0, 3).join(u", "_s);
    }
    QString time(const std::optional<Instant> &instant) const
    {
        return instant ? m_formats.time(*instant) : QString();
    }
    static QString number(double value)
    {
        const bool whole = std::floor(value) == value;
        return whole ? QString::number(qint64(value)) : QLocale::c().toString(value, 'f', 1);
    }
    QString amount(const std::optional<double> &value, const QString &unit) const
    {
        if (!value)
            return {};
        if (unit == u"time")
            return m_formats.duration(std::chrono::seconds(qint64(std::abs(*value))));
        if (unit == u"size")
            return m_formats.size(Bytes { qint64(*value) });
        if (unit == u"share")
            return u"%1 %"_s.arg(number(std::floor(*value * 1000) / 10));
        return number(*value);
    }

    const Finding &m_finding;
    const FindingFormats &m_formats;
};

struct Filled {
    QString text;
    bool whole = true; // nothing was missing
};

// Each word in braces once, from left to right: what is put in is never looked at again.
Filled filled(const QString &text, const Values &values, const QString &unknown)
{
    static const QRegularExpression braces(u"\\{([a-z:]+)\\}"_s);
    Filled result;
    qsizetype from = 0;
    for (auto match = braces.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch one = match.next();
        const QString value = values.of(one.captured(1));
        result.text += QStringView(text).mid(from, one.capturedStart() - from);
        result.text += value.isEmpty() ? unknown : value;
        result.whole = result.whole && !value.isEmpty();
        from = one.capturedEnd();
    }
    result.text += QStringView(text).mid(from);
    return result;
}

QString evidence(const char *text, const Values &values)
{
    QStringList parts;
    for (const QString &part : translated(text).split(u" | "_s, Qt::SkipEmptyParts))
        if (const Filled one = filled(part, values, QString()); one.whole)
            parts.append(one.text);
    return parts.join(u" · "_s);
}

// What is lost if it is needed now.
QString loss(const Finding &finding, const FindingFormats &formats)
{
    if (!finding.atRisk || finding.atRisk->count() <= 0)
        return {};
    const QString time = formats.duration(*finding.atRisk);
    if (!finding.bytesAtRisk || finding.bytesAtRisk->count <= 0)
        return QCoreApplication::translate(
            "Findings", "If it is lost now, %1 of work is lost with it.", "a duration")
            .arg(time);
    return QCoreApplication::translate(
        "Findings", "If it is lost now, %1 of work (%2 of WAL) is lost with it.", "a duration, a size")
        .arg(time, formats.size(*finding.bytesAtRisk));
}

const char *actionText(FindingAction action)
{
    switch (action) {
    case FindingAction::ShowServer:
        return QT_TRANSLATE_NOOP("Findings", "Show the server");
    case FindingAction::ShowSource:
        return QT_TRANSLATE_NOOP("Findings", "Show what the source says");
    case FindingAction::ShowTimeline:
        return QT_TRANSLATE_NOOP("Findings", "Show on the timeline");
    case FindingAction::ShowArtifact:
        return QT_TRANSLATE_NOOP("Findings", "Show the backup");
    case FindingAction::ShowRuns:
        return QT_TRANSLATE_NOOP("Findings", "Show in the calendar");
    case FindingAction::TakeBaseBackup:
        return QT_TRANSLATE_NOOP("Findings", "Take a base backup…");
    case FindingAction::TakeDump:
        return QT_TRANSLATE_NOOP("Findings", "Take a dump…");
    case FindingAction::CopyGrants:
        return QT_TRANSLATE_NOOP("Findings", "Copy the statements");
    case FindingAction::TestConnection:
        return QT_TRANSLATE_NOOP("Findings", "Test the connection");
    case FindingAction::ReviewCertificate:
        return QT_TRANSLATE_NOOP("Findings", "Review the certificate…");
    case FindingAction::EditFleet:
        return QT_TRANSLATE_NOOP("Findings", "Open settings");
    case FindingAction::ReadNow:
        return QT_TRANSLATE_NOOP("Findings", "Read it now");
    case FindingAction::FixArchiving:
        return QT_TRANSLATE_NOOP("Findings", "Show the server's archiving");
    case FindingAction::Verify:
        return QT_TRANSLATE_NOOP("Findings", "Verify…");
    case FindingAction::RemoveFiles:
        return QT_TRANSLATE_NOOP("Findings", "Show the files to remove");
    case FindingAction::SetRetention:
        return QT_TRANSLATE_NOOP("Findings", "Compare with the promise");
    case FindingAction::FreeSpace:
        return QT_TRANSLATE_NOOP("Findings", "Show what takes the space");
    case FindingAction::DropSlot:
        return QT_TRANSLATE_NOOP("Findings", "Show the slot");
    case FindingAction::SetClock:
        return QT_TRANSLATE_NOOP("Findings", "Show both clocks");
    }
    return "";
}

QString lapsedSentence(const ClusterInsight &cluster, const FindingFormats &formats)
{
    return QCoreApplication::translate(
        "Findings", "%1 has had no restorable moment since %2", "a cluster, a time")
        .arg(cluster.name, formats.time(*cluster.recoverability.newest));
}

} // namespace

FindingWords wordsFor(const Finding &finding, const FindingFormats &formats)
{
    const QByteArray code = finding.code.toLatin1();
    const FindingText *text = findingText(code.constData());
    const FindingKind *kind = findingKind(finding.code);
    if (!text || !kind)
        return { finding.code, {}, finding.said, {} };
    const Values values(finding, formats);
    const QString unknown
        = QCoreApplication::translate("Findings", "(unknown)", "in place of a name or a time");
    FindingWords words;
    words.title = filled(translated(text->title), values, unknown).text;
    words.consequence = filled(translated(text->consequence), values, unknown).text;
    if (const QString lost = loss(finding, formats); !lost.isEmpty())
        words.consequence += u' ' + lost;
    words.evidence = evidence(text->evidence, values);
    words.action = wordFor(kind->action);
    return words;
}

QString verdictSentence(const Insight &insight, const FindingFormats &formats)
{
    const FleetVerdict &verdict = insight.verdict;
    switch (verdict.kind) {
    case FleetVerdict::Kind::NoClusters:
        return QCoreApplication::translate("Findings", "No cluster is known yet");
    case FleetVerdict::Kind::NotReadYet:
        return QCoreApplication::translate("Findings", "No backup source has been read yet");
    case FleetVerdict::Kind::AllMet:
        return QCoreApplication::translate("Findings", "Every cluster can be restored within its objective");
    case FleetVerdict::Kind::NothingWrong:
        return QCoreApplication::translate("Findings", "Nothing is known to be wrong");
    case FleetVerdict::Kind::OnlyAccepted:
        return QCoreApplication::translate("Findings", "Nothing is wrong but what was accepted");
    case FleetVerdict::Kind::Worst:
        break;
    }
    return worstSentence(*verdict.worst, insight.cluster(verdict.worst->cluster), formats);
}

QString worstSentence(const Finding &worst, const ClusterInsight *cluster, const FindingFormats &formats)
{
    if (cluster && cluster->standing == ClusterStanding::Lapsed && worst.atRisk
        && cluster->recoverability.newest)
        return lapsedSentence(*cluster, formats);
    return wordsFor(worst, formats).title;
}

QString wordFor(ClusterStanding standing)
{
    switch (standing) {
    case ClusterStanding::Nothing:
        return QCoreApplication::translate("Findings", "nothing can be restored");
    case ClusterStanding::Lapsed:
        return QCoreApplication::translate("Findings", "not restorable any more");
    case ClusterStanding::Late:
        return QCoreApplication::translate("Findings", "over its objective");
    case ClusterStanding::Unread:
        return QCoreApplication::translate("Findings", "not known yet");
    case ClusterStanding::Unproven:
        return QCoreApplication::translate("Findings", "not looked at lately");
    case ClusterStanding::Restorable:
        return QCoreApplication::translate("Findings", "restorable");
    case ClusterStanding::Met:
        return QCoreApplication::translate("Findings", "within its objective");
    }
    return {};
}

QString wordFor(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Claimed:
        return QCoreApplication::translate("Findings", "claimed", "only listed, never checked");
    case Confidence::Aged:
        return QCoreApplication::translate("Findings", "aged", "checked, but too long ago");
    case Confidence::Verified:
        return QCoreApplication::translate("Findings", "verified", "its bytes were checked");
    case Confidence::Proven:
        return QCoreApplication::translate("Findings", "proven", "restored in a session");
    }
    return {};
}

QString wordFor(FindingAction action)
{
    return translated(actionText(action));
}

FindingFormats plainFormats()
{
    FindingFormats formats;
    formats.time = [](Instant time) { return time.toIso(); };
    formats.duration = [](std::chrono::seconds span) {
        static const QStringList units { u"y"_s, u"months"_s, u"d"_s, u"h"_s, u"min"_s, u"s"_s };
        QStringList parts;
        for (const SpanPart &part : roundedSpan(span)) {
            const bool one = part.unit == SpanUnit::Month && part.count == 1;
            parts.append(u"%1 %2"_s.arg(part.count).arg(one ? u"month"_s : units[int(part.unit)]));
        }
        return parts.join(u' ');
    };
    formats.size = [](Bytes size) { return QLocale::c().formattedDataSize(size.count, 1); };
    return formats;
}

} // namespace tidemark
