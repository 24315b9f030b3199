#include "calendar/calendarpage.h"

#include "calendar/calendarlegend.h"
#include "calendar/daypane.h"
#include "calendar/hourlanes.h"
#include "calendar/monthgrid.h"
#include "calendar/moving.h"
#include "calendar/yearstrip.h"
#include "insight/facts.h"
#include "reports/schedulecalendar.h"
#include "shell/accepting.h"
#include "theme/errortext.h"
#include "widgets/bars.h"
#include "widgets/emptystate.h"
#include "widgets/figures.h"
#include "widgets/filedialogs.h"
#include "widgets/segmentedcontrol.h"

#include <QDataStream>
#include <QFileDialog>
#include <QLocale>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

enum View { MonthView, WeekView, DayView };

constexpr auto Ahead = std::chrono::days(90); // what an export tells

QToolButton *toolButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(Theme::of(parent).icon(icon));
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

Instant startOf(QDate date, const QTimeZone &zone)
{
    return Instant::fromSeconds(date.startOfDay(zone).toSecsSinceEpoch());
}

std::shared_ptr<const Knowledge> nothingKnown()
{
    auto none = std::make_shared<Knowledge>();
    none->facts = std::make_shared<CatalogueFacts>();
    return none;
}

} // namespace

CalendarPage::CalendarPage(PageContext context, QWidget *parent)
    : Page(std::move(context), parent)
    , m_words(m_context.clocks)
    , m_knowledge(m_context.catalogue ? m_context.catalogue->knowledge() : nothingKnown())
    , m_back(toolButton(u"left"_s, tr("Earlier"), this))
    , m_month(new QToolButton(this))
    , m_forth(toolButton(u"right"_s, tr("Later"), this))
    , m_today(new QToolButton(this))
    , m_view(new SegmentedControl({ tr("Month"), tr("Week"), tr("Day") }, this))
    , m_filter(new QToolButton(this))
    , m_more(toolButton(u"dots"_s, tr("More"), this))
    , m_legend(new CalendarLegend(this))
    , m_grid(new MonthGrid(m_words))
    , m_week(new HourLanes(m_words, HourLanes::Span::Week))
    , m_day(new HourLanes(m_words, HourLanes::Span::Day))
    , m_rows(new CalendarRunModel(
          int(CalendarRunModel::MonthColumn::Count),
          [this](const CalendarRunRow &row, int column) { return cell(row, column); }, this))
    , m_table(new QTableView)
    , m_views(new QStackedWidget)
    , m_year(new YearStrip)
    , m_pane(new DayPane(m_context.clocks))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_empty(new EmptyState(u"calendar"_s, tr("Nothing is scheduled in this fleet"),
          tr("Without schedules or maintenance windows a backup that did not run cannot be missed."),
          tr("Open Settings")))
    , m_stack(new QStackedWidget)
    , m_tick(new QTimer(this))
    , m_accepting(new Accepting(m_context, this))
    , m_moving(new Moving(m_context, this))
    , m_work(m_context.inFlight)
    , m_writing(m_context.inFlight)
{
    m_scene.zone = zone();
    m_scene.today = today();
    m_scene.chosen = m_scene.today;
    buildHeader();
    buildTable();
    buildLayout();
    listen();
    showScene();
    ask();
}

void CalendarPage::buildHeader()
{
    m_month->setObjectName(u"monthButton"_s);
    m_month->setAccessibleName(tr("Month"));
    m_month->setToolTip(tr("Choose a month"));
    m_month->setPopupMode(QToolButton::InstantPopup);
    m_month->setMenu(new QMenu(m_month));
    m_month->setFont(Theme::of(this).font(FontRole::Strong));
    m_today->setText(tr("Today"));
    m_today->setObjectName(u"today"_s);
    m_view->setObjectName(u"view"_s);
    m_view->setAccessibleName(tr("Span of time"));
    m_filter->setObjectName(u"filter"_s);
    m_filter->setIcon(Theme::of(this).icon(u"filter"_s));
    m_filter->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_filter->setPopupMode(QToolButton::InstantPopup);
    m_filter->setMenu(new QMenu(m_filter));
    auto *menu = new QMenu(m_more);
    menu->addAction(tr("Export as iCalendar…"), this, &CalendarPage::askForExport);
    m_more->setObjectName(u"more"_s);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(menu);
    connect(m_month->menu(), &QMenu::aboutToShow, this, &CalendarPage::fillMonths);
    connect(m_filter->menu(), &QMenu::aboutToShow, this, &CalendarPage::fillFilter);
}

void CalendarPage::buildLayout()
{
    for (QWidget *one : std::initializer_list<QWidget *> { m_grid, m_week, m_day, m_table })
        m_views->addWidget(one);
    auto *left = new Ground(Token::Surface, Ground::Line::None);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_views, 1);
    column->addWidget(m_year);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_pane);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({ 900, 336 });
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_empty);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_stack);
}

void CalendarPage::listen()
{
    m_tick->setInterval(60'000);
    connect(m_tick, &QTimer::timeout, this, &CalendarPage::ask);
    if (m_context.catalogue)
        connect(m_context.catalogue.get(), &CatalogueWatch::changed, this, &CalendarPage::ask);
    connect(m_context.fleet.get(), &OpenFleet::changed, this, &CalendarPage::ask);
    connect(m_context.clocks.get(), &Clocks::changed, this, &CalendarPage::ask);
    connect(m_back, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_forth, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_today, &QToolButton::clicked, this, [this] { goTo(today()); });
    connect(m_view, &SegmentedControl::currentChanged, this, &CalendarPage::setView);
    for (CalendarSurface *one : std::initializer_list<CalendarSurface *> { m_grid, m_week, m_day }) {
        connect(one, &CalendarSurface::dayWanted, this, &CalendarPage::goTo);
        connect(one, &CalendarSurface::runWanted, this, &CalendarPage::chooseRun);
        connect(one, &CalendarSurface::dayOpened, m_pane, &DayPane::takeFocus);
    }
    connect(m_year, &YearStrip::dayWanted, this, &CalendarPage::goTo);
    connect(m_pane, &DayPane::dayWanted, this, &CalendarPage::goTo);
    connect(m_pane, &DayPane::runWanted, this, &CalendarPage::chooseRun);
    connect(m_pane, &DayPane::timelineWanted, this, &CalendarPage::showTimeline);
    connect(m_pane, &DayPane::moveWanted, this, &CalendarPage::askToMove);
    connect(m_pane, &DayPane::acceptWanted, this,
        [this](const QString &occurrence, const QString &what, const QString &means) {
            m_accepting->ask(occurrence, what, means, window());
        });
    connect(m_pane, &DayPane::withdrawWanted, m_accepting, &Accepting::withdraw);
    connect(m_accepting, &Accepting::said, this, &CalendarPage::statusMessage);
    connect(m_moving, &Moving::said, this, &CalendarPage::statusMessage);
    connect(m_pane, &DayPane::copied, this, [this] { Q_EMIT statusMessage(tr("Copied")); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &now) {
            if (!now.isValid() || !m_asTable)
                return;
            const CalendarRunRow row = m_rows->row(now.row());
            m_scene.chosen = m_context.clocks->at(row.about.due).date();
            chooseRun(row.run);
        });
    connect(m_empty, &EmptyState::activated, this, [this] { Q_EMIT openPage(u"settings"_s); });
}

std::vector<QWidget *> CalendarPage::headerControls()
{
    return { m_back, m_month, m_forth, m_today, m_view, m_filter, m_more };
}

std::vector<QWidget *> CalendarPage::headerActions()
{
    return { m_legend };
}

std::vector<QWidget *> CalendarPage::panes()
{
    return { m_asTable ? static_cast<QWidget *>(m_table) : surface(), m_pane };
}

void CalendarPage::setScope(const QString &cluster)
{
    Page::setScope(cluster);
    ask();
}

void CalendarPage::refresh()
{
    if (m_context.catalogue)
        m_context.catalogue->refreshNow();
}

void CalendarPage::showItem(const QStringList &item)
{
    const auto when = Instant::parse(item.value(1));
    if (!when)
        return;
    if (!scope().isEmpty() && !item.value(0).isEmpty() && scope() != item.value(0))
        Q_EMIT openScope(item.value(0));
    m_wanted = when;
    goTo(m_context.clocks->at(*when).date());
    chooseWanted();
}

// The run that began or was due when a finding says, on the day it was due; a bad one before others.
void CalendarPage::chooseWanted()
{
    const CalendarPlan &plan = m_scene.facts->plan;
    if (!m_wanted || *m_wanted < plan.from || plan.to <= *m_wanted)
        return;
    const auto isNear = [this](Instant at) { return *m_wanted - at < 1min && at - *m_wanted < 1min; };
    int found = -1;
    for (std::size_t i = 0; i < plan.runs.size(); ++i) {
        const CalendarRun &run = plan.runs[i];
        const bool his = isNear(run.begin) || isNear(run.due);
        if (his && !m_scene.trackOf(run).isWindow()
            && (found < 0 || (run.isBad() && !m_scene.runAt(found).isBad())))
            found = int(i);
    }
    m_wanted.reset();
    if (found < 0)
        return;
    goTo(m_context.clocks->at(plan.runs[std::size_t(found)].due).date());
    chooseRun(found);
}

void CalendarPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_tick->start();
    ask();
}

void CalendarPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_tick->stop();
}

void CalendarPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const Theme &theme = Theme::of(this);
    const int most = m_pane->maximumWidth();
    m_pane->setNarrow(window()->width() < theme.px(1360));
    if (m_pane->maximumWidth() != most)
        fitPane();
    m_year->setVisible(height() >= theme.px(420));
    const bool tight = width() < theme.px(800);
    m_filter->setToolButtonStyle(tight ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    m_today->setVisible(width() >= theme.px(620)); // T and 0 do the same
    m_month->setText(monthWords());
}

// What is kept of a wide window would leave a band beside the pane in a narrow one.
void CalendarPage::fitPane()
{
    QTimer::singleShot(0, m_splitter, [this] { // the splitter learns of a new limit first
        m_splitter->setSizes({ width(), m_pane->sizeHint().width() });
    });
}

QTimeZone CalendarPage::zone() const
{
    return m_context.clocks->active() == Clocks::Face::Utc ? QTimeZone::utc() : m_context.clocks->localZone();
}

QDate CalendarPage::today() const
{
    return m_context.clocks->at(m_context.clock->now()).date();
}

CalendarSurface *CalendarPage::surface() const
{
    switch (m_view->current()) {
    case WeekView:
        return m_week;
    case DayView:
        return m_day;
    default:
        return m_grid;
    }
}

// The year strip, and the month that is shown with its whole weeks.
CalendarQuestion CalendarPage::question() const
{
    CalendarQuestion asked;
    asked.knowledge = m_knowledge;
    asked.fleet = m_context.fleet->fleet();
    asked.cluster = scope();
    asked.hidden = m_hidden;
    asked.now = m_context.clock->now();
    const auto [first, last] = YearStrip::span(m_scene.today);
    const QDate month(m_scene.chosen.year(), m_scene.chosen.month(), 1);
    asked.from = startOf(std::min(first, month.addDays(-8)), m_scene.zone);
    asked.to = startOf(std::max(last, month.addMonths(1).addDays(8)), m_scene.zone);
    return asked;
}

void CalendarPage::ask()
{
    if (m_context.catalogue)
        m_knowledge = m_context.catalogue->knowledge();
    const bool atToday = m_scene.chosen == m_scene.today;
    m_scene.zone = zone();
    m_scene.today = today();
    if (atToday)
        m_scene.chosen = m_scene.today;
    const Fleet &fleet = m_context.fleet->fleet();
    m_stack->setCurrentIndex(fleet.schedules.empty() && fleet.windows.empty() ? 1 : 0);
    m_askAgain = m_asking; // what is under way ends first, or news would keep it from ever being shown
    if (m_asking)
        return;
    m_asking = true;
    m_work.start(workOutAside(question()), [this](const CalendarAnswer &answer) {
        m_asking = false;
        take(answer);
        if (m_askAgain)
            ask();
    });
}

void CalendarPage::take(const CalendarAnswer &answer)
{
    const QString chosen = m_scene.run >= 0 && m_scene.run < int(m_scene.facts->plan.runs.size())
        ? m_scene.runAt(m_scene.run).schedule + m_scene.runAt(m_scene.run).due.toIso()
        : QString();
    m_scene.facts = answer.facts;
    m_scene.run = -1;
    for (std::size_t i = 0; i < answer.facts->plan.runs.size() && !chosen.isEmpty(); ++i)
        if (answer.facts->plan.runs[i].schedule + answer.facts->plan.runs[i].due.toIso() == chosen)
            m_scene.run = int(i);
    m_tracks = answer.tracks;
    showScene();
    chooseWanted();
}

void CalendarPage::goTo(QDate day)
{
    if (!day.isValid() || day == m_scene.chosen)
        return;
    const QDate before = m_scene.chosen;
    m_scene.chosen = day;
    m_scene.run = -1;
    const CalendarPlan &plan = m_scene.facts->plan;
    const CalendarQuestion wanted = question();
    showScene();
    if (wanted.from < plan.from || plan.to < wanted.to || before.daysTo(day) > 400)
        ask();
}

void CalendarPage::showScene()
{
    const int hidden = int(m_hidden.size());
    const int all = int(m_tracks.size());
    m_filter->setText(hidden > 0 ? tr("%1 of %n sources", nullptr, all).arg(std::max(0, all - hidden))
                                 : tr("All %n sources", nullptr, all));
    m_month->setText(monthWords());
    m_filter->setAccessibleName(m_filter->text());
    m_filter->setToolTip(m_filter->text());
    if (m_asTable)
        fillTable();
    else
        surface()->setScene(m_scene);
    m_year->setScene(m_scene);
    m_pane->setScene(m_scene, m_knowledge);
}

QString CalendarPage::monthWords() const
{
    return width() < Theme::of(this).px(800) ? QLocale().toString(m_scene.chosen, u"MMM yyyy"_s)
                                             : CalendarWords::month(m_scene.chosen);
}

void CalendarPage::showAsTable(bool table)
{
    m_asTable = table;
    setView(m_view->current());
}

void CalendarPage::setView(int)
{
    m_views->setCurrentWidget(m_asTable ? static_cast<QWidget *>(m_table) : surface());
    showScene();
}

void CalendarPage::step(int direction)
{
    switch (m_view->current()) {
    case WeekView:
        return goTo(m_scene.chosen.addDays(7 * direction));
    case DayView:
        return goTo(m_scene.chosen.addDays(direction));
    default:
        return goTo(m_scene.chosen.addMonths(direction));
    }
}

void CalendarPage::chooseRun(int run)
{
    if (run == m_scene.run || run >= int(m_scene.facts->plan.runs.size()))
        return;
    m_scene.run = run;
    if (!m_asTable)
        surface()->setScene(m_scene);
    m_year->setScene(m_scene);
    m_pane->setScene(m_scene, m_knowledge);
}

void CalendarPage::fillMonths()
{
    m_month->menu()->clear();
    const QDate first = QDate(m_scene.today.year(), m_scene.today.month(), 1);
    for (int back = -2; back <= 12; ++back) {
        const QDate month = first.addMonths(-back);
        QAction *action
            = m_month->menu()->addAction(CalendarWords::month(month), this, [this, month] { goTo(month); });
        action->setCheckable(true);
        action->setChecked(month.month() == m_scene.chosen.month() && month.year() == m_scene.chosen.year());
    }
}

void CalendarPage::fillFilter()
{
    QMenu *menu = m_filter->menu();
    menu->clear();
    menu->addAction(tr("Show all"), this, [this] {
        m_hidden.clear();
        ask();
    });
    menu->addSeparator();
    for (const QString &label : m_tracks) {
        QString text = oneLine(label);
        QAction *action = menu->addAction(text.replace(u'&', u"&&"_s));
        action->setCheckable(true);
        action->setChecked(!m_hidden.contains(label));
        connect(action, &QAction::toggled, this, [this, label](bool on) { toggleTrack(label, on); });
    }
}

void CalendarPage::toggleTrack(const QString &label, bool shown)
{
    if (shown)
        m_hidden.remove(label);
    else
        m_hidden.insert(label);
    ask();
}

void CalendarPage::showTimeline(int run)
{
    if (run < 0)
        return;
    const QStringList clusters = m_scene.trackOf(m_scene.runAt(run)).clusters;
    const QString cluster = clusters.contains(scope()) ? scope() : clusters.value(0);
    Q_EMIT openItem(u"timeline"_s, { cluster, m_scene.runAt(run).begin.toIso() });
}

void CalendarPage::askForExport()
{
    auto *dialog = makeSaveDialog(tr("Export the schedule of the next 90 days"), { tr("iCalendar (*.ics)") },
        u"tidemark-schedule.ics"_s, window());
    connect(dialog, &QFileDialog::fileSelected, this, &CalendarPage::exportTo);
    dialog->open();
}

void CalendarPage::exportTo(const QString &path)
{
    const Instant now = m_context.clock->now();
    const Fleet &fleet = m_context.fleet->fleet();
    const CalendarPlan plan = calendarPlan(fleet, *m_knowledge->facts, scope(), now, now + Ahead, now);
    const QByteArray text = icalText(scheduleCalendar(plan, fleet.name));
    m_writing.start(
        m_context.files->write(path, text, m_writing.token()), [this, path](const Result<> &written) {
            Q_EMIT statusMessage(written
                    ? tr("Exported to %1").arg(oneLine(path))
                    : errorText(written.error()).sentence + u": "_s + oneLine(written.error().detail));
        });
}

void CalendarPage::askToMove(int conflict)
{
    const std::vector<Movable> movables = movablesOf(
        m_scene.facts->plan, m_scene.facts->conflicts[std::size_t(conflict)], m_context.fleet->fleet());
    if (movables.empty())
        return Q_EMIT statusMessage(
            tr("Neither has one time a day that could be moved. Change them in the fleet file."));
    m_moving->ask(question(), movables, window());
}

std::vector<PaletteEntry> CalendarPage::paletteEntries()
{
    PaletteEntry file;
    file.text = tr("Export the schedule as iCalendar…");
    file.synonyms = { u"ics"_s, tr("appointments") };
    file.icon = u"export"_s;
    file.open = [this] { askForExport(); };
    return { file };
}

QByteArray CalendarPage::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << qint32(2) << qint32(m_view->current()) << m_splitter->saveState()
        << QStringList(m_hidden.begin(), m_hidden.end());
    return state;
}

void CalendarPage::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    qint32 version = 0;
    qint32 view = 0;
    QByteArray splitter;
    QStringList hidden;
    in >> version >> view >> splitter >> hidden;
    if (in.status() != QDataStream::Ok || version != 2 || view < MonthView || view > DayView)
        return;
    m_splitter->restoreState(splitter);
    m_hidden = QSet<QString>(hidden.begin(), hidden.end());
    m_view->setCurrent(view);
    ask();
}

} // namespace tidemark
