#include "insight/artifactnamed.h"
#include "insight/insight.h"
#include "insight/objectives.h"
#include "theme/fills.h"
#include "timeline/timelinepage.h"
#include "widgets/amounts.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/delegates.h"
#include "widgets/environmentblock.h"
#include "widgets/figures.h"
#include "widgets/keyvalue.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include <array>
#include <numeric>

using namespace Qt::StringLiterals;

namespace tidemark {

void TimelinePage::buildReadout()
{
    m_filter->setObjectName(u"laneFilter"_s);
    m_filter->setAccessibleName(tr("Filter clusters by name"));
    m_filter->setPlaceholderText(tr("Filter clusters"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(Theme::of(this).px(150));
    m_table->setObjectName(u"readout"_s);
    m_table->setAccessibleName(tr("What each cluster gives at the cursor"));
    m_table->setModel(m_readout);
    dressTable(m_table);
    m_table->setItemDelegateForColumn(int(ReadoutModel::Column::Get), new MonoDelegate(m_table));
    m_table->installEventFilter(this); // the cursor's keys work there too
    m_table->viewport()->installEventFilter(this); // its columns fit its width
    fitColumns();
}

// Where there is little room the backup is told by the pane alone; times and objectives stay whole.
void TimelinePage::fitColumns()
{
    static constexpr std::array Wide { 104, 180, 152, 112, 156, 120 };
    static constexpr std::array Narrow { 84, 172, 138, 112, 156, 92 };
    const Theme &theme = Theme::of(this);
    const bool narrow = m_table->viewport()->width() < theme.px(std::accumulate(Wide.begin(), Wide.end(), 0));
    if (m_narrow == narrow)
        return;
    m_narrow = narrow;
    m_table->setColumnHidden(int(ReadoutModel::Column::From), narrow);
    int column = 0;
    for (const int width : narrow ? Narrow : Wide)
        m_table->setColumnWidth(column++, theme.px(width));
}

void TimelinePage::buildDetail()
{
    m_detail->setObjectName(u"detail"_s);
    auto *copy = makeButton(tr("Copy time"));
    copy->setObjectName(u"copyTime"_s);
    connect(copy, &QPushButton::clicked, this, &TimelinePage::copyTime);
    m_recover->setObjectName(u"recoverHere"_s);
    connect(m_recover, &QPushButton::clicked, this, &TimelinePage::recoverHere);
    m_detailName->setElided();
    auto *name = new QHBoxLayout;
    name->setSpacing(8);
    name->addWidget(m_detailName, 1);
    name->addWidget(m_detailEnvironment);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_recover, 1);
    buttons->addWidget(copy);
    QVBoxLayout *column = m_detail->column();
    column->addLayout(name);
    column->addWidget(makeScrolling(m_detailRows), 1);
    column->addLayout(buttons);
}

ReadoutRow TimelinePage::readoutOf(const Cluster &cluster) const
{
    const ClusterInsight *insight = m_facts.insight(cluster.name);
    const auto *of = m_facts.of(cluster.name);
    const Objectives objectives = objectivesOf(cluster, m_context.fleet->fleet());
    if (insight && of && insight->standing != ClusterStanding::Unread)
        return readout(cluster, objectives, m_facts.knowledge->facts->cluster(cluster.name), *insight,
            *of->starts, m_cursor);
    ReadoutRow row;
    row.cluster = cluster.name;
    row.environment = cluster.environment;
    row.objectives = objectives;
    return row;
}

void TimelinePage::fillReadout()
{
    std::vector<ReadoutRow> rows;
    for (const Cluster *cluster : clusters())
        rows.push_back(readoutOf(*cluster));
    m_readout->setRows(rows);
    m_readout->reword();
    if (!m_table->currentIndex().isValid() && !rows.empty())
        m_table->selectRow(0);
    showDetail();
}

void TimelinePage::showDetail()
{
    const int row = m_table->currentIndex().row();
    const bool chosen = row >= 0 && row < int(m_readout->rows().size());
    m_detailRows->clear();
    m_detail->setVisible(chosen);
    m_detailEdge->setVisible(chosen);
    if (!chosen)
        return;
    const ReadoutRow &about = m_readout->row(row);
    m_detailName->setText(oneLine(about.cluster));
    m_detailEdge->setEnvironment(about.environment);
    m_detailEnvironment->setState(Glyph::None, environmentWords(about.environment));
    m_recover->setEnabled(about.known && about.path.answer.kind != Answer::Kind::Nothing);
    //: %1 is a cluster
    m_recover->setAccessibleName(tr("Recover %1 to here…").arg(oneLine(about.cluster)));
    if (const ArtifactFact *backup = shownBackup(about.cluster)) {
        m_detailRows->addRow(tr("Backup"), m_words.artifact(*backup));
        m_detailRows->addRow(QString(), oneLine(backup->id), KeyValueList::Face::Machine)->setElided();
        m_detailRows->addRow(tr("Its state"), m_words.state(*backup));
    }
    m_detailRows->addRow(tr("Restorable"), m_words.cell(about, int(ReadoutModel::Column::Restorable)).text);
    if (!about.known)
        return;
    for (std::size_t i = 0; i < about.chain.size(); ++i)
        m_detailRows
            ->addRow(i == 0 ? tr("Backup set") : QString(), oneLine(about.chain[i].id),
                KeyValueList::Face::Machine)
            ->setElided();
    if (about.path.wal)
        m_detailRows->addRow(tr("WAL to replay"), m_words.wal(*about.path.wal));
    m_detailRows->addUnlessEmpty(tr("Consistency"), m_words.consistency(about));
    m_detailRows->addUnlessEmpty(tr("Each database"), m_words.eachDump(about));
    m_detailRows->addUnlessEmpty(tr("Newer, partly"), m_words.newerPart(about));
    if (about.path.answer.kind != Answer::Kind::Nothing)
        m_detailRows->addRow(tr("Confidence"), wordFor(about.path.confidence));
    m_detailRows->addRow(tr("Lost work"), m_words.lost(about.path));
    m_detailRows->addRow(tr("Estimate"), tr("not measured: no restore of it has been timed"));
}

// Its lane is opened, and the pane tells of it until the cursor or the lane changes.
void TimelinePage::showBackup(const QStringList &item)
{
    m_open.insert(item[0]);
    m_backup = item;
    reword();
}

const ArtifactFact *TimelinePage::shownBackup(const QString &cluster) const
{
    const bool here = m_backup.size() > 3 && m_backup[0] == cluster && m_facts.knowledge
        && Instant::parse(m_backup[1]) == m_cursor;
    return here ? artifactNamed(*m_facts.knowledge->facts, cluster, m_backup[2], m_backup[3]) : nullptr;
}

} // namespace tidemark
