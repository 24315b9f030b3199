#include "overview/overviewpage.h"

#include "fleet/access.h"
#include "overview/attentionlist.h"
#include "overview/clusterdetails.h"
#include "overview/concernsetting.h"
#include "overview/storagepane.h"
#include "overview/verdictbar.h"
#include "widgets/bars.h"
#include "widgets/copydialog.h"
#include "widgets/emptystate.h"
#include "widgets/figures.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/twolinedelegate.h"

#include <QDataStream>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QTreeView>

#include <numeric>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Shares of the table's width, by column, at the reference size.
constexpr std::array<int, 6> Widths { 176, 196, 210, 208, 208, 120 };
// Below these the words of a column are lost; the table scrolls sideways instead.
constexpr std::array<int, 6> LeastWidths { 120, 138, 156, 128, 160, 104 };

} // namespace

OverviewPage::OverviewPage(PageContext context, QWidget *parent)
    : Page(std::move(context), parent)
    , m_words(m_context)
    , m_rows(new OverviewModel(
          [this](const OverviewRow &row, int column) { return m_words.cell(row, column); }, this))
    , m_concerns(new ConcernModel(
          [this](const Concern &concern, int column) { return m_words.concern(concern, column); }, this))
    , m_verdict(new VerdictBar)
    , m_table(new QTreeView)
    , m_attention(new AttentionList)
    , m_attentionHead(new SectionHeader(tr("Needs attention")))
    , m_calm(new EmptyState(u"bell"_s, tr("Nothing needs attention"),
          tr("By what the servers say of themselves. What can be restored is on the timeline."), {}))
    , m_attentionStack(new QStackedWidget)
    , m_details(new ClusterDetails)
    , m_storage(new StoragePane(
          new DatastoreModel(
              [this](const DatastoreRow &row, int column) { return m_words.datastore(row, column); }, this),
          this))
    , m_order(new SegmentedControl({ tr("By risk"), tr("By name") }, this))
    , m_empty(new EmptyState(u"db"_s, tr("No servers are in this fleet yet"),
          tr("Until one is, nothing can be said about what would be lost."), tr("Add servers in Settings")))
    , m_stack(new QStackedWidget)
    , m_vertical(new QSplitter(Qt::Vertical))
    , m_horizontal(new QSplitter(Qt::Horizontal))
    , m_side(new QSplitter(Qt::Vertical))
    , m_tick(new QTimer(this))
{
    m_order->setObjectName(u"order"_s);
    m_order->setAccessibleName(tr("Order of clusters"));
    buildTable();
    buildLayout();
    m_tick->setInterval(5000);
    connect(m_tick, &QTimer::timeout, this, &OverviewPage::reword);
    connect(m_order, &SegmentedControl::currentChanged, this, &OverviewPage::follow);
    connect(m_context.monitor.get(), &FleetMonitor::changed, this, &OverviewPage::follow);
    connect(m_context.fleet.get(), &OpenFleet::changed, this, &OverviewPage::follow);
    connect(m_context.clocks.get(), &Clocks::changed, this, &OverviewPage::reword);
    connect(m_attention, &AttentionList::actionWanted, this, [this](int row) { act(m_concerns->row(row)); });
    connect(m_empty, &EmptyState::activated, this, [this] { Q_EMIT openPage(u"settings"_s); });
    connect(m_details, &ClusterDetails::copied, this, [this] { Q_EMIT statusMessage(tr("Copied")); });
    follow();
}

void OverviewPage::buildTable()
{
    auto *delegate = new TwoLineDelegate({}, m_table);
    m_table->setObjectName(u"fleetRows"_s);
    m_table->setAccessibleName(tr("Clusters"));
    m_table->setModel(m_rows);
    m_table->setItemDelegate(delegate);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setEditTriggers(QTreeView::NoEditTriggers);
    m_table->setAllColumnsShowFocus(true);
    m_table->setMouseTracking(true);
    m_table->header()->setSectionsMovable(false);
    m_table->header()->setStretchLastSection(false); // fitColumns() shares out the width
    m_table->header()->setMinimumSectionSize(Theme::of(this).px(90));
    m_table->setHorizontalScrollMode(QTreeView::ScrollPerPixel);
    for (int column = 0; column < int(Widths.size()); ++column)
        m_table->header()->resizeSection(column, Theme::of(this).px(Widths[std::size_t(column)]));
    connect(delegate, &TwoLineDelegate::linkActivated, this,
        [this](const QModelIndex &index) { actOnRow(index.row()); });
    connect(m_table, &QTreeView::activated, this, &OverviewPage::activateRow);
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &OverviewPage::showDetails);
}

QWidget *OverviewPage::buildAttention()
{
    m_attention->setModel(m_concerns);
    m_attentionHead->setAside(tr("Enter opens the action"));
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
    m_side->addWidget(m_details);
    m_side->addWidget(m_storage);
    m_side->setSizes({ 220, 120 });
    m_horizontal->addWidget(buildAttention());
    m_horizontal->addWidget(m_side);
    m_horizontal->setStretchFactor(0, 3);
    m_horizontal->setStretchFactor(1, 2);
    m_horizontal->setSizes({ 744, 452 });
    m_vertical->addWidget(m_table);
    m_vertical->addWidget(m_horizontal);
    m_vertical->setStretchFactor(0, 1);
    m_vertical->setStretchFactor(1, 1);
    m_vertical->setSizes({ 360, 344 });
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

std::vector<QWidget *> OverviewPage::headerControls()
{
    return {};
}

std::vector<QWidget *> OverviewPage::headerActions()
{
    return { m_order };
}

void OverviewPage::setScope(const QString &cluster)
{
    Page::setScope(cluster);
    follow();
}

std::vector<QWidget *> OverviewPage::panes()
{
    return { m_table, m_attention, m_details, m_storage };
}

QString OverviewPage::badge() const
{
    return m_badge;
}

void OverviewPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_tick->start();
    reword();
}

std::vector<Concern> OverviewPage::concernsInScope() const
{
    auto all = attention(m_context.monitor->state(), m_context.fleet->fleet(), m_context.clock->now());
    if (scope().isEmpty())
        return all;
    const auto &sources = m_context.fleet->fleet().sources;
    std::erase_if(all, [&](const Concern &concern) {
        if (!concern.ofSource)
            return concern.subject != scope();
        return std::none_of(sources.begin(), sources.end(), [&](const Source &source) {
            return source.name == concern.subject && source.clusters.contains(scope());
        });
    });
    return all;
}

void OverviewPage::follow()
{
    const Fleet &fleet = m_context.fleet->fleet();
    const FleetState state = m_context.monitor->state();
    const Instant now = m_context.clock->now();
    m_stack->setCurrentIndex(fleet.clusters.empty() && fleet.sources.empty() ? 1 : 0);
    const auto order = m_order->current() == 1 ? OverviewOrder::Name : OverviewOrder::Risk;
    m_rows->setRows(overviewRows(fleet, state, now, order, scope()));
    const auto concerns = concernsInScope();
    m_concerns->setRows(concerns);
    m_attentionHead->setHint(
        concerns.empty() ? QString() : tr("%n, worst first", nullptr, int(concerns.size())));
    m_attentionStack->setCurrentIndex(concerns.empty() ? 1 : 0);
    sayCalm(verdictOf(state, fleet, now).kind);
    m_storage->setRows(datastoreRows(fleet, state));
    m_verdict->count(m_rows->rows());
    const QString badge = concerns.empty() ? QString() : QString::number(concerns.size());
    if (std::exchange(m_badge, badge) != badge)
        Q_EMIT badgeChanged();
    reword();
}

// Nothing found is only calm once everything was read.
void OverviewPage::sayCalm(VerdictKind kind)
{
    if (kind == VerdictKind::NotReadYet)
        m_calm->setWords(
            tr("Still reading"), tr("What needs attention is known when every server has answered."));
    else
        m_calm->setWords(tr("Nothing needs attention"),
            tr("By what the servers say of themselves. What can be restored is on the timeline."));
}

// Columns keep their proportions in the width there is.
void OverviewPage::fitColumns()
{
    QHeaderView *header = m_table->header();
    const int room = m_table->viewport()->width();
    const int whole = header->length();
    if (room < 200 || whole == room)
        return;
    const Theme &theme = Theme::of(this);
    std::array<int, LeastWidths.size()> least {};
    std::array<int, LeastWidths.size()> widths {};
    for (std::size_t i = 0; i < widths.size(); ++i) {
        least[i] = theme.px(LeastWidths[i]);
        widths[i] = std::max(least[i], header->sectionSize(int(i)) * room / whole);
    }
    int over = std::accumulate(widths.begin(), widths.end(), 0) - room;
    for (std::size_t i = 0; i < widths.size() && over > 0; ++i) {
        const int cut = std::min(over, widths[i] - least[i]);
        widths[i] -= cut;
        over -= cut;
    }
    widths.back() += std::max(0, -over); // what rounding left
    for (std::size_t i = 0; i < widths.size(); ++i)
        header->resizeSection(int(i), widths[i]);
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    QTimer::singleShot(0, this, &OverviewPage::fitColumns);
}

void OverviewPage::reword()
{
    m_rows->setHeaders(m_words.headers());
    m_rows->reword();
    m_concerns->reword();
    m_verdict->say(m_words.verdict(
        verdictOf(m_context.monitor->state(), m_context.fleet->fleet(), m_context.clock->now())));
    showDetails();
    if (!isVisible())
        m_tick->stop();
}

void OverviewPage::showDetails()
{
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid())
        return m_details->showFacts({}, {});
    const OverviewRow &row = m_rows->row(current.row());
    m_details->showFacts(row.cluster.name, m_words.facts(row));
}

void OverviewPage::activateRow(const QModelIndex &index)
{
    actOnRow(index.row());
}

void OverviewPage::actOnRow(int row)
{
    const OverviewRow &about = m_rows->row(row);
    if (!about.concerns.empty())
        act(about.concerns.front());
    else
        Q_EMIT openScope(about.cluster.name);
}

void OverviewPage::act(const Concern &concern)
{
    switch (OverviewWords::actionOf(concern)) {
    case ConcernAction::TryNow:
        m_context.monitor->tryNow(concern.subject);
        Q_EMIT statusMessage(tr("Asking %1 again").arg(oneLine(concern.subject)));
        return;
    case ConcernAction::ShowGrant:
        return showGrants(concern.subject, concern.missing);
    case ConcernAction::OpenSettings:
        Q_EMIT openItem(u"settings"_s, settingOf(concern));
        return;
    case ConcernAction::CopyDetails:
        return copyDetails(concern);
    }
}

void OverviewPage::showGrants(const QString &name, const std::vector<MissingRight> &missing)
{
    QStringList lacking;
    for (const MissingRight &right : missing)
        lacking.append(oneLine(right.what));
    auto *dialog = new CopyDialog(tr("What %1 does not show").arg(name),
        tr("Without it Tidemark cannot see: %1. Run this there as a role that may grant it.")
            .arg(lacking.join(u", "_s)),
        grantsFor(missing), window());
    dialog->open();
}

void OverviewPage::copyDetails(const Concern &concern)
{
    auto *dialog = new CopyDialog(tr("Details about %1").arg(concern.subject),
        tr("As read by Tidemark, for whoever repairs it."), m_words.concernText(concern), window());
    dialog->open();
}

std::vector<PaletteEntry> OverviewPage::paletteEntries()
{
    std::vector<PaletteEntry> entries;
    for (const Concern &concern : concernsInScope()) {
        PaletteEntry entry;
        entry.text = tr("%1: %2", "server and what to do")
                         .arg(oneLine(concern.subject),
                             OverviewWords::actionWords(OverviewWords::actionOf(concern)));
        entry.hint = m_words.concern(concern, int(ConcernModel::Column::What)).text;
        entry.icon = u"bell"_s;
        entry.cluster = concern.ofSource ? QString() : concern.subject;
        entry.open = [this, concern] { act(concern); };
        entries.push_back(std::move(entry));
    }
    return entries;
}

QByteArray OverviewPage::saveState() const
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << qint32(1) << qint32(m_order->current()) << m_vertical->saveState() << m_horizontal->saveState()
        << m_side->saveState() << m_table->header()->saveState();
    return bytes;
}

void OverviewPage::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    qint32 version = 0;
    qint32 order = 0;
    QByteArray vertical, horizontal, side, header;
    in >> version >> order >> vertical >> horizontal >> side >> header;
    if (in.status() != QDataStream::Ok || version != 1)
        return;
    m_order->setCurrent(qBound(0, int(order), 1));
    m_vertical->restoreState(vertical);
    m_horizontal->restoreState(horizontal);
    m_side->restoreState(side);
    m_table->header()->restoreState(header);
}

} // namespace tidemark
