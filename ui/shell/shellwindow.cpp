#include "shell/shellwindow.h"

#include "shell/acts.h"
#include "shell/alarms.h"
#include "shell/commandpalette.h"
#include "shell/departure.h"
#include "shell/navigation.h"
#include "shell/preferencekeys.h"
#include "shell/sourcesbar.h"
#include "shell/topcorner.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/environmentblock.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QStyleOption>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// At the reference text size; with larger text there is less room in the same window.
constexpr int SidePaneNarrowsBelow = 1360;
constexpr int RailBelow = 1260;
constexpr QSize Reference { 1440, 900 };
constexpr QSize Least { 1180, 720 };
constexpr std::chrono::seconds LeaveLimit { 5 };

QVBoxLayout *columnIn(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins({});
    column->setSpacing(0);
    return column;
}

// What a window may take of a screen beside its frame.
QSize roomOn(const QScreen *screen)
{
    constexpr QSize Frame { 4, 34 };
    return screen ? screen->availableSize() - Frame : Reference;
}

} // namespace

ShellWindow::ShellWindow(PageContext context, PageTable table, QWidget *parent)
    : QMainWindow(parent)
    , m_context(std::move(context))
    , m_table(std::move(table))
    , m_acts(new Acts(this))
    , m_pages(m_table.pages.size())
    , m_tasks(m_context.inFlight)
{
    setObjectName(u"shell"_s);
    setWindowIcon(QIcon(u":/icons/tidemark.svg"_s));
    build();
    addActs();
    restore();
    followContext();
    fleetChanged();
}

ShellWindow::~ShellWindow()
{
    m_header->setControls({}, {}); // the page's own again
}

void ShellWindow::build()
{
    auto *body = new QWidget(this);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    auto *content = new QWidget(body);
    auto *column = columnIn(content);
    m_edge = new EnvironmentEdge(body);
    m_navigation = new Navigation(m_table.pages, body);
    m_header = new PageHeader(content);
    m_strip = new Banner(content);
    m_trouble = new Banner(content);
    m_stack = new QStackedWidget(content);
    m_sources = new SourcesBar(body);
    m_palette = new CommandPalette(this);
    m_corner = new TopCorner(m_context, menuBar());
    column->addWidget(m_header);
    column->addWidget(m_strip);
    column->addWidget(m_trouble);
    column->addWidget(m_stack, 1);
    row->addWidget(m_edge);
    row->addWidget(m_navigation);
    row->addWidget(content, 1);
    auto *all = columnIn(body);
    auto *rule = new Ground(Token::Sep, Ground::Line::None, body);
    rule->setFixedHeight(1);
    all->addWidget(rule);
    all->addLayout(row, 1);
    all->addWidget(m_sources);
    setCentralWidget(body);
    menuBar()->setCornerWidget(m_corner);
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
}

void ShellWindow::followContext()
{
    connect(m_context.fleet.get(), &OpenFleet::changed, this, &ShellWindow::fleetChanged);
    connect(m_context.monitor.get(), &FleetMonitor::changed, this, &ShellWindow::stateChanged);
    connect(m_context.catalogue.get(), &CatalogueWatch::changed, this, &ShellWindow::stateChanged);
    connect(m_context.clocks.get(), &Clocks::changed, this, [this] {
        m_context.preferences->setText(
            preference::clock(), m_context.clocks->active() == Clocks::Face::Utc ? u"utc"_s : u"local"_s);
        tick();
    });
    connect(new Alarms(m_context, this), &Alarms::wanted, this, [this](const FindingPlace &place) {
        showNormalAgain();
        openItem(place.page, place.item);
    });
    connect(m_navigation, &Navigation::pageChosen, this, &ShellWindow::showIndex);
    connect(m_navigation, &Navigation::scopeChosen, this, &ShellWindow::setScope);
    connect(m_corner->paletteField(), &QAbstractButton::clicked, this, &ShellWindow::openPalette);
    auto *everySecond = new QTimer(this);
    everySecond->setInterval(1000);
    connect(everySecond, &QTimer::timeout, this, &ShellWindow::tick);
    everySecond->start();
}

void ShellWindow::restore()
{
    const Preferences &kept = *m_context.preferences;
    m_context.theme->choose(Theme::choiceOf(kept.text(preference::theme())));
    m_context.clocks->setLocalZone(kept.text(preference::zone()));
    m_context.clocks->setActive(
        kept.text(preference::clock()) == "local"_L1 ? Clocks::Face::Local : Clocks::Face::Utc);
    m_scope = kept.text(preference::scope());
    const QByteArray geometry = kept.bytes(preference::geometry());
    fitToScreen();
    if (geometry.isEmpty() || !restoreGeometry(geometry))
        resize(Reference.boundedTo(roomOn(screen())).expandedTo(minimumSize()));
}

// A small or strongly scaled screen has less room than the design asks for; the foot of the window stays on
// it.
void ShellWindow::fitToScreen()
{
    setMinimumSize(Least.boundedTo(roomOn(screen())));
}

void ShellWindow::openFleetFile(const QString &path)
{
    m_trouble->clear();
    m_tasks.start(m_context.fleetFile->load(path, m_tasks.token()), [this, path](Result<LoadedFleet> loaded) {
        if (loaded)
            return m_context.fleet->open(path, std::move(*loaded));
        m_trouble->showError(tr("%1 cannot be opened").arg(path), loaded.error());
        m_trouble->addAction(tr("Try again"), [this, path] { openFleetFile(path); });
        m_trouble->addAction(tr("Dismiss"), [this] { m_trouble->clear(); });
    });
}

int ShellWindow::indexOf(const QString &id) const
{
    const auto found = std::ranges::find(m_table.pages, id, &PageEntry::id);
    return found == m_table.pages.end() ? -1 : int(found - m_table.pages.begin());
}

void ShellWindow::showPage(const QString &id)
{
    if (const int index = indexOf(id); index >= 0)
        showIndex(index);
}

QString ShellWindow::currentPage() const
{
    if (!m_context.fleet->isOpen())
        return m_table.welcome.id;
    return m_index < 0 ? QString() : m_table.pages[std::size_t(m_index)].id;
}

Page *ShellWindow::page(const QString &id) const
{
    if (id == m_table.welcome.id)
        return m_welcome;
    const int index = indexOf(id);
    return index < 0 ? nullptr : m_pages[std::size_t(index)].data();
}

Page *ShellWindow::current() const
{
    return page(currentPage());
}

void ShellWindow::showIndex(int index)
{
    if (!m_context.fleet->isOpen() || index < 0 || index >= int(m_table.pages.size()))
        return;
    m_index = index;
    const PageEntry &entry = m_table.pages[std::size_t(index)];
    Page *page = pageAt(index);
    m_context.preferences->setText(preference::page(), entry.id);
    m_navigation->showPage(index);
    present(page, entry);
}

Page *ShellWindow::pageAt(int index)
{
    auto &page = m_pages[std::size_t(index)];
    if (!page) {
        const PageEntry &entry = m_table.pages[std::size_t(index)];
        page = makePage(entry);
        page->setScope(m_scope);
        page->restoreState(m_context.preferences->bytes(preference::pageState(entry.id)));
        if (page->offersTable())
            page->showAsTable(wantsTable(entry.id));
        m_navigation->setBadge(index, page->badge());
    }
    return page;
}

bool ShellWindow::wantsTable(const QString &page) const
{
    return m_context.preferences->text(preference::asTable(page)) == "yes"_L1;
}

Page *ShellWindow::makePage(const PageEntry &entry)
{
    Page *page = entry.make(m_context, m_stack);
    m_stack->addWidget(page);
    followPage(page, entry.id);
    return page;
}

void ShellWindow::followPage(Page *page, const QString &id)
{
    connect(page, &Page::openPage, this, &ShellWindow::showPage);
    connect(page, &Page::openItem, this, &ShellWindow::openItem);
    connect(page, &Page::openScope, this, &ShellWindow::setScope);
    connect(page, &Page::statusMessage, m_sources, &SourcesBar::say);
    connect(page, &Page::headerChanged, this, [this, page] {
        if (page == current())
            m_header->setSubtitle(page->subtitle());
    });
    connect(page, &Page::badgeChanged, this,
        [this, page, id] { m_navigation->setBadge(indexOf(id), page->badge()); });
}

void ShellWindow::openItem(const QString &id, const QStringList &item)
{
    showPage(id);
    if (Page *shown = page(id); shown && !item.isEmpty())
        shown->showItem(item);
}

// A person who clicked somewhere else on the desktop wants to see it.
void ShellWindow::showNormalAgain()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void ShellWindow::present(Page *page, const PageEntry &entry)
{
    m_stack->setCurrentWidget(page);
    m_header->setTitle(entry.title);
    m_header->setSubtitle(page->subtitle());
    m_header->setControls(page->headerControls(), page->headerActions());
    orderTabs();
    focusPage();
    if (QAction *filter = m_acts->action(u"edit.filter"_s))
        filter->setEnabled(page->filterField() != nullptr);
    if (QAction *table = m_acts->action(u"view.table"_s)) {
        table->setEnabled(page->offersTable());
        table->setChecked(page->offersTable() && wantsTable(entry.id));
    }
    enablePageActs();
    tellTitle();
    adapt();
}

void ShellWindow::tellTitle()
{
    if (!m_context.fleet->isOpen() || m_index < 0)
        return setWindowTitle(tr("Welcome — Tidemark"));
    setWindowTitle(tr("%1 — Tidemark", "page").arg(m_table.pages[std::size_t(m_index)].title));
}

void ShellWindow::setScope(const QString &cluster)
{
    m_scope = m_context.fleet->cluster(cluster) ? cluster : QString();
    m_context.preferences->setText(preference::scope(), m_scope);
    m_navigation->showScope(m_scope);
    const Cluster *one = m_context.fleet->cluster(m_scope);
    m_edge->setEnvironment(one ? std::optional(one->environment) : std::nullopt);
    for (const auto &page : m_pages)
        if (page)
            page->setScope(m_scope);
}

void ShellWindow::fleetChanged()
{
    const bool open = m_context.fleet->isOpen();
    m_navigation->setVisible(open);
    m_navigation->setFleet(m_context.fleet->fleet());
    for (const Acts::Entry &entry : m_acts->entries())
        if (entry.row.menu == Acts::Menu::Go || entry.row.id == "file.close"_L1)
            entry.action->setEnabled(open || entry.row.id == "go.palette"_L1);
    m_context.monitor->follow(m_context.fleet->fleet());
    m_context.catalogue->follow(m_context.fleet->fleet());
    m_trouble->clear();
    if (open) {
        m_context.preferences->setText(preference::fleet(), m_context.fleet->path());
        setScope(m_scope);
        const int wished = indexOf(m_context.preferences->text(preference::page()));
        showIndex(m_index >= 0 ? m_index : std::max(0, wished));
    } else if (m_table.welcome.make) {
        m_edge->setEnvironment({});
        if (!m_welcome)
            m_welcome = makePage(m_table.welcome);
        present(m_welcome, m_table.welcome);
    }
    stateChanged();
}

void ShellWindow::stateChanged()
{
    m_navigation->setInsight(m_context.catalogue->knowledge()->insight.get());
    tick();
}

void ShellWindow::tick()
{
    if (m_leaving)
        return;
    const FleetState state = m_context.monitor->state();
    const Instant now = m_context.clock->now();
    m_corner->tick();
    m_corner->tell(freshnessOf(state, now));
    m_sources->tell(sourceEntries(state, now, *m_context.clocks), signedIn());
    tellStrip();
}

// Made anew only when it says something else; each second only the countdown changes, so the focus on "Try
// now" stays.
void ShellWindow::tellStrip()
{
    const Instant now = m_context.clock->now();
    const auto notice = offlineNotice(m_context.monitor->state(), now, *m_context.clocks);
    if (!notice || !m_context.fleet->isOpen()) {
        m_stripTitle.clear();
        return m_strip->clear();
    }
    const QString told = notice->title + notice->text;
    if (told != m_stripTitle) {
        m_stripTitle = told;
        m_triedName = notice->name;
        if (m_strip->isVisibleTo(m_strip->parentWidget()))
            m_strip->setWords(notice->title, notice->text);
        else {
            m_strip->showWarning(notice->title, notice->text);
            m_strip->addAction(tr("Try now"), [this] { m_context.monitor->tryNow(m_triedName); });
        }
    }
    m_strip->setAside(nextTryWords(notice->nextTry, now));
}

QString ShellWindow::signedIn() const
{
    if (!m_context.fleet->isOpen())
        return tr("No fleet open");
    const QString person = qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME"));
    const QString role = commonRole(m_context.monitor->state());
    if (person.isEmpty() || role.isEmpty())
        return role.isEmpty() ? person : tr("role %1").arg(role);
    return tr("Signed in as %1 · role %2").arg(person, role);
}

int ShellWindow::menuWidth() const
{
    const QFontMetrics metrics = menuBar()->fontMetrics();
    int width = 2 * style()->pixelMetric(QStyle::PM_MenuBarHMargin, nullptr, menuBar());
    for (const QAction *action : menuBar()->actions()) {
        const QStyleOptionMenuItem item;
        const QSize words = metrics.size(Qt::TextShowMnemonic, action->text());
        width += style()->sizeFromContents(QStyle::CT_MenuBarItem, &item, words, menuBar()).width();
    }
    return width;
}

void ShellWindow::adapt()
{
    const Theme &theme = *m_context.theme;
    m_corner->setRoom(width() - menuWidth());
    m_navigation->setNarrow(width() < theme.px(RailBelow));
    for (SidePane *pane : m_stack->findChildren<SidePane *>())
        pane->setNarrow(width() < theme.px(SidePaneNarrowsBelow));
}

void ShellWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    adapt();
}

void ShellWindow::keep()
{
    m_context.preferences->setBytes(preference::geometry(), saveGeometry());
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        if (m_pages[i])
            m_context.preferences->setBytes(
                preference::pageState(m_table.pages[i].id), m_pages[i]->saveState());
}

void ShellWindow::closeEvent(QCloseEvent *event)
{
    if (m_leaving)
        return event->ignore();
    event->ignore(); // gone from sight at once, gone for good when nothing runs any more
    keep();
    leave();
}

void ShellWindow::leave()
{
    m_leaving = true;
    hide();
    m_header->setControls({}, {});
    for (const auto &page : m_pages)
        delete page;
    delete m_welcome;
    m_tasks.restart();
    m_context.monitor->follow({});
    m_context.catalogue->follow({});
    auto *departure = new Departure(m_context.inFlight, LeaveLimit, this);
    connect(departure, &Departure::done, this, &ShellWindow::finished);
    departure->begin();
}

} // namespace tidemark
