#include "fleet/access.h"
#include "insight/artifactnamed.h"
#include "insight/nextsteps.h"
#include "overview/findingact.h"
#include "overview/overviewpage.h"
#include "overview/overviewreport.h"
#include "shell/accepting.h"
#include "theme/errortext.h"
#include "widgets/copydialog.h"
#include "widgets/figures.h"
#include "widgets/filedialogs.h"

#include <QFileDialog>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString subjectOf(const Finding &finding)
{
    return finding.cluster.isEmpty() ? finding.source : finding.cluster;
}

} // namespace

void OverviewPage::act(const Finding &finding)
{
    const FindingAct what = actOf(finding);
    switch (what.kind) {
    case FindingAct::Kind::Timeline:
        Q_EMIT openItem(u"timeline"_s,
            { what.item.front(), what.item.back().isEmpty() ? m_words.now().toIso() : what.item.back() });
        return;
    case FindingAct::Kind::Backup:
        return showBackup(what.item);
    case FindingAct::Kind::Calendar:
        Q_EMIT openItem(u"calendar"_s,
            { what.item.front(), what.item.back().isEmpty() ? m_words.now().toIso() : what.item.back() });
        return;
    case FindingAct::Kind::Settings:
        Q_EMIT openItem(u"settings"_s, what.item);
        return;
    case FindingAct::Kind::TryServer:
        m_context.monitor->tryNow(what.item.front());
        Q_EMIT statusMessage(tr("Asking %1 again").arg(oneLine(what.item.front())));
        return;
    case FindingAct::Kind::TrySource:
        m_context.monitor->tryNow(what.item.front()); // a backup server answers for itself too
        m_context.catalogue->tryNow(what.item.front());
        Q_EMIT statusMessage(tr("Reading %1 again").arg(oneLine(what.item.front())));
        return;
    case FindingAct::Kind::Grants:
        return showGrants(finding);
    case FindingAct::Kind::Steps:
        return showSteps(finding);
    }
}

// What is no longer there is shown as the run that made it.
void OverviewPage::showBackup(const QStringList &item)
{
    const CatalogueFacts &facts = *m_context.catalogue->knowledge()->facts;
    const ArtifactFact *backup = artifactNamed(facts, item[0], item[2], item[3]);
    const auto at = backup ? momentOf(*backup) : std::nullopt;
    const QString told = item[1].isEmpty() ? m_words.now().toIso() : item[1];
    if (backup)
        Q_EMIT openItem(u"timeline"_s, { item[0], at ? at->toIso() : told, item[2], item[3] });
    else
        Q_EMIT openItem(u"calendar"_s, { item[0], told });
}

void OverviewPage::openCluster(const OverviewRow &row)
{
    if (row.findings.empty())
        openTimeline(row.cluster.name);
    else
        act(row.findings.front());
}

void OverviewPage::openTimeline(const QString &cluster)
{
    Q_EMIT openItem(u"timeline"_s, { cluster, m_words.now().toIso() });
}

void OverviewPage::showGrants(const Finding &finding)
{
    QStringList lacking;
    for (const MissingRight &right : finding.missing)
        lacking.append(oneLine(right.what));
    auto *dialog = new CopyDialog(tr("What %1 does not show").arg(subjectOf(finding)),
        tr("Without it Tidemark cannot see: %1. Run this there as a role that may grant it.")
            .arg(lacking.join(u", "_s)),
        grantsFor(finding.missing), window());
    dialog->open();
}

void OverviewPage::showFinding(const Finding &finding)
{
    auto *dialog = new CopyDialog(tr("Details about %1").arg(subjectOf(finding)),
        tr("As read by Tidemark, for whoever repairs it."), m_words.findingText(finding), window());
    dialog->open();
}

// Why, and what can be done by hand until Tidemark can do it.
void OverviewPage::showSteps(const Finding &finding)
{
    const QString steps = nextSteps(finding, m_context.fleet->fleet());
    if (steps.isEmpty())
        return showFinding(finding);
    const FindingWords words = m_words.finding(finding);
    QStringList why { words.consequence, words.evidence };
    if (finding.since)
        why.append(tr("Since %1.").arg(m_context.clocks->both(*finding.since)));
    why.append(tr("Tidemark runs none of this; it is for you to read, change and run."));
    why.removeAll(QString());
    auto *dialog = new CopyDialog(words.title, why.join(u'\n'), steps, window());
    dialog->open();
}

void OverviewPage::showServer(const OverviewRow &row)
{
    FactModel facts;
    facts.setRows(m_words.facts(row));
    auto *dialog = new CopyDialog(tr("What %1 says of itself").arg(row.cluster.name),
        tr("As last read by Tidemark."), facts.asText(), window());
    dialog->open();
}

void OverviewPage::findingMenu(int row, QPoint at)
{
    const Finding finding = m_findings->row(row);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_words.finding(finding).action, this, [this, finding] { act(finding); });
    menu->addAction(tr("Details…"), this, [this, finding] { showFinding(finding); });
    menu->setObjectName(u"findingMenu"_s);
    menu->addSeparator();
    if (finding.accepted)
        menu->addAction(tr("No longer accepted"), this,
            [this, finding] { m_accepting->withdraw(finding.accepted->key); });
    else if (m_accepting->isPossible())
        menu->addAction(tr("Accept…"), this, [this, finding] {
            m_accepting->ask(
                finding.occurrence(), m_words.finding(finding).title, acceptingMeans(finding), window());
        });
    menu->popup(at);
}

void OverviewPage::clusterMenu(const OverviewRow &row, QPoint at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"clusterMenu"_s);
    if (!row.findings.empty())
        menu->addAction(m_words.finding(row.findings.front()).action, this,
            [this, finding = row.findings.front()] { act(finding); });
    menu->addAction(
        tr("Show on the timeline"), this, [this, name = row.cluster.name] { openTimeline(name); });
    menu->addAction(tr("What the server says…"), this, [this, row] { showServer(row); });
    menu->addAction(
        tr("Only this cluster"), this, [this, name = row.cluster.name] { Q_EMIT openScope(name); });
    menu->popup(at);
}

void OverviewPage::askForReport()
{
    const QString name = u"tidemark-status-%1.md"_s.arg(
        m_context.clocks->at(m_context.clock->now()).toString(u"yyyy-MM-dd-HHmm"_s));
    auto *dialog = makeSaveDialog(tr("Save the status report"),
        { tr("Markdown (*.md)"), tr("Clusters as CSV (*.csv)") }, name, window());
    connect(dialog, &QFileDialog::fileSelected, this, &OverviewPage::saveReport);
    dialog->open();
}

void OverviewPage::saveReport(const QString &path)
{
    const OverviewTallies tallies = talliesOf(m_rows->rows());
    const OverviewShown shown { m_said, m_context.fleet->fleet().name, m_subtitle, m_words.counts(tallies),
        *m_tableRows, *m_findings, *m_planned, *m_stores };
    const StatusReport report = reportOf(shown, *m_context.clocks, m_context.clock->now());
    const bool csv = path.endsWith(".csv"_L1, Qt::CaseInsensitive);
    const QByteArray text = csv ? csvOf(report.tables.front()) : markdownOf(report);
    m_writing.start(
        m_context.files->write(path, text, m_writing.token()), [this, path](const Result<> &written) {
            Q_EMIT statusMessage(written
                    ? tr("Saved to %1").arg(oneLine(path))
                    : errorText(written.error()).sentence + u": "_s + oneLine(written.error().detail));
        });
}

std::vector<PaletteEntry> OverviewPage::paletteEntries()
{
    std::vector<PaletteEntry> entries;
    for (const Finding &finding : m_findings->rows()) {
        PaletteEntry entry;
        entry.text = tr("%1: %2", "whom it is about and what to do")
                         .arg(oneLine(subjectOf(finding)), m_words.finding(finding).action);
        entry.hint = m_words.findingCell(finding, int(FindingModel::Column::What)).text;
        entry.icon = u"bell"_s;
        entry.cluster = finding.cluster;
        entry.open = [this, finding] { act(finding); };
        entries.push_back(std::move(entry));
    }
    PaletteEntry report;
    report.text = tr("Status report…");
    report.hint = tr("what the overview says, as a file");
    report.synonyms = { u"markdown"_s, u"csv"_s, tr("export") };
    report.icon = u"export"_s;
    report.open = [this] { askForReport(); };
    entries.push_back(std::move(report));
    return entries;
}

} // namespace tidemark
