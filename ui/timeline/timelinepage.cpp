#include "timeline/timelinepage.h"

#include "insight/artifactnamed.h"
#include "insight/insight.h"
#include "insight/objectives.h"
#include "theme/fills.h"
#include "theme/style.h"
#include "timeline/timelinelegend.h"
#include "timeline/timelinestrip.h"
#include "timeline/timelinetable.h"
#include "timeline/timelineview.h"
#include "widgets/amounts.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/delegates.h"
#include "widgets/emptystate.h"
#include "widgets/environmentblock.h"
#include "widgets/figures.h"
#include "widgets/keyvalue.h"
#include "widgets/marks.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QDataStream>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <numeric>
#include <utility>

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

// Shows a time with its zone where there is room, and gives way where text is large.
class TimeField : public QLineEdit
{
public:
    explicit TimeField(QWidget *parent)
        : QLineEdit(parent)
    {
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        return { Theme::of(this).px(230), QLineEdit::sizeHint().height() };
    }
    // The least that large text leaves; elsewhere no time is cut.
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        const Theme &theme = Theme::of(this);
        const bool large = theme.px(100) > 130;
        const int whole = fontMetrics().horizontalAdvance(u"2026-12-01 12:28:56 CEST"_s) + theme.px(44);
        return { large ? theme.px(150) : whole, QLineEdit::minimumSizeHint().height() };
    }
};

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
    , m_time(new TimeField(this))
    , m_legend(new TimelineLegend(this))
    , m_filter(new QLineEdit)
    , m_cursorWords(new TextLabel({}, FontRole::MonoStrong, Token::Acc))
    , m_readout(new ReadoutModel(
          [this](const ReadoutRow &row, int column) { return m_words.cell(row, column); }, this))
    , m_table(new QTableView)
    , m_detail(new SidePane)
    , m_detailEdge(new EnvironmentEdge)
    , m_detailName(new TextLabel({}, FontRole::Strong))
    , m_detailEnvironment(new StateChip(QString()))
    , m_detailRows(new KeyValueList)
    , m_recover(makeButton(tr("Recover to here…"), ButtonKind::Primary, u"recover"_s))
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_empty(new EmptyState(u"timeline"_s, tr("No clusters are in this fleet yet"),
          tr("The timeline shows which instants of a cluster can be restored."),
          tr("Add servers in Settings")))
    , m_stack(new QStackedWidget)
    , m_tick(new QTimer(this))
    , m_asTable(new TimelineTable(m_context))
    , m_picture(new QStackedWidget)
    , m_cursor(m_context.clock->now())
    , m_scale(around(m_cursor, Ranges[Usual], 1000))
    , m_asking(m_context.inFlight)
    , m_tasks(m_context.inFlight)
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
    m_time->setPlaceholderText(tr("Go to a time"));
    m_time->setFont(Theme::of(this).font(FontRole::Mono));
    QAction *clock = m_time->addAction(Theme::of(this).icon(u"clock"_s), QLineEdit::LeadingPosition);
    clock->setText(tr("Type a time"));
    connect(clock, &QAction::triggered, m_time, [this] {
        m_time->setFocus(Qt::OtherFocusReason);
        m_time->selectAll();
    });
}

void TimelinePage::buildLayout()
{
    auto *upper = new QWidget;
    auto *over = new QVBoxLayout(upper);
    over->setContentsMargins({});
    over->setSpacing(0);
    over->addWidget(m_strip);
    m_picture->addWidget(m_view);
    m_picture->addWidget(m_asTable);
    over->addWidget(m_picture, 1);
    m_view->setItemWords([this](int lane, const TimelineItem &item) {
        return m_words.spoken(item, *m_view->scene().lanes[std::size_t(lane)], *m_facts.knowledge->facts);
    });
    auto *head = new Ground(Token::Surface, Ground::Line::Top);
    auto *keys
        = new TextLabel(tr("← → 1 min · Shift 1 h · Ctrl next backup"), FontRole::Secondary, Token::T3);
    keys->setElided();
    m_cursorWords->setElided();
    auto *words = new QHBoxLayout(head);
    words->setContentsMargins(12, 3, 12, 3);
    words->addWidget(new TextLabel(tr("At the cursor"), FontRole::Strong));
    words->addWidget(m_cursorWords);
    words->addStretch(1);
    words->addWidget(keys);
    words->addSpacing(12);
    words->addWidget(m_filter);
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
    beside->addWidget(m_detailEdge);
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
    connect(m_time, &QLineEdit::textEdited, this, [this] { setInvalid(m_time, false); });
    connect(m_strip, &TimelineStrip::scaleWanted, this, &TimelinePage::setScale);
    connect(m_view, &TimelineView::scaleWanted, this, &TimelinePage::setScale);
    connect(m_view, &TimelineView::cursorWanted, this, &TimelinePage::setCursorTo);
    connect(m_view, &TimelineView::moveWanted, this, &TimelinePage::moveCursor);
    connect(m_asTable, &TimelineTable::rowWanted, this, [this](int lane, Instant at) {
        m_table->selectRow(lane);
        goTo(at);
    });
    connect(m_view, &TimelineView::openWanted, this, &TimelinePage::openLane);
    connect(m_filter, &QLineEdit::textChanged, this, &TimelinePage::reword);
    auto *recover = new QShortcut(QKeySequence(Qt::Key_R), this);
    recover->setContext(Qt::WidgetWithChildrenShortcut);
    connect(recover, &QShortcut::activated, this, &TimelinePage::recoverHere);
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
    return { m_picture, m_table, m_detail };
}

void TimelinePage::setScope(const QString &cluster)
{
    Page::setScope(cluster);
    reword();
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

void TimelinePage::showAsTable(bool table)
{
    if (table)
        m_picture->setCurrentWidget(m_asTable);
    else
        m_picture->setCurrentWidget(m_view);
    fillTable();
}

QWidget *TimelinePage::filterField()
{
    return m_filter;
}

std::vector<const Cluster *> TimelinePage::clusters() const
{
    const QString wanted = m_filter->text().simplified();
    std::vector<const Cluster *> found;
    for (const Cluster &cluster : m_context.fleet->fleet().clusters)
        if ((scope().isEmpty() || cluster.name == scope())
            && cluster.name.contains(wanted, Qt::CaseInsensitive))
            found.push_back(&cluster);
    return found;
}

// What is shown stays until all that is new has been worked out, aside from the window. Readings of sources
// alone, which come every few seconds, change nothing of it.
void TimelinePage::follow()
{
    TimelineQuestion question { m_context.catalogue->knowledge(), m_context.fleet->fleet(),
        m_context.clock->now() };
    const auto answers = [&](const TimelineFacts &facts) {
        return facts.holdsFor(*question.knowledge)
            && std::ranges::equal(
                facts.clusters, question.fleet.clusters, {}, &TimelineFacts::Of::cluster, &Cluster::name);
    };
    if (answers(m_facts)) {
        m_tasks.restart();
        m_asked.reset();
        return reword();
    }
    if (m_asked && m_asked->asksTheSame(question))
        return;
    m_tasks.restart();
    m_asked = question;
    m_tasks.start(workOutAside(std::move(question)), [this](TimelineFacts made) { take(std::move(made)); });
    if (!m_facts.knowledge)
        reword();
}

void TimelinePage::take(TimelineFacts made)
{
    m_asked.reset();
    forgetAside(std::exchange(m_facts, std::move(made)));
    reword();
}

LaneWords TimelinePage::wordsOf(const Cluster &cluster, const Lane &lane) const
{
    static const CatalogueFacts none;
    return m_words.lane(cluster, objectivesOf(cluster, m_context.fleet->fleet()), lane,
        m_facts.insight(cluster.name), m_facts.knowledge ? *m_facts.knowledge->facts : none);
}

TimelineScene TimelinePage::scene() const
{
    TimelineScene scene;
    for (const Cluster *cluster : clusters()) {
        const auto *of = m_facts.of(cluster->name);
        scene.lanes.push_back(of ? of->lane : std::make_shared<const Lane>());
        scene.words.push_back(wordsOf(*cluster, *scene.lanes.back()));
        scene.open.push_back(m_open.contains(cluster->name));
    }
    if (m_facts.knowledge)
        for (const SourceFacts &source : m_facts.knowledge->facts->sources)
            scene.readAt.push_back(source.readAt);
    scene.scale = m_scale;
    scene.now = m_context.clock->now();
    scene.cursor = m_cursor;
    scene.current = m_table->currentIndex().row();
    scene.zone
        = m_context.clocks->active() == Clocks::Face::Utc ? QTimeZone::utc() : m_context.clocks->localZone();
    scene.cursorText = m_words.flag(m_cursor, m_scale);
    scene.nowText = m_words.now(scene.now);
    scene.futureText = tr("What comes is not simulated yet");
    scene.axisText = m_context.clocks->zoneWords(scene.now);
    return scene;
}

void TimelinePage::reword()
{
    m_laneNames.clear();
    std::optional<Instant> oldest;
    for (const Cluster *cluster : clusters()) {
        m_laneNames.push_back(cluster->name);
        if (const auto *insight = m_facts.insight(cluster->name); insight && insight->recoverability.oldest)
            oldest
                = std::min(oldest.value_or(*insight->recoverability.oldest), *insight->recoverability.oldest);
    }
    m_stack->setCurrentIndex(m_context.fleet->fleet().clusters.empty() ? 1 : 0);
    const TimelineScene made = scene();
    m_view->show(made);
    m_scale = m_view->scene().scale;
    m_strip->show(made, oldest.value_or(made.now));
    m_strip->setFrame(m_scale);
    m_readout->setHeaders(m_words.headers());
    m_cursorWords->setText(m_context.clocks->both(m_cursor));
    echoCursor();
    QStringList spoken;
    for (const LaneWords &words : made.words)
        spoken << words.spoken;
    m_view->setAccessibleName(tr("Timeline of %n clusters", nullptr, int(made.words.size())));
    m_view->setAccessibleDescription(spoken.join(u'\n'));
    fillReadout();
    fillTable();
}

void TimelinePage::tick()
{
    if (m_cursorAtNow)
        m_cursor = m_context.clock->now();
    if (m_atNow)
        m_scale = around(m_context.clock->now(), Ranges[std::size_t(m_range->current())], m_scale.width());
    reword();
}

void TimelinePage::fillTable()
{
    if (m_picture->currentWidget() == m_asTable && m_facts.knowledge)
        m_asTable->show(
            m_view->scene(), m_facts.knowledge->facts, [this](int lane) { return m_view->items(lane); });
}

void TimelinePage::showItem(const QStringList &item)
{
    if (!scope().isEmpty() && !item.value(0).isEmpty() && scope() != item.value(0))
        Q_EMIT openScope(item.value(0));
    if (const auto instant = Instant::parse(item.value(1)))
        goTo(*instant);
    for (std::size_t lane = 0; lane < m_laneNames.size(); ++lane)
        if (m_laneNames[lane] == item.value(0))
            m_table->selectRow(int(lane));
    m_view->setFocus(Qt::OtherFocusReason);
    if (item.size() > 3)
        showBackup(item);
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
    m_view->setCursorAt(m_cursor, m_words.flag(m_cursor, scale));
    m_strip->setFrame(scale);
    fillTable();
}

void TimelinePage::setRange(int index)
{
    const auto range = Ranges[std::size_t(std::clamp(index, 0, 4))];
    setScale(around(m_context.clock->now(), range, m_scale.width()));
    m_atNow = true;
}

std::vector<PaletteEntry> TimelinePage::paletteEntries()
{
    std::vector<PaletteEntry> entries;
    for (const Cluster *cluster : clusters()) {
        const auto *insight = m_facts.insight(cluster->name);
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
    out << qint32(2) << qint32(m_range->current()) << m_splitter->saveState()
        << m_table->horizontalHeader()->saveState() << QStringList(m_open.begin(), m_open.end());
    return bytes;
}

void TimelinePage::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    qint32 version = 0;
    qint32 range = 0;
    QByteArray splitter, header;
    QStringList open;
    in >> version >> range >> splitter >> header >> open;
    if (in.status() != QDataStream::Ok || version != 2)
        return;
    m_open = QSet<QString>(open.begin(), open.end());
    m_range->setCurrent(qBound(0, int(range), 4));
    m_splitter->restoreState(splitter);
    m_table->horizontalHeader()->restoreState(header);
    const bool wasNarrow = m_table->isColumnHidden(int(ReadoutModel::Column::From));
    if (wasNarrow || m_narrow.value_or(false)) { // what was kept is of another width
        m_narrow.reset();
        fitColumns();
    }
}

} // namespace tidemark
