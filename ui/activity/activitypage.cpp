#include "activity/activitypage.h"

#include "run/runview.h"
#include "run/runwords.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/delegates.h"
#include "widgets/emptystate.h"
#include "widgets/figures.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/twolinedelegate.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

using Column = ActivityModel::Column;

// As it was written down: the account alone in the table, all of it in the tip.
QString accountOf(const QString &who)
{
    return oneLine(who.section(u'@', 0, 0));
}

QString kindWords(const QString &kind)
{
    static const QMap<QString, QString> words { { u"full"_s, ActivityPage::tr("Full backup") },
        { u"diff"_s, ActivityPage::tr("Differential backup") },
        { u"incr"_s, ActivityPage::tr("Incremental backup") },
        { u"basebackup"_s, ActivityPage::tr("Base backup") }, { u"dump"_s, ActivityPage::tr("Dump") },
        { u"globals"_s, ActivityPage::tr("Dump of roles and tablespaces") },
        { u"snapshot"_s, ActivityPage::tr("Snapshot") }, { u"verify"_s, ActivityPage::tr("Verification") },
        { u"prune"_s, ActivityPage::tr("Prune") }, { u"gc"_s, ActivityPage::tr("Garbage collection") },
        { u"sync"_s, ActivityPage::tr("Sync") } };
    return words.value(kind, oneLine(kind));
}

bool asksForPerson(const BoardSession &session)
{
    if (!session.record.trouble.isEmpty() || session.ours || session.record.busy)
        return false;
    return !session.record.state().over();
}

} // namespace

ActivityPage::ActivityPage(PageContext context, QWidget *parent)
    : Page(std::move(context), parent)
    , m_show(new SegmentedControl(
          { tr("Everything"), tr("Sessions"), tr("Backups and jobs"), tr("Failed") }, this))
    , m_range(new QComboBox(this))
    , m_back(makeButton(tr("All activity"), ButtonKind::Normal, u"left"_s, this))
    , m_banner(new Banner)
    , m_model(
          new ActivityModel([this](const ActivityRow &row, int column) { return cell(row, column); }, this))
    , m_table(new QTableView)
    , m_empty(new EmptyState(u"activity"_s, tr("Nothing happened in this time"),
          tr("Sessions of this console and of others, and the runs that the sources tell of, are listed "
             "here."),
          {}))
    , m_rows(new QStackedWidget)
    , m_run(new RunView(m_context, this))
    , m_stack(new QStackedWidget)
    , m_again(new QTimer(this))
{
    build();
    m_again->setInterval(5s);
    connect(m_again, &QTimer::timeout, m_context.sessions.get(), &SessionBoard::lookAgain);
    connect(m_context.sessions.get(), &SessionBoard::changed, this, &ActivityPage::fill);
    connect(m_context.catalogue.get(), &CatalogueWatch::changed, this, &ActivityPage::fill);
    connect(m_context.fleet.get(), &OpenFleet::changed, this, &ActivityPage::fill);
    connect(m_context.clocks.get(), &Clocks::changed, this, &ActivityPage::fill);
    connect(m_show, &SegmentedControl::currentChanged, this, &ActivityPage::fill);
    connect(m_range, &QComboBox::activated, this, &ActivityPage::fill);
    connect(m_back, &QPushButton::clicked, this, &ActivityPage::showList);
    connect(m_run, &RunView::opened, this, &ActivityPage::headerChanged);
    connect(m_table, &QTableView::doubleClicked, this, &ActivityPage::openRow);
    m_context.sessions->lookAgain();
    fill();
}

void ActivityPage::build()
{
    m_show->setObjectName(u"show"_s);
    m_show->setAccessibleName(tr("What is listed"));
    m_range->setObjectName(u"range"_s);
    m_range->setAccessibleName(tr("How far back"));
    for (const auto &[words, hours] : { std::pair(tr("Last 24 hours"), 24), std::pair(tr("Last 7 days"), 168),
             std::pair(tr("Last 30 days"), 720), std::pair(tr("Last 400 days"), 9600) })
        m_range->addItem(words, hours);
    m_back->setObjectName(u"back"_s);
    m_table->setObjectName(u"activityTable"_s);
    m_table->setAccessibleName(tr("Activity"));
    m_table->setModel(m_model);
    dressTable(m_table);
    m_table->setItemDelegateForColumn(int(Column::Time), new MonoDelegate(m_table));
    m_table->setItemDelegateForColumn(int(Column::Target),
        new TwoLineDelegate(
            { .rowHeight = 26, .leading = 8, .edgeColumn = int(Column::Target), .strongColumn = -1 },
            m_table));
    int column = 0;
    for (const int width : { 130, 100, 220, 320, 170, 160 })
        m_table->setColumnWidth(column++, Theme::of(this).px(width));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->installEventFilter(this);
    m_rows->addWidget(m_table);
    m_rows->addWidget(m_empty);
    auto *list = new QWidget;
    auto *lines = new QVBoxLayout(list);
    lines->setContentsMargins({});
    lines->setSpacing(0);
    lines->addWidget(m_banner);
    lines->addWidget(m_rows, 1);
    m_stack->addWidget(list);
    m_stack->addWidget(m_run);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_stack);
    dressHeader();
}

std::vector<QWidget *> ActivityPage::headerControls()
{
    return { m_back, m_show, m_range };
}

std::vector<QWidget *> ActivityPage::headerActions()
{
    return m_run->actions();
}

void ActivityPage::dressHeader()
{
    const bool session = m_stack->currentWidget() == m_run;
    m_back->setVisible(session);
    m_show->setVisible(!session);
    m_range->setVisible(!session);
    if (!session) {
        for (QWidget *action : m_run->actions())
            action->hide();
    }
    Q_EMIT headerChanged();
}

QString ActivityPage::subtitle() const
{
    if (m_stack->currentWidget() != m_run)
        return {};
    const auto session = m_context.sessions->find(m_run->session());
    return session ? oneLine(session->record.procedure.title) : QString();
}

QString ActivityPage::badge() const
{
    return m_openBadge;
}

void ActivityPage::setScope(const QString &cluster)
{
    Page::setScope(cluster);
    fill();
}

void ActivityPage::showItem(const QStringList &item)
{
    if (item.value(0) == "session"_L1)
        openSession(item.value(1));
}

void ActivityPage::refresh()
{
    m_context.sessions->lookAgain();
}

std::vector<QWidget *> ActivityPage::panes()
{
    return m_stack->currentWidget() == m_run ? m_run->panes() : std::vector<QWidget *> { m_table };
}

void ActivityPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_context.sessions->lookAgain();
    m_again->start();
}

void ActivityPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_again->stop();
}

bool ActivityPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            openRow(m_table->currentIndex());
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

std::optional<Instant> ActivityPage::since() const
{
    return m_context.clock->now() - std::chrono::hours(m_range->currentData().toInt());
}

void ActivityPage::fill()
{
    const auto knowledge = m_context.catalogue->knowledge();
    const CatalogueFacts none;
    const CatalogueFacts &facts = knowledge && knowledge->facts ? *knowledge->facts : none;
    const auto rows = activityRows(m_context.sessions->sessions(), facts, m_context.fleet->fleet(), scope(),
        ActivityShow(m_show->current()), since());
    m_model->setHeaders({ m_context.clocks->shortZone({}, m_context.clocks->active()), tr("Who"), tr("What"),
        tr("On"), tr("Cluster"), tr("State"), tr("Took") });
    m_model->setRows(rows);
    m_model->reword();
    m_rows->setCurrentWidget(rows.empty() ? static_cast<QWidget *>(m_empty) : m_table);
    const auto open = std::ranges::count_if(
        m_context.sessions->sessions(), [](const auto &one) { return asksForPerson(*one); });
    const QString badge = open > 0 ? QString::number(open) : QString();
    if (badge != std::exchange(m_openBadge, badge))
        Q_EMIT badgeChanged();
    offerToGoOn();
}

// What an earlier console left in the middle is offered before anything else.
void ActivityPage::offerToGoOn()
{
    const auto &sessions = m_context.sessions->sessions();
    const auto left = std::ranges::find_if(sessions, [](const auto &one) { return asksForPerson(*one); });
    if (left == sessions.end())
        return m_banner->clear();
    const BoardSession &session = **left;
    const SessionState state = session.record.state();
    const QString title
        = tr("%1: %2").arg(oneLine(session.record.procedure.title), RunWords::status(session));
    const QString text = state.status == SessionStatus::Running ? RunWords::interrupted(session)
                                                                : RunWords::headline(session);
    if (m_banner->isVisibleTo(this) && m_banner->property("session").toString() == session.record.id)
        return m_banner->setWords(title, text);
    m_banner->setProperty("session", session.record.id);
    m_banner->showWarning(title, text);
    m_banner->addAction(tr("Open it"), [this, id = session.record.id] { openSession(id); });
}

void ActivityPage::openRow(const QModelIndex &index)
{
    if (index.isValid() && m_model->row(index.row()).session)
        openSession(m_model->row(index.row()).session->record.id);
}

void ActivityPage::openSession(const QString &id)
{
    m_run->open(id);
    m_stack->setCurrentWidget(m_run);
    dressHeader();
    m_run->open(id); // its buttons again
}

void ActivityPage::showList()
{
    m_stack->setCurrentIndex(0);
    dressHeader();
    fill();
    m_table->setFocus();
}

Cell ActivityPage::stateCell(const ActivityRow &row) const
{
    Cell cell;
    if (row.session) {
        cell.text = RunWords::status(*row.session);
        const SessionState state = row.session->record.state();
        if (row.wentWrong())
            cell.standing = Standing::Failed;
        else if (row.session->record.busy)
            cell.standing = Standing::Running;
        else
            cell.standing = state.whole() ? Standing::Quiet : Standing::Attention;
        return cell;
    }
    switch (row.run.state) {
    case RunState::Running:
        return { .text = tr("running"), .standing = Standing::Running };
    case RunState::Ok:
        return { .text = tr("ok"), .standing = Standing::Quiet };
    case RunState::Warnings:
        return {
            .text = tr("with warnings"), .tip = plainTip(row.run.said), .standing = Standing::Attention
        };
    case RunState::Failed:
        return { .text = tr("failed"), .tip = plainTip(row.run.said), .standing = Standing::Failed };
    case RunState::Unknown:
        break;
    }
    return { .text = tr("not known"), .standing = Standing::Unknown };
}

Cell ActivityPage::cell(const ActivityRow &row, int column) const
{
    Cell cell;
    switch (Column(column)) {
    case Column::Time:
        cell.text = m_context.clocks->at(row.at).toString(u"d MMM HH:mm:ss"_s);
        cell.tip = m_context.clocks->both(row.at);
        break;
    case Column::Who:
        cell.text = accountOf(row.who);
        cell.tip = plainTip(row.who);
        break;
    case Column::What:
        cell.text = row.session ? oneLine(row.session->record.procedure.title) : kindWords(row.run.kind);
        cell.tip = plainTip(cell.text);
        break;
    case Column::On:
        cell.text = row.session ? RunWords::headline(*row.session) : oneLine(row.run.subject);
        cell.tip = plainTip(cell.text);
        cell.faint = true;
        break;
    case Column::Target:
        cell.text = oneLine(row.cluster);
        break;
    case Column::State:
        return stateCell(row);
    case Column::Took:
        if (row.ended)
            cell.text = tightDuration(std::chrono::duration_cast<std::chrono::seconds>(*row.ended - row.at));
        break;
    case Column::Count:
        break;
    }
    return cell;
}

} // namespace tidemark
