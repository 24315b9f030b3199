#include "overview/clusterdetails.h"

#include "theme/style.h"
#include "widgets/factdelegate.h"
#include "widgets/panehead.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tidemark {

ClusterDetails::ClusterDetails(QWidget *parent)
    : QWidget(parent)
    , m_facts(new FactModel(this))
    , m_view(new QTreeView)
    , m_head(new PaneHead(tr("Details")))
    , m_copy(new QPushButton(tr("Copy all")))
{
    m_view->setObjectName(u"facts"_s);
    m_view->setAccessibleName(tr("What was read"));
    m_view->setModel(m_facts);
    m_view->setItemDelegate(new FactDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformRowHeights(true);
    m_view->setEditTriggers(QTreeView::NoEditTriggers);
    m_view->setSelectionMode(QTreeView::ExtendedSelection);
    m_view->header()->hide();
    m_view->setColumnWidth(0, Theme::of(this).px(136));
    m_view->installEventFilter(this);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto *copy = new QAction(tr("Copy value"), m_view);
    connect(copy, &QAction::triggered, this, &ClusterDetails::copySelected);
    m_view->addAction(copy);
    setSmall(m_copy);
    m_copy->setObjectName(u"copyFacts"_s);
    connect(m_copy, &QPushButton::clicked, this, &ClusterDetails::copyAll);
    m_head->addAction(m_copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_view, 1);
}

void ClusterDetails::showFacts(const QString &cluster, const std::vector<Fact> &facts)
{
    m_head->setTitle(cluster.isEmpty() ? tr("Details") : cluster);
    m_head->setNote(cluster.isEmpty() ? tr("choose a cluster above") : tr("as last read"));
    m_copy->setEnabled(!facts.empty());
    m_facts->setRows(facts);
}

bool ClusterDetails::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        copySelected();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ClusterDetails::copyAll()
{
    QGuiApplication::clipboard()->setText(m_facts->asText());
    Q_EMIT copied();
}

void ClusterDetails::copySelected()
{
    QStringList values;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows(int(FactModel::Column::Value)))
        values.append(m_facts->row(index.row()).value);
    if (values.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(values.join(u'\n'));
    Q_EMIT copied();
}

} // namespace tidemark
