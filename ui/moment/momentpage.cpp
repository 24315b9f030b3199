#include "moment/momentpage.h"

#include "moment/momentbarstable.h"
#include "moment/momentstrip.h"
#include "moment/momenttable.h"
#include "moment/momentview.h"
#include "moment/momentwords.h"
#include "theme/style.h"
#include "timeline/wheel.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/emptystate.h"
#include "widgets/figures.h"
#include "widgets/panehead.h"
#include "widgets/segmentedcontrol.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

MomentPage::MomentPage(PageContext context, QWidget *parent)
    : Page(std::move(context), parent)
    , m_clusters(new QComboBox)
    , m_chooser(new QWidget(this))
    , m_range(new SegmentedControl({ tr("Last day"), tr("3 days"), tr("7 days") }, this))
    , m_read(makeButton(tr("Read on"), ButtonKind::Normal, {}, this))
    , m_head(new PaneHead(tr("What happened")))
    , m_banner(new Banner)
    , m_strip(new MomentStrip)
    , m_view(new MomentView)
    , m_bars(new MomentBarsTable(m_context.clocks))
    , m_picture(new QStackedWidget)
    , m_table(new MomentTable(m_context.clocks))
    , m_target(new TargetPane(m_context.clocks))
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_empty(new EmptyState(u"recover"_s, {}, {}, tr("Read the last day")))
    , m_stack(new QStackedWidget)
    , m_soon(new QTimer(this))
    , m_around(m_context.inFlight)
    , m_tasks(m_context.inFlight)
{
    buildHeader();
    buildLayout();
    listen();
}

void MomentPage::buildHeader()
{
    auto *inside = new QHBoxLayout(m_chooser);
    inside->setContentsMargins({});
    inside->addWidget(m_clusters);
    m_clusters->setObjectName(u"cluster"_s);
    m_clusters->setAccessibleName(tr("Cluster"));
    m_range->setObjectName(u"range"_s);
    m_range->setAccessibleName(tr("How far back to read"));
    m_read->setObjectName(u"read"_s);
    const auto small = [&](const QString &text, const QString &name, auto act) {
        QPushButton *button = makeSmallButton(text);
        button->setAccessibleName(name);
        button->setToolTip(name);
        connect(button, &QPushButton::clicked, this, act);
        m_head->addAction(button);
    };
    const auto zoom = [this](double factor) {
        return [this, factor] { setScale(m_view->scene().scale.zoomed(factor, m_view->timeWidth() / 2)); };
    };
    small(u"−"_s, tr("Zoom out"), zoom(1 / ZoomStep));
    small(u"+"_s, tr("Zoom in"), zoom(ZoomStep));
    small(tr("Fit"), tr("Fit to the suspicious events"), [this] {
        m_moved = false;
        fit();
    });
}

void MomentPage::buildLayout()
{
    m_view->setAccessibleName(tr("Transactions, deleted rows and events over time"));
    m_view->setEventWords([this](std::size_t event) {
        return event < m_scene.events.size() ? MomentWords::spoken(m_scene.events[event], *m_context.clocks)
                                             : QString();
    });
    m_picture->addWidget(m_view);
    m_picture->addWidget(m_bars);
    m_splitter->addWidget(m_picture);
    m_splitter->addWidget(m_table);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({ 470, 190 });
    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_banner);
    column->addWidget(m_strip);
    column->addWidget(m_splitter, 1);
    auto *both = new QWidget;
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(left, 1);
    row->addWidget(m_target);
    m_stack->addWidget(both);
    m_stack->addWidget(m_empty);
    m_stack->setCurrentWidget(m_empty);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_stack);
}

void MomentPage::listen()
{
    m_soon->setSingleShot(true);
    m_soon->setInterval(200);
    connect(m_soon, &QTimer::timeout, this, &MomentPage::fill);
    connect(m_context.catalogue.get(), &CatalogueWatch::changed, this, &MomentPage::followCluster);
    connect(m_context.fleet.get(), &OpenFleet::changed, this, &MomentPage::followCluster);
    connect(m_context.clocks.get(), &Clocks::changed, this, &MomentPage::reword);
    connect(m_clusters, &QComboBox::activated, this, &MomentPage::followCluster);
    connect(m_range, &SegmentedControl::currentChanged, this, &MomentPage::read);
    connect(m_read, &QPushButton::clicked, this, [this] {
        if (m_state == State::Reading)
            stopReading();
        else
            read();
    });
    connect(m_empty, &EmptyState::activated, this, [this] {
        if (m_cluster.isEmpty())
            Q_EMIT openPage(u"settings"_s);
        else
            read();
    });
    connect(m_strip, &MomentStrip::scaleWanted, this, &MomentPage::setScale);
    connect(m_view, &MomentView::scaleWanted, this, &MomentPage::setScale);
    connect(m_view, &MomentView::eventWanted, this, &MomentPage::choose);
    connect(m_view, &MomentView::stepWanted, this, &MomentPage::step);
    connect(m_view, &MomentView::fitWanted, this, &MomentPage::fit);
    connect(m_table, &MomentTable::eventWanted, this, &MomentPage::choose);
    connect(m_target, &TargetPane::previousWanted, this, [this] { stepCommit(false); });
    connect(m_target, &TargetPane::nextWanted, this, [this] { stepCommit(true); });
    connect(m_target, &TargetPane::copyWanted, this, &MomentPage::copyTarget);
    connect(m_target, &TargetPane::useWanted, this, &MomentPage::useTarget);
    connect(m_target, &TargetPane::restoreWanted, this, &MomentPage::planRestore);
    connect(m_target, &TargetPane::byWanted, this, &MomentPage::setBy);
    connect(m_target, &TargetPane::lsnTyped, this, &MomentPage::stopAtLsn);
    connect(m_target, &TargetPane::timeTyped, this, &MomentPage::stopAtTime);
    connect(m_target, &TargetPane::pointWanted, this, &MomentPage::stopAtPoint);
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &MomentPage::stopReading);
}

std::vector<QWidget *> MomentPage::headerControls()
{
    return { m_chooser, m_range };
}

std::vector<QWidget *> MomentPage::headerActions()
{
    return { m_read };
}

QString MomentPage::subtitle() const
{
    return scope().isEmpty() ? tr("Find the moment") : tr("%1: find the moment").arg(oneLine(m_cluster));
}

std::vector<QWidget *> MomentPage::panes()
{
    return { m_picture, m_head, m_table, m_target }; // the picture has the focus first
}

QByteArray MomentPage::saveState() const
{
    return m_splitter->saveState();
}

void MomentPage::restoreState(const QByteArray &state)
{
    m_splitter->restoreState(state);
}

void MomentPage::setScope(const QString &cluster)
{
    Page::setScope(cluster);
    followCluster();
    Q_EMIT headerChanged();
}

void MomentPage::refresh()
{
    read();
}

void MomentPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    followCluster();
}

MomentScene MomentPage::scene() const
{
    MomentScene made;
    if (m_index && m_index->timeline)
        made.line = momentLine(*m_index, *m_index->timeline);
    made.events = momentEvents(made.line);
    made.lanes = momentLanes(made.events, *m_context.clocks);
    made.read = readSpans(made.line);
    made.readOut = m_state == State::Done;
    made.now = m_context.clock->now();
    made.whole = { made.now - wanted(), made.now };
    if (!made.read.empty() && made.read.front().from < made.whole.from)
        made.whole.from = made.read.front().from;
    return made;
}

// What was chosen stays chosen: the same transaction, wherever it stands now.
void MomentPage::fill()
{
    std::optional<std::pair<TimelineId, Lsn>> chosen;
    if (m_scene.current >= 0) {
        const WalTransaction &one = *m_scene.events[std::size_t(m_scene.current)].transaction;
        chosen = { one.timeline, one.lsn };
    }
    const TimeScale scale = m_view->scene().scale;
    MomentScene made = scene();
    for (std::size_t i = 0; chosen && i < made.events.size(); ++i)
        if (const WalTransaction &one = *made.events[i].transaction;
            std::pair(one.timeline, one.lsn) == *chosen)
            made.current = int(i);
    // Rows and lanes point into the old pieces until they are replaced.
    const MomentScene before = std::exchange(m_scene, std::move(made));
    m_scene.scale = scale;
    m_table->show(m_scene.events, std::make_shared<const MomentLine>(m_scene.line));
    reword();
    if (!m_moved)
        fit();
    m_table->choose(m_scene.current);
    if (!m_stop && !m_scene.events.empty() && m_scene.events.front().suspicious())
        choose(0);
}

void MomentPage::reword()
{
    const Clocks &clocks = *m_context.clocks;
    const bool utc = clocks.active() == Clocks::Face::Utc;
    m_scene.zone = utc ? QTimeZone::utc() : clocks.localZone();
    m_scene.other = utc ? clocks.localZone() : QTimeZone::utc();
    const Instant now = m_context.clock->now();
    m_scene.zoneText = clocks.zoneWords(now);
    m_scene.otherText = clocks.zoneWords(now, utc ? Clocks::Face::Local : Clocks::Face::Utc);
    m_scene.scale = m_view->scene().scale;
    const bool more = m_scene.whole.from < m_scene.now - wanted();
    m_strip->setTitle(more ? tr("What was read")
                           : std::array { tr("Last 24 hours"), tr("Last 3 days"),
                               tr("Last 7 days") }[std::size_t(m_range->current())]);
    m_view->show(m_scene);
    m_strip->show(m_scene);
    m_strip->setFrame(m_view->scene().scale);
    m_table->reword();
    fillBars();
    const QStringList unread = MomentWords::unread(m_scene, clocks);
    m_view->setAccessibleDescription(
        unread.isEmpty() ? QString() : tr("Not read: %1").arg(unread.join(u"; "_s)));
    showStop();
    sayState();
}

TargetFacts MomentPage::facts() const
{
    TargetFacts facts;
    facts.cluster = m_cluster;
    facts.stop = m_stop;
    facts.problem = m_nearProblem;
    facts.unreachable = m_unreachable;
    facts.commits = m_stop || newestCommit();
    facts.gaps = !m_scene.line.gaps.empty();
    facts.since = m_scene.read.empty() ? m_scene.whole.from : m_scene.read.front().from;
    const auto points = restorePoints(m_scene.line);
    for (std::size_t i = 0; i < points.size(); ++i) {
        facts.points << points[i]->name;
        if (m_stop && m_stop->by == MomentStop::By::RestorePoint && points[i]->lsn == m_stop->before)
            facts.point = int(i);
    }
    if (m_stop && m_nearKnown) {
        facts.choice = momentChoice(m_scene.line, m_scene.events, m_stop->before, m_near);
        if (!facts.choice->kept)
            facts.choice->kept = lastCommitBefore(m_scene.line, m_stop->before);
        facts.relations = relationsOf(facts.choice->undone);
    }
    return facts;
}

void MomentPage::showStop()
{
    m_unreachable = unreachable();
    m_target->show(facts());
    if (!m_stop)
        return m_view->setStop({}, {});
    const QString what = m_stop->by == MomentStop::By::Transaction && m_stop->commit
        ? MomentWords::number(m_stop->commit->xid)
        : m_stop->before.toString();
    m_view->setStop(m_stop->at, tr("stop just before %1").arg(what));
}

// The suspicious events with some time around them; without any, all that was read.
void MomentPage::fit()
{
    std::optional<MomentSpan> span;
    for (const MomentEvent &event : m_scene.events)
        if (const Instant at = event.transaction->at; event.suspicious())
            span = span ? MomentSpan { std::min(span->from, at), std::max(span->to, at) }
                        : MomentSpan { at, at };
    if (!span && !m_scene.read.empty())
        span = MomentSpan { m_scene.read.front().from, m_scene.read.back().to };
    if (!span)
        span = m_scene.whole;
    const auto around = std::max<std::chrono::microseconds>((span->to - span->from) / 3, 20s);
    const bool moved = m_moved;
    setScale({ span->from - around, span->to + around, m_view->timeWidth() });
    m_moved = moved;
}

void MomentPage::setScale(const TimeScale &scale)
{
    m_moved = true;
    m_view->setScale(scale);
    m_strip->setFrame(m_view->scene().scale);
    fillBars();
}

void MomentPage::showAsTable(bool table)
{
    if (table)
        m_picture->setCurrentWidget(m_bars);
    else
        m_picture->setCurrentWidget(m_view);
    fillBars();
}

void MomentPage::fillBars()
{
    if (m_picture->currentWidget() == m_bars)
        m_bars->show(m_view->scene(), m_view->bars());
}

void MomentPage::choose(int event)
{
    if (event < 0 || event >= int(m_scene.events.size()))
        return;
    m_scene.current = event;
    m_view->setCurrent(event);
    m_table->choose(event);
    const WalTransaction &one = *m_scene.events[std::size_t(event)].transaction;
    if (!m_view->scene().scale.shows(one.at))
        setScale(m_view->scene().scale.centred(one.at));
    moveTo({ one.lsn, one.xid, one.at });
}

void MomentPage::step(int by)
{
    choose(std::clamp(m_scene.current + by, 0, int(m_scene.events.size()) - 1));
}

std::vector<PageAct> MomentPage::acts()
{
    const auto act = [](const QString &id, const QString &text, auto run) {
        PageAct made;
        made.menu = Acts::Menu::Recover;
        made.id = u"moment."_s + id;
        made.text = text;
        made.icon = u"recover"_s;
        made.run = [run](Page &page) { run(static_cast<MomentPage &>(page)); };
        return made;
    };
    return { act(u"read"_s, tr("Read the &WAL on"), [](MomentPage &page) { page.read(); }),
        act(u"stop"_s, tr("&Stop reading WAL"), [](MomentPage &page) { page.stopReading(); }),
        act(u"fit"_s, tr("&Fit to the suspicious events"), [](MomentPage &page) { page.fit(); }),
        act(u"previous"_s, tr("&Previous commit"), [](MomentPage &page) { page.stepCommit(false); }),
        act(u"next"_s, tr("&Next commit"), [](MomentPage &page) { page.stepCommit(true); }),
        act(u"copy"_s, tr("&Copy the target"), [](MomentPage &page) { page.copyTarget(); }) };
}

} // namespace tidemark
