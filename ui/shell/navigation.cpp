#include "shell/navigation.h"

#include "items/overviewmodel.h"
#include "shell/navigationdelegate.h"
#include "shell/page.h"
#include "widgets/environmentblock.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QListView>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStandardItemModel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool counts(const Cluster &cluster, Environment environment)
{
    const bool unset = cluster.environment == Environment::Unset;
    return cluster.environment == environment || (unset && environment == Environment::Production);
}

QString scopeOf(const QModelIndex &index)
{
    return index.data(KeyRole).toString();
}

QStandardItem *clusterItem(const Cluster &cluster)
{
    auto *item = new QStandardItem(cluster.name);
    item->setData(cluster.name, KeyRole);
    item->setData(QVariant::fromValue(cluster.environment), EnvironmentRole);
    item->setToolTip(cluster.name + u" · "_s + environmentWords(cluster.environment));
    item->setEditable(false);
    return item;
}

} // namespace

QString fleetSummary(const Fleet &fleet)
{
    const auto number = [&](Environment environment) {
        return int(std::ranges::count_if(
            fleet.clusters, [&](const Cluster &cluster) { return counts(cluster, environment); }));
    };
    QStringList parts;
    if (const int n = number(Environment::Production))
        parts << Navigation::tr("%n production", "clusters", n);
    if (const int n = number(Environment::Test))
        parts << Navigation::tr("%n test", "clusters", n);
    if (const int n = number(Environment::Lab))
        parts << Navigation::tr("%n lab", "clusters", n);
    return parts.isEmpty() ? Navigation::tr("none yet") : parts.join(u", "_s);
}

Navigation::Navigation(const std::vector<PageEntry> &pages, QWidget *parent)
    : QWidget(parent)
    , m_block(new EnvironmentBlock(this))
    , m_heading(new TextLabel(tr("Clusters"), FontRole::SmallStrong, Token::T3, this))
    , m_pages(makeList(u"navigation.pages"_s, tr("Pages")))
    , m_clusters(makeList(u"navigation.clusters"_s, tr("Clusters")))
    , m_pageItems(new QStandardItemModel(this))
    , m_clusterItems(new QStandardItemModel(this))
{
    m_pages->setModel(m_pageItems);
    m_clusters->setModel(m_clusterItems);
    m_pages->setItemDelegate(new PageDelegate(m_pages));
    m_clusters->setItemDelegate(new ClusterDelegate(m_clusters));
    fillPages(pages);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addWidget(m_block);
    column->addSpacing(6);
    column->addWidget(m_pages);
    column->addSpacing(12);
    column->addWidget(m_heading);
    column->addSpacing(6);
    column->addWidget(m_clusters, 1);
    m_heading->setContentsMargins(12, 0, 0, 0);
    follow(m_pages, [this](const QModelIndex &index) { Q_EMIT pageChosen(index.row()); });
    follow(m_clusters, [this](const QModelIndex &index) { Q_EMIT scopeChosen(scopeOf(index)); });
    setNarrow(false);
    setFleet({});
}

QListView *Navigation::makeList(const QString &name, const QString &spoken)
{
    auto *list = new QListView(this);
    list->setObjectName(name);
    list->setAccessibleName(spoken);
    list->setFrameShape(QFrame::NoFrame);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setUniformItemSizes(true);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setMouseTracking(true);
    list->viewport()->setAutoFillBackground(false);
    list->setTextElideMode(Qt::ElideMiddle);
    return list;
}

// The selection counts, not the current item: assistive programs set only the former.
void Navigation::follow(QListView *list, std::function<void(const QModelIndex &)> chosen)
{
    connect(list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        [this, chosen = std::move(chosen)](const QItemSelection &now) {
            if (m_telling && !now.isEmpty())
                chosen(now.indexes().front());
        });
}

void Navigation::fillPages(const std::vector<PageEntry> &pages)
{
    for (const PageEntry &entry : pages) {
        auto *item = new QStandardItem(entry.title);
        item->setData(entry.icon, PageDelegate::IconRole);
        item->setToolTip(entry.title);
        item->setEditable(false);
        m_pageItems->appendRow(item);
    }
    m_pages->setFixedHeight(int(pages.size()) * Theme::of(this).px(28));
    m_pages->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void Navigation::setFleet(const Fleet &fleet)
{
    m_fleet = fleet;
    const QScopedValueRollback quiet(m_telling, false);
    m_clusterItems->clear();
    auto *all = new QStandardItem(tr("All clusters"));
    all->setData(QString(), KeyRole);
    all->setToolTip(tr("All clusters"));
    all->setEditable(false);
    m_clusterItems->appendRow(all);
    for (const Cluster &cluster : fleet.clusters)
        m_clusterItems->appendRow(clusterItem(cluster));
    showScope(m_scope);
}

void Navigation::setInsight(const Insight *insight)
{
    for (int row = 1; row < m_clusterItems->rowCount(); ++row) {
        QStandardItem *item = m_clusterItems->item(row);
        const QString cluster = item->data(KeyRole).toString();
        const Glyph glyph = glyphOf(answerStanding(insight ? insight->cluster(cluster) : nullptr));
        item->setData(int(glyph), ClusterDelegate::GlyphRole);
        item->setData(
            tr("%1, %2", "cluster, its state").arg(item->text(), glyphWords(glyph)), Qt::AccessibleTextRole);
    }
}

void Navigation::setBadge(int page, const QString &badge)
{
    QStandardItem *item = m_pageItems->item(page);
    if (!item)
        return;
    item->setData(badge, PageDelegate::BadgeRole);
    item->setData(badge.isEmpty() ? item->text() : tr("%1, %2", "page, its badge").arg(item->text(), badge),
        Qt::AccessibleTextRole);
}

void Navigation::showPage(int page)
{
    choose(m_pages, page);
}

void Navigation::showScope(const QString &cluster)
{
    m_scope = cluster;
    const auto matches
        = m_clusterItems->match(m_clusterItems->index(0, 0), KeyRole, cluster, 1, Qt::MatchExactly);
    choose(m_clusters, cluster.isEmpty() || matches.isEmpty() ? 0 : matches.front().row());
    showBlock();
}

void Navigation::choose(QListView *list, int row)
{
    const QScopedValueRollback quiet(m_telling, false);
    list->setCurrentIndex(list->model()->index(row, 0));
}

void Navigation::showBlock()
{
    const auto found = std::ranges::find(m_fleet.clusters, m_scope, &Cluster::name);
    if (m_scope.isEmpty() || found == m_fleet.clusters.end())
        m_block->showAll(fleetSummary(m_fleet));
    else
        m_block->showCluster(found->environment, found->name);
}

void Navigation::setNarrow(bool narrow)
{
    m_narrow = narrow;
    setFixedWidth(Theme::of(this).px(narrow ? 48 : 194));
    m_block->setNarrow(narrow);
    m_heading->setVisible(!narrow);
    for (QListView *list : { m_pages, m_clusters }) {
        list->setProperty("narrow", narrow);
        list->viewport()->update();
    }
}

void Navigation::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Win));
    painter.fillRect(width() - 1, 0, 1, height(), theme.color(Token::Sep));
}

} // namespace tidemark
