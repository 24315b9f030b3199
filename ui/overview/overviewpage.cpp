#include "overview/overviewpage.h"

#include "overview/attentionlist.h"
#include "overview/fleetdelegate.h"
#include "overview/nextdaypane.h"
#include "overview/storagepane.h"
#include "overview/verdictbar.h"
#include "shell/accepting.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/delegates.h"
#include "widgets/emptystate.h"
#include "widgets/segmentedcontrol.h"

#include <QDataStream>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QTreeView>

#include <numeric>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Shares of the table's width, by column, at the reference size.
constexpr std::array<int, 7> Widths { 142, 222, 286, 162, 152, 144, 132 };
// Below these the words of a column are lost; the table scrolls sideways instead.
constexpr std::array<int, 7> LeastWidths { 120, 176, 188, 122, 126, 112, 116 };
constexpr std::array<int, 12> TableWidths { 108, 166, 172, 128, 146, 86, 66, 92, 110, 66, 76, 84 };

} // namespace

OverviewPage::OverviewPage(PageContext context, QWidget *parent)
    : Page(std::move(context), parent)
    , m_words(m_context)
    , m_rows(new OverviewModel(
          [this](const OverviewRow &row, int column) { return m_words.cell(row, column); }, this))
    , m_tableRows(new OverviewTableModel(
          [this](const OverviewRow &row, int column) { return m_words.tableCell(row, column); }, this))
    , m_findings(new FindingModel(
          [this](const Finding &finding, int column) { return m_words.findingCell(finding, column); }, this))
    , m_planned(new NextDayModel(
          [this](const NextDayRow &row, int column) { return m_words.planned(row, column); }, this))
    , m_stores(new DatastoreModel(
          [this](const DatastoreRow &row, int column) { return m_words.datastore(row, column); }, this))
    , m_verdict(new VerdictBar)
    , m_fleet(new QTreeView)
    , m_fleetHeader(new FleetHeader(m_fleet))
    , m_table(new QTableView)
    , m_fleetStack(new QStackedWidget)
    , m_attention(new AttentionList)
    , m_attentionHead(new SectionHeader(tr("Needs attention")))
    , m_calm(new EmptyState(u"bell"_s, tr("Still reading"), {}, {}))
    , m_attentionStack(new QStackedWidget)
    , m_nextDay(new NextDayPane(m_planned, m_words))
    , m_storage(new StoragePane(m_stores, this))
    , m_order(new SegmentedControl({ tr("By risk"), tr("By name") }, this))
    , m_report(makeButton(tr("Status report…"), ButtonKind::Normal, u"export"_s, this))
    , m_empty(new EmptyState(u"db"_s, tr("No servers are in this fleet yet"),
          tr("Until one is, nothing can be said about what would be lost."), tr("Add servers in Settings")))
    , m_stack(new QStackedWidget)
    , m_vertical(new QSplitter(Qt::Vertical))
    , m_horizontal(new QSplitter(Qt::Horizontal))
    , m_side(new QSplitter(Qt::Vertical))
    , m_tick(new QTimer(this))
    , m_knowledge(m_context.catalogue->knowledge())
    , m_writing(m_context.inFlight)
    , m_accepting(new Accepting(m_context, this))
{
    m_order->setObjectName(u"order"_s);
    m_order->setAccessibleName(tr("Order of clusters"));
    m_report->setObjectName(u"report"_s);
    buildRows();
    buildTable();
    buildLayout();
    listen();
    follow();
}

void OverviewPage::buildRows()
{
    m_fleet->setObjectName(u"fleetRows"_s);
    m_fleet->setAccessibleName(tr("Clusters"));
    m_fleet->setModel(m_rows);
    m_fleet->setHeader(m_fleetHeader);
    m_fleet->setItemDelegate(new FleetDelegate(m_words, m_fleet));
    m_fleet->setRootIsDecorated(false);
    m_fleet->setUniformRowHeights(true);
    m_fleet->setFrameShape(QFrame::NoFrame);
    m_fleet->setEditTriggers(QTreeView::NoEditTriggers);
    m_fleet->setAllColumnsShowFocus(true);
    m_fleet->setMouseTracking(true);
    m_fleet->setHorizontalScrollMode(QTreeView::ScrollPerPixel);
    m_fleet->setVerticalScrollMode(QTreeView::ScrollPerPixel);
    m_fleet->setContextMenuPolicy(Qt::CustomContextMenu);
    for (int column = 0; column < int(Widths.size()); ++column)
        m_fleetHeader->resizeSection(column, Theme::of(this).px(Widths[std::size_t(column)]));
}

void OverviewPage::buildTable()
{
    m_table->setObjectName(u"fleetTable"_s);
    m_table->setAccessibleName(tr("Clusters as a table"));
    m_table->setModel(m_tableRows);
    m_table->setItemDelegate(new StateDelegate(m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::of(this).px(26));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int column = 0; column < int(TableWidths.size()); ++column)
        m_table->setColumnWidth(column, Theme::of(this).px(TableWidths[std::size_t(column)]));
    m_fleetStack->addWidget(m_fleet);
    m_fleetStack->addWidget(m_table);
}

QWidget *OverviewPage::buildAttention()
{
    m_attention->setModel(m_findings);
    m_attentionHead->setAside(tr("Enter opens the action, Space tells more"));
    m_attentionStack->addWidget(m_attention);
    m_attentionStack->addWidget(m_calm);
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_attentionHead);
    column->addWidget(m_attentionStack, 1);
    return pane;
}

void OverviewPage::buildLayout()
{
    m_side->addWidget(m_nextDay);
    m_side->addWidget(m_storage);
    m_side->setStretchFactor(0, 1);
    m_side->setSizes({ 196, 148 });
    m_horizontal->addWidget(buildAttention());
    m_horizontal->addWidget(m_side);
    m_horizontal->setStretchFactor(0, 3);
    m_horizontal->setStretchFactor(1, 2);
    m_horizontal->setSizes({ 746, 494 });
    m_vertical->addWidget(m_fleetStack);
    m_vertical->addWidget(m_horizontal);
    m_vertical->setStretchFactor(0, 1);
    m_vertical->setStretchFactor(1, 1);
    m_vertical->setSizes({ 358, 340 });
    for (QSplitter *splitter : { m_side, m_horizontal, m_vertical }) {
        splitter->setHandleWidth(1);
        splitter->setChildrenCollapsible(false);
    }
    auto *filled = new Ground(Token::Surface, Ground::Line::None);
    auto *inside = new QVBoxLayout(filled);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(0);
    inside->addWidget(m_verdict);
    inside->addWidget(m_vertical, 1);
    m_stack->addWidget(filled);
    m_stack->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
}

void OverviewPage::listen()
{
    m_tick->setInterval(5000);
    connect(m_tick, &QTimer::timeout, this, &OverviewPage::follow);
    connect(m_order, &SegmentedControl::currentChanged, this, &OverviewPage::follow);
    connect(m_report, &QPushButton::clicked, this, &OverviewPage::askForReport);
    connect(m_context.catalogue.get(), &CatalogueWatch::changed, this, &OverviewPage::follow);
    connect(m_context.monitor.get(), &FleetMonitor::changed, this, &OverviewPage::follow);
    connect(m_context.fleet.get(), &OpenFleet::changed, this, &OverviewPage::follow);
    connect(m_context.clocks.get(), &Clocks::changed, this, &OverviewPage::follow);
    connect(m_attention, &AttentionList::actionWanted, this, [this](int row) { act(m_findings->row(row)); });
    connect(m_attention, &AttentionList::detailsWanted, this,
        [this](int row) { showFinding(m_findings->row(row)); });
    connect(m_attention, &AttentionList::menuWanted, this, &OverviewPage::findingMenu);
    connect(m_accepting, &Accepting::said, this, &OverviewPage::statusMessage);
    connect(m_empty, &EmptyState::activated, this, [this] { Q_EMIT openPage(u"settings"_s); });
    connect(m_nextDay, &NextDayPane::wanted, this, [this](const QString &cluster, Instant at) {
        Q_EMIT openItem(u"calendar"_s, { cluster, at.toIso() });
    });
    for (QAbstractItemView *view :
        { static_cast<QAbstractItemView *>(m_fleet), static_cast<QAbstractItemView *>(m_table) }) {
        connect(view, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { openCluster(m_rows->row(index.row())); });
        connect(view, &QWidget::customContextMenuRequested, this, [this, view](QPoint at) {
            const QModelIndex index = view->indexAt(at);
            const QModelIndex meant = index.isValid() ? index : view->currentIndex();
            if (meant.isValid())
                clusterMenu(m_rows->row(meant.row()), view->viewport()->mapToGlobal(at));
        });
    }
}

std::vector<QWidget *> OverviewPage::headerActions()
{
    return { m_order, m_report };
}

QString OverviewPage::subtitle() const
{
    return m_subtitle;
}

void OverviewPage::setScope(const QString &cluster)
{
    Page::setScope(cluster);
    follow();
}

void OverviewPage::showItem(const QStringList &item)
{
    if (item.value(0) != "finding"_L1)
        return;
    const int row = m_findings->find(item.value(1));
    if (row < 0)
        return;
    m_attention->setFocus(Qt::OtherFocusReason);
    m_attention->setCurrentIndex(m_findings->index(row, 0));
}

void OverviewPage::showAsTable(bool table)
{
    m_fleetStack->setCurrentIndex(table ? 1 : 0);
    m_nextDay->setPlain(table);
}

std::vector<QWidget *> OverviewPage::panes()
{
    return { m_fleetStack->currentWidget(), m_attention, m_nextDay, m_storage };
}

QString OverviewPage::badge() const
{
    return m_badge;
}

void OverviewPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_tick->start();
    follow();
}

void OverviewPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_tick->stop();
}

void OverviewPage::follow()
{
    const Fleet &fleet = m_context.fleet->fleet();
    const FleetState state = m_context.monitor->state();
    const Instant now = m_context.clock->now();
    m_knowledge = m_context.catalogue->knowledge();
    m_insight = m_knowledge->insight;
    // What was kept is told as of now: the time that passed since counts.
    if (m_knowledge->kept && m_insight)
        m_insight = std::make_shared<const Insight>(aged(*m_insight, now));
    m_stack->setCurrentIndex(fleet.clusters.empty() && fleet.sources.empty() ? 1 : 0);
    const auto order = m_order->current() == 1 ? OverviewOrder::Name : OverviewOrder::Risk;
    const auto rows = overviewRows(fleet, state, m_insight, order, scope());
    m_rows->setRows(rows);
    m_tableRows->setRows(rows);
    // Before anything is concluded, what the servers say is known already.
    m_findings->setRows(findingsInScope(
        m_insight ? m_insight->findings : findingsOfAnswers(fleet, state, now), fleet, scope()));
    followSides();
    reword();
}

void OverviewPage::followSides()
{
    QStringList names;
    for (const OverviewRow &row : m_rows->rows())
        names.append(row.cluster.name);
    const Fleet &fleet = m_context.fleet->fleet();
    const auto &clocks = *m_context.clocks;
    const Instant now = m_context.clock->now();
    const bool utc = clocks.active() == Clocks::Face::Utc;
    m_nextDay->showRows(nextDayRows(names, fleet, *m_knowledge->facts, m_insight.get(), now),
        utc ? QTimeZone::utc() : clocks.localZone(), clocks.zoneWords(now));
    m_storage->setRows(datastoreRows(fleet, m_context.monitor->state(), *m_knowledge->facts));
}

void OverviewPage::reword()
{
    m_rows->setHeaders(m_words.headers());
    m_tableRows->setHeaders(m_words.tableHeaders());
    m_rows->reword();
    m_tableRows->reword();
    m_findings->reword();
    m_planned->reword();
    m_stores->reword();
    const auto &findings = m_findings->rows();
    const int count = int(findings.size());
    const int open = int(std::ranges::count_if(findings, [](const Finding &one) { return !one.accepted; }));
    const int accepted = count - open;
    QStringList hint;
    if (open > 0)
        hint.append(tr("%n, worst first", nullptr, open));
    if (accepted > 0)
        hint.append(tr("%n accepted", nullptr, accepted));
    m_attentionHead->setHint(hint.join(u", "_s));
    m_attentionStack->setCurrentIndex(count == 0 ? 1 : 0);
    const auto [title, text] = m_words.calm(*m_knowledge);
    m_calm->setWords(title, text);
    m_said = m_words.verdict(*m_knowledge, m_insight.get(), m_rows->rows(), findings);
    m_verdict->say(m_said);
    const OverviewTallies tallies = talliesOf(m_rows->rows());
    m_verdict->count(tallies, m_words.provenLabel(tallies));
    if (const QString badge = open == 0 ? QString() : QString::number(open);
        std::exchange(m_badge, badge) != badge)
        Q_EMIT badgeChanged();
    if (const QString words = m_words.asOf(*m_knowledge); std::exchange(m_subtitle, words) != words)
        Q_EMIT headerChanged();
}

// Columns keep their proportions in the width there is.
void OverviewPage::fitColumns()
{
    const int room = m_fleet->viewport()->width();
    const int whole = m_fleetHeader->length();
    if (room < 200 || whole == room)
        return;
    const Theme &theme = Theme::of(this);
    std::array<int, LeastWidths.size()> least {};
    std::array<int, LeastWidths.size()> widths {};
    for (std::size_t i = 0; i < widths.size(); ++i) {
        least[i] = theme.px(LeastWidths[i]);
        widths[i] = std::max(least[i], m_fleetHeader->sectionSize(int(i)) * room / whole);
    }
    int over = std::accumulate(widths.begin(), widths.end(), 0) - room;
    for (std::size_t i = 0; i < widths.size() && over > 0; ++i) {
        const int cut = std::min(over, widths[i] - least[i]);
        widths[i] -= cut;
        over -= cut;
    }
    widths[std::size_t(OverviewModel::Column::Ribbon)] += std::max(0, -over); // what rounding left
    for (std::size_t i = 0; i < widths.size(); ++i)
        m_fleetHeader->resizeSection(int(i), widths[i]);
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    QTimer::singleShot(0, this, &OverviewPage::fitColumns);
}

QByteArray OverviewPage::saveState() const
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << qint32(2) << qint32(m_order->current()) << m_vertical->saveState() << m_horizontal->saveState()
        << m_side->saveState() << m_fleetHeader->saveState() << m_table->horizontalHeader()->saveState();
    return bytes;
}

void OverviewPage::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    qint32 version = 0;
    qint32 order = 0;
    QByteArray vertical, horizontal, side, fleet, table;
    in >> version >> order >> vertical >> horizontal >> side >> fleet >> table;
    if (in.status() != QDataStream::Ok || version != 2)
        return;
    m_order->setCurrent(qBound(0, int(order), 1));
    m_vertical->restoreState(vertical);
    m_horizontal->restoreState(horizontal);
    m_side->restoreState(side);
    m_fleetHeader->restoreState(fleet);
    m_table->horizontalHeader()->restoreState(table);
}

} // namespace tidemark
