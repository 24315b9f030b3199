#include "timeline/timelinepage.h"

#include "ports/cataloguewatch.h"
#include "schedule/cron.h"
#include "timeline/timelinelegend.h"
#include "timeline/timelinestrip.h"
#include "timeline/timelineview.h"
#include "widgets/amounts.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/delegates.h"
#include "widgets/emptystate.h"
#include "widgets/figures.h"
#include "widgets/keyvalue.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QClipboard>
#include <QDataStream>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr std::array<std::chrono::hours, 5> Ranges { 24h, 7 * 24h, 28 * 24h, 90 * 24h, 365 * 24h };
constexpr int Usual = 2; // 28 days
constexpr double Ahead = 0.28; // share of the width that is kept for what comes

TimeScale around(Instant now, std::chrono::hours range, double width)
{
    const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(range * Ahead);
    return { now + ahead - range, now + ahead, width };
}

QToolButton *stepButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(Theme::of(parent).icon(icon));
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

// Date and time as people type them; seconds and the time itself may be left out.
QDateTime typedTime(const QString &text)
{
    for (const QString &format :
        { u"yyyy-MM-dd HH:mm:ss.zzz"_s, u"yyyy-MM-dd HH:mm:ss"_s, u"yyyy-MM-dd HH:mm"_s, u"yyyy-MM-dd"_s }) {
        const QDateTime time = QDateTime::fromString(text.simplified(), format);
        if (time.isValid())
            return { time.date(), time.time(), Qt::UTC };
    }
    return {};
}

} // namespace

TimelinePage::TimelinePage(PageContext context, QWidget *parent)
    : Page(std::move(context), parent)
    , m_words(m_context)
    , m_strip(new TimelineStrip)
    , m_view(new TimelineView)
    , m_range(new SegmentedControl({ tr("24 h"), tr("7 d"), tr("28 d"), tr("90 d"), tr("1 y") }, this))
    , m_back(stepButton(u"left"_s, tr("Earlier"), this))
    , m_today(new QToolButton(this))
    , m_forth(stepButton(u"right"_s, tr("Later"), this))
    , m_time(new QLineEdit(this))
    , m_legend(new TimelineLegend(this))
    , m_cursorWords(new TextLabel({}, FontRole::MonoStrong, Token::Acc))
    , m_readout(new ReadoutModel(
          [this](const ReadoutRow &row, int column) { return m_words.cell(row, column); }, this))
    , m_table(new QTableView)
    , m_detail(new SidePane)
    , m_detailName(new TextLabel({}, FontRole::Strong))
    , m_detailRows(new KeyValueList)
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_empty(new EmptyState(u"timeline"_s, tr("No clusters are in this fleet yet"),
          tr("The timeline shows which instants of a cluster can be restored."),
          tr("Add servers in Settings")))
    , m_stack(new QStackedWidget)
    , m_tick(new QTimer(this))
    , m_knowledge(m_context.catalogue->knowledge())
    , m_cursor(m_context.clock->now())
    , m_scale(around(m_cursor, Ranges[Usual], 1000))
{
    m_range->setCurrent(Usual);
    buildHeader();
    buildReadout();
    buildDetail();
    buildLayout();
    listen();
    follow();
}

void TimelinePage::buildHeader()
{
    m_range->setObjectName(u"range"_s);
    m_range->setAccessibleName(tr("Range of time"));
    m_today->setText(tr("Today"));
    m_time->setObjectName(u"time"_s);
    m_time->setAccessibleName(tr("Go to a time"));
    m_time->setPlaceholderText(u"2026-11-20 14:05"_s);
    m_time->setFont(Theme::of(this).font(FontRole::Mono));
    m_time->setFixedWidth(Theme::of(this).px(190));
    m_time->addAction(Theme::of(this).icon(u"clock"_s), QLineEdit::LeadingPosition);
    auto *go = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_G), this);
    connect(go, &QShortcut::activated, this, [this] {
        m_time->setFocus(Qt::ShortcutFocusReason);
        m_time->selectAll();
    });
}

void TimelinePage::buildReadout()
{
    m_table->setObjectName(u"readout"_s);
    m_table->setAccessibleName(tr("What each cluster gives at the cursor"));
    m_table->setModel(m_readout);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::of(this).px(26));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setItemDelegate(new StateDelegate(m_table));
    m_table->setItemDelegateForColumn(int(ReadoutModel::Column::Get), new MonoDelegate(m_table));
    int column = 0;
    for (const int width : { 120, 180, 140, 110, 180, 120 })
        m_table->setColumnWidth(column++, Theme::of(this).px(width));
}

void TimelinePage::buildDetail()
{
    m_detail->setObjectName(u"detail"_s);
    auto *copy = makeButton(tr("Copy time"));
    copy->setObjectName(u"copyTime"_s);
    connect(copy, &QPushButton::clicked, this, &TimelinePage::copyTime);
    QVBoxLayout *column = m_detail->column();
    column->addWidget(m_detailName);
    column->addWidget(m_detailRows);
    column->addStretch(1);
    auto *row = new QHBoxLayout;
    row->addWidget(copy);
    row->addStretch(1);
    column->addLayout(row);
}

void TimelinePage::buildLayout()
{
    auto *upper = new QWidget;
    auto *over = new QVBoxLayout(upper);
    over->setContentsMargins({});
    over->setSpacing(0);
    over->addWidget(m_strip);
    over->addWidget(m_view, 1);
    auto *head = new Ground(Token::Surface, Ground::Line::Top);
    auto *keys
        = new TextLabel(tr("← → 1 min · Shift 1 h · Ctrl next backup"), FontRole::Secondary, Token::T3);
    keys->setElided();
    m_cursorWords->setElided();
    auto *words = new QHBoxLayout(head);
    words->setContentsMargins(12, 6, 16, 6);
    words->addWidget(new TextLabel(tr("At the cursor"), FontRole::Strong));
    words->addWidget(m_cursorWords);
    words->addStretch(1);
    words->addWidget(keys);
    auto *left = new QWidget;
    auto *under = new QVBoxLayout(left);
    under->setContentsMargins({});
    under->setSpacing(0);
    under->addWidget(head);
    under->addWidget(m_table, 1);
    auto *lower = new QWidget;
    auto *beside = new QHBoxLayout(lower);
    beside->setContentsMargins({});
    beside->setSpacing(0);
    beside->addWidget(left, 1);
    beside->addWidget(m_detail);
    m_splitter->addWidget(upper);
    m_splitter->addWidget(lower);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({ 560, 212 });
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_empty);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_stack);
}

void TimelinePage::listen()
{
    m_tick->setInterval(5000);
    connect(m_tick, &QTimer::timeout, this, &TimelinePage::tick);
    connect(m_context.catalogue.get(), &CatalogueWatch::changed, this, &TimelinePage::follow);
    connect(m_context.fleet.get(), &OpenFleet::changed, this, &TimelinePage::follow);
    connect(m_context.clocks.get(), &Clocks::changed, this, &TimelinePage::reword);
    connect(m_range, &SegmentedControl::currentChanged, this, &TimelinePage::setRange);
    connect(m_back, &QToolButton::clicked, this, [this] { setScale(m_scale.panned(-m_scale.width() / 2)); });
    connect(m_forth, &QToolButton::clicked, this, [this] { setScale(m_scale.panned(m_scale.width() / 2)); });
    connect(m_today, &QToolButton::clicked, this, [this] { setRange(m_range->current()); });
    connect(m_time, &QLineEdit::returnPressed, this, &TimelinePage::goToTyped);
    connect(m_strip, &TimelineStrip::scaleWanted, this, &TimelinePage::setScale);
    connect(m_view, &TimelineView::scaleWanted, this, &TimelinePage::setScale);
    connect(m_view, &TimelineView::cursorWanted, this, &TimelinePage::setCursorTo);
    connect(m_view, &TimelineView::moveWanted, this, &TimelinePage::moveCursor);
    connect(m_view, &TimelineView::laneWanted, this, [this](int lane) { m_table->selectRow(lane); });
    connect(m_view, &TimelineView::laneActivated, this, [this](int lane) {
        if (lane >= 0 && lane < int(m_laneNames.size()))
            Q_EMIT openScope(m_laneNames[std::size_t(lane)]);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &now) {
            m_view->setCurrent(now.row());
            showDetail();
        });
    connect(m_empty, &EmptyState::activated, this, [this] { Q_EMIT openPage(u"settings"_s); });
}

std::vector<QWidget *> TimelinePage::headerControls()
{
    return { m_range, m_back, m_today, m_forth, m_time };
}

std::vector<QWidget *> TimelinePage::headerActions()
{
    return { m_legend };
}

std::vector<QWidget *> TimelinePage::panes()
{
    return { m_view, m_table, m_detail };
}

void TimelinePage::setScope(const QString &cluster)
{
    Page::setScope(cluster);
    follow();
}

void TimelinePage::refresh()
{
    m_context.catalogue->refreshNow();
}

void TimelinePage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_tick->start();
    tick();
}

void TimelinePage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_tick->stop();
}

std::vector<const Cluster *> TimelinePage::clusters() const
{
    std::vector<const Cluster *> found;
    for (const Cluster &cluster : m_context.fleet->fleet().clusters)
        if (scope().isEmpty() || cluster.name == scope())
            found.push_back(&cluster);
    return found;
}

const ClusterInsight *TimelinePage::insightOf(const QString &cluster) const
{
    return m_knowledge && m_knowledge->insight ? m_knowledge->insight->cluster(cluster) : nullptr;
}

void TimelinePage::follow()
{
    m_knowledge = m_context.catalogue->knowledge();
    m_lanes.clear();
    m_laneNames.clear();
    for (const Cluster *cluster : clusters()) {
        const ClusterInsight *insight = insightOf(cluster->name);
        const ClusterFacts *facts = nullptr;
        for (const ClusterFacts &one : m_knowledge->facts->clusters)
            if (one.name == cluster->name)
                facts = &one;
        const Recoverability none;
        auto lane = facts ? laneOf(*facts, insight ? insight->recoverability : none) : Lane();
        m_lanes.push_back(std::make_shared<const Lane>(std::move(lane)));
        m_laneNames.push_back(cluster->name);
    }
    m_stack->setCurrentIndex(m_lanes.empty() ? 1 : 0);
    reword();
}

TimelineScene TimelinePage::scene() const
{
    TimelineScene scene;
    scene.lanes = m_lanes;
    for (const Cluster *cluster : clusters())
        scene.words.push_back(m_words.lane(*cluster, insightOf(cluster->name)));
    scene.scale = m_scale;
    scene.now = m_context.clock->now();
    scene.cursor = m_cursor;
    scene.current = m_table->currentIndex().row();
    scene.zone
        = m_context.clocks->active() == Clocks::Face::Utc ? QTimeZone::utc() : m_context.clocks->localZone();
    scene.cursorText = m_words.flag(m_cursor);
    scene.nowText = m_words.now(scene.now);
    scene.axisText = m_context.clocks->zoneWords(scene.now);
    return scene;
}

void TimelinePage::reword()
{
    const TimelineScene made = scene();
    std::optional<Instant> oldest;
    for (const Cluster *cluster : clusters())
        if (const auto *insight = insightOf(cluster->name); insight && insight->recoverability.oldest)
            oldest
                = std::min(oldest.value_or(*insight->recoverability.oldest), *insight->recoverability.oldest);
    m_view->show(made);
    m_scale = m_view->scene().scale;
    m_strip->show(made, oldest.value_or(made.now));
    m_strip->setFrame(m_scale);
    m_readout->setHeaders(m_words.headers());
    m_cursorWords->setText(m_context.clocks->both(m_cursor));
    QStringList spoken;
    for (const LaneWords &words : made.words)
        spoken << words.spoken;
    m_view->setAccessibleName(tr("Timeline of %n clusters", nullptr, int(made.words.size())));
    m_view->setAccessibleDescription(spoken.join(u'\n'));
    fillReadout();
}

void TimelinePage::tick()
{
    if (m_atNow)
        m_scale = around(m_context.clock->now(), Ranges[std::size_t(m_range->current())], m_scale.width());
    reword();
}

void TimelinePage::fillReadout()
{
    std::vector<ReadoutRow> rows;
    for (const Cluster *cluster : clusters()) {
        const ClusterInsight *insight = insightOf(cluster->name);
        ReadoutRow row;
        row.cluster = cluster->name;
        row.environment = cluster->environment;
        row.objectives = cluster->objectives;
        if (insight && insight->standing != ClusterStanding::Unread)
            for (const ClusterFacts &facts : m_knowledge->facts->clusters)
                if (facts.name == cluster->name)
                    row = readout(*cluster, facts, insight->recoverability, m_cursor);
        rows.push_back(row);
    }
    m_readout->setRows(rows);
    m_readout->reword();
    if (!m_table->currentIndex().isValid() && !rows.empty())
        m_table->selectRow(0);
    showDetail();
}

void TimelinePage::showDetail()
{
    const int row = m_table->currentIndex().row();
    m_detailRows->clear();
    m_detail->setVisible(row >= 0);
    if (row < 0 || row >= int(m_readout->rows().size()))
        return;
    const ReadoutRow &chosen = m_readout->row(row);
    m_detailName->setText(oneLine(chosen.cluster));
    const auto say = [&](const QString &label, ReadoutModel::Column column) {
        m_detailRows->addRow(label, m_words.cell(chosen, int(column)).text);
    };
    say(tr("Restorable"), ReadoutModel::Column::Restorable);
    if (chosen.from)
        m_detailRows->addRow(tr("Backup set"), chosen.from->id, KeyValueList::Face::Machine)->setElided();
    if (chosen.known)
        m_detailRows->addRow(tr("Confidence"), wordFor(chosen.confidence));
    say(tr("Lost work"), ReadoutModel::Column::Lost);
    m_detailRows->addRow(tr("Estimate"), tr("not measured: no restore of it has been timed"));
}

void TimelinePage::setCursorTo(Instant instant)
{
    m_cursor = instant;
    m_view->setCursorAt(instant, m_words.flag(instant));
    m_cursorWords->setText(m_context.clocks->both(instant));
    fillReadout();
}

void TimelinePage::showItem(const QStringList &item)
{
    if (const auto instant = Instant::parse(item.value(1)))
        goTo(*instant);
    for (std::size_t lane = 0; lane < m_laneNames.size(); ++lane)
        if (m_laneNames[lane] == item.value(0))
            m_table->selectRow(int(lane));
    m_view->setFocus(Qt::OtherFocusReason);
}

void TimelinePage::goTo(Instant instant)
{
    if (!m_scale.shows(instant))
        setScale(m_scale.centred(instant));
    setCursorTo(instant);
}

void TimelinePage::setScale(const TimeScale &scale)
{
    m_atNow = false;
    m_scale = scale;
    m_view->setScale(scale);
    m_strip->setFrame(scale);
}

void TimelinePage::setRange(int index)
{
    m_atNow = true;
    m_scale = around(m_context.clock->now(), Ranges[std::size_t(std::clamp(index, 0, 4))], m_scale.width());
    m_view->setScale(m_scale);
    m_strip->setFrame(m_scale);
}

void TimelinePage::moveCursor(QKeyEvent *event)
{
    const bool later = event->key() == Qt::Key_Right;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (event->modifiers().testFlag(Qt::ControlModifier))
            stepToMark(later);
        else
            goTo(m_cursor
                + (later ? 1 : -1) * (event->modifiers().testFlag(Qt::ShiftModifier) ? 60min : 1min));
        break;
    case Qt::Key_Home:
    case Qt::Key_End:
        stepToEnd(event->key() == Qt::Key_End);
        break;
    case Qt::Key_0:
        setRange(m_range->current());
        break;
    default:
        return;
    }
    event->accept();
}

void TimelinePage::stepToMark(bool later)
{
    const int row = m_table->currentIndex().row();
    if (row < 0)
        return;
    const Lane &lane = *m_lanes[std::size_t(row)];
    const auto mark = later ? markAfter(lane, m_cursor) : markBefore(lane, m_cursor);
    if (mark)
        goTo(*mark);
    else
        Q_EMIT statusMessage(later ? tr("No later backup of %1").arg(oneLine(lane.cluster))
                                   : tr("No earlier backup of %1").arg(oneLine(lane.cluster)));
}

void TimelinePage::stepToEnd(bool newest)
{
    const int row = m_table->currentIndex().row();
    const auto *insight = row < 0 ? nullptr : insightOf(m_laneNames[std::size_t(row)]);
    if (!insight)
        return;
    const auto end = newest ? insight->recoverability.newest : insight->recoverability.oldest;
    if (end)
        goTo(*end);
}

void TimelinePage::goToTyped()
{
    const QDateTime typed = typedTime(m_time->text());
    if (!typed.isValid()) {
        Q_EMIT statusMessage(tr("Type a time like 2026-11-18 16:20:00"));
        return;
    }
    const QTimeZone zone = scene().zone;
    const auto readings = wallClock(typed, zone);
    if (readings.size() == 1)
        goTo(Instant::fromSeconds(readings.front()) + std::chrono::milliseconds(typed.time().msec()));
    else if (readings.empty())
        Q_EMIT statusMessage(tr("The clock skips %1 there").arg(m_time->text().simplified()));
    else
        offerReadings(readings);
}

// The local time happens twice: a person says which one is meant.
void TimelinePage::offerReadings(const std::vector<qint64> &readings)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const qint64 reading : readings) {
        const Instant instant = Instant::fromSeconds(reading);
        menu->addAction(m_context.clocks->both(instant), this, [this, instant] { goTo(instant); });
    }
    menu->popup(m_time->mapToGlobal(QPoint(0, m_time->height())));
}

void TimelinePage::copyTime()
{
    QGuiApplication::clipboard()->setText(m_context.clocks->both(m_cursor));
    Q_EMIT statusMessage(tr("Copied"));
}

std::vector<PaletteEntry> TimelinePage::paletteEntries()
{
    std::vector<PaletteEntry> entries;
    for (const Cluster *cluster : clusters()) {
        const auto *insight = insightOf(cluster->name);
        if (!insight || !insight->recoverability.newest)
            continue;
        PaletteEntry entry;
        entry.text = tr("Newest restorable instant of %1").arg(oneLine(cluster->name));
        entry.hint = m_context.clocks->inTable(*insight->recoverability.newest);
        entry.icon = u"timeline"_s;
        entry.cluster = cluster->name;
        entry.open = [this, at = *insight->recoverability.newest] {
            Q_EMIT openPage(u"timeline"_s);
            goTo(at);
        };
        entries.push_back(std::move(entry));
    }
    return entries;
}

QByteArray TimelinePage::saveState() const
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << qint32(1) << qint32(m_range->current()) << m_splitter->saveState()
        << m_table->horizontalHeader()->saveState();
    return bytes;
}

void TimelinePage::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    qint32 version = 0;
    qint32 range = 0;
    QByteArray splitter, header;
    in >> version >> range >> splitter >> header;
    if (in.status() != QDataStream::Ok || version != 1)
        return;
    m_range->setCurrent(qBound(0, int(range), 4));
    m_splitter->restoreState(splitter);
    m_table->horizontalHeader()->restoreState(header);
}

} // namespace tidemark
