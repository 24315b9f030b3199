#include "overview/overviewwords.h"
#include "widgets/figures.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString subjectOf(const Finding &finding)
{
    return finding.cluster.isEmpty() ? finding.source : finding.cluster;
}

// The name stands beside it: "shop: a segment is empty" becomes "A segment is empty".
QString withoutName(const QString &title, const QString &name)
{
    const QString lead = name + u": "_s;
    if (name.isEmpty() || !title.startsWith(lead))
        return title;
    QString rest = title.mid(lead.size());
    // Names of settings and files keep their first letter.
    const bool word = rest.section(u' ', 0, 0).contains(u'_') || rest.section(u' ', 0, 0).contains(u'.');
    if (!word && !rest.isEmpty())
        rest[0] = rest[0].toUpper();
    return rest;
}

} // namespace

FindingFormats OverviewWords::formats() const
{
    return { [this](Instant time) { return when(time); },
        [](std::chrono::seconds span) { return durationWords(span); },
        [](Bytes size) { return sizeWords(size); } };
}

FindingWords OverviewWords::finding(const Finding &finding) const
{
    return wordsFor(finding, formats());
}

Cell OverviewWords::findingCell(const Finding &finding, int column) const
{
    Cell cell;
    const FindingWords words = this->finding(finding);
    QString detail = words.evidence.isEmpty() ? words.consequence : words.evidence;
    if (finding.accepted)
        detail = tr("accepted by %1: %2", "who, why").arg(finding.accepted->who, finding.accepted->reason);
    switch (FindingModel::Column(column)) {
    case FindingModel::Column::Subject:
        cell.text = oneLine(subjectOf(finding));
        cell.detail = oneLine(withoutName(words.title, subjectOf(finding)));
        cell.aside = oneLine(detail);
        cell.standing = finding.accepted           ? Standing::Waived
            : finding.severity == Severity::Failed ? Standing::Failed
                                                   : Standing::Attention;
        break;
    case FindingModel::Column::What:
        cell.text = oneLine(withoutName(words.title, subjectOf(finding)));
        cell.detail = oneLine(detail);
        cell.tip = plainTip(QStringList { words.title, words.consequence, words.evidence }.join(u'\n'));
        break;
    case FindingModel::Column::Action:
        cell.action = words.action;
        break;
    case FindingModel::Column::Count:
        break;
    }
    return cell;
}

QString OverviewWords::findingText(const Finding &finding) const
{
    const FindingWords words = this->finding(finding);
    QStringList lines { words.title, words.consequence, words.evidence };
    if (!finding.items.isEmpty())
        lines.append(finding.items.join(u'\n'));
    if (finding.since)
        lines.append(tr("since %1", "a time").arg(m_context.clocks->both(*finding.since)));
    if (finding.until)
        lines.append(tr("until %1", "a time").arg(m_context.clocks->both(*finding.until)));
    if (finding.accepted)
        lines.append(tr("accepted by %1: %2", "who, why")
                         .arg(oneLine(finding.accepted->who), oneLine(finding.accepted->reason)));
    if (finding.error)
        lines.append(finding.error->code + u": "_s + finding.error->detail);
    lines.append(tr("code %1", "stable name of a kind of finding").arg(finding.code));
    lines.removeAll(QString());
    lines.removeDuplicates();
    return lines.join(u'\n');
}

} // namespace tidemark
