#include "shell/acts.h"
#include "shell/commandpalette.h"
#include "shell/helpdialogs.h"
#include "shell/navigation.h"
#include "shell/preferencekeys.h"
#include "shell/shellwindow.h"
#include "widgets/bars.h"
#include "widgets/filedialogs.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QListView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Menu = Acts::Menu;

bool takesTab(const QWidget *widget)
{
    return widget->focusPolicy() & Qt::TabFocus;
}

// Before the window is shown too: what would be visible in it.
bool isUsable(const QWidget *widget)
{
    return takesTab(widget) && widget->isEnabled() && widget->isVisibleTo(widget->window());
}

// What Tab reaches in a pane, in that order.
std::vector<QWidget *> inTabOrder(QWidget *pane)
{
    std::vector<QWidget *> found;
    QWidget *at = pane;
    do {
        if (takesTab(at) && (at == pane || pane->isAncestorOf(at)))
            found.push_back(at);
        at = at->nextInFocusChain();
    } while (at != pane);
    return found;
}

QWidget *firstFocusable(QWidget *pane)
{
    const auto all = inTabOrder(pane);
    const auto found = std::ranges::find_if(all, isUsable);
    return found == all.end() ? nullptr : *found;
}

QKeySequence pageKeys(std::size_t index)
{
    if (index > 9)
        return {};
    const int key = index == 9 ? Qt::Key_0 : Qt::Key_1 + int(index);
    return { QKeyCombination(Qt::ALT, Qt::Key(key)) };
}

} // namespace

void ShellWindow::addActs()
{
    addFileActs();
    addViewActs();
    addThemeActs();
    addGoActs();
    addPageActs();
    addHelpActs();
    m_acts->fill(menuBar());
}

void ShellWindow::addFileActs()
{
    m_acts->add({ Menu::File, u"file.open"_s, tr("&Open fleet file…"), QKeySequence::Open, u"doc"_s,
        { tr("workspace"), tr("load") }, [this] { chooseFile(); } });
    m_acts->add({ Menu::File, u"file.close"_s, tr("&Close fleet"), { Qt::CTRL | Qt::Key_W }, u"x"_s, {},
        [this] { closeFleet(); } });
    m_acts->add({ Menu::File, u"file.quit"_s, tr("&Quit"), { Qt::CTRL | Qt::Key_Q }, u"stop"_s,
        { tr("exit") }, [this] { close(); }, true });
    m_acts->add({ Menu::Edit, u"edit.filter"_s, tr("&Filter this page"), QKeySequence::Find, u"filter"_s,
        { tr("find"), tr("search") }, [this] { focusFilter(); } });
}

void ShellWindow::addViewActs()
{
    m_acts->add({ Menu::View, u"view.refresh"_s, tr("&Refresh now"), { Qt::Key_F5 }, u"refresh"_s,
        { tr("reload") }, [this] { refresh(); } });
    m_acts->add({ Menu::View, u"view.clock"_s, tr("&UTC or local time"), { Qt::CTRL | Qt::Key_T }, u"clock"_s,
        { tr("zone") }, [this] { m_context.clocks->toggle(); } });
    m_acts
        ->add({ Menu::View, u"view.table"_s, tr("&Show as table"), { Qt::CTRL | Qt::SHIFT | Qt::Key_T },
            u"grip"_s, { tr("rows"), tr("columns") }, [this] { toggleTable(); } })
        ->setCheckable(true);
    m_acts->add({ Menu::View, u"view.nextPane"_s, tr("&Next pane"), { Qt::Key_F6 }, u"right"_s, {},
        [this] { movePane(1); }, true });
    m_acts->add({ Menu::View, u"view.previousPane"_s, tr("&Previous pane"), { Qt::SHIFT | Qt::Key_F6 },
        u"left"_s, {}, [this] { movePane(-1); } });
}

void ShellWindow::addThemeActs()
{
    auto *group = new QActionGroup(this);
    using Choice = Theme::Choice;
    const std::pair<Choice, QString> rows[] { { Choice::System, tr("Theme of the &system") },
        { Choice::Light, tr("&Light theme") }, { Choice::Dark, tr("&Dark theme") } };
    int key = Qt::Key_1;
    for (const auto &[choice, text] : rows) {
        QAction *action = m_acts->add({ Menu::View, u"view.theme."_s + Theme::choiceName(choice), text,
            QKeySequence(QKeyCombination(Qt::CTRL | Qt::ALT, Qt::Key(key++))), u"eye"_s, { tr("colours") },
            [this, chosen = choice] { chooseTheme(chosen); }, choice == Choice::System });
        action->setCheckable(true);
        action->setChecked(m_context.theme->choice() == choice);
        group->addAction(action);
        connect(m_context.theme, &Theme::changed, action,
            [this, action, chosen = choice] { action->setChecked(m_context.theme->choice() == chosen); });
    }
}

void ShellWindow::addGoActs()
{
    m_acts->add({ Menu::Go, u"go.palette"_s, tr("&Command palette"), { Qt::CTRL | Qt::Key_K }, u"search"_s,
        {}, [this] { openPalette(); } });
    for (std::size_t i = 0; i < m_table.pages.size(); ++i) {
        const PageEntry &entry = m_table.pages[i];
        m_acts->add({ Menu::Go, u"go.page."_s + entry.id, entry.title, pageKeys(i), entry.icon,
            entry.synonyms, [this, index = int(i)] { showIndex(index); }, i == 0 });
    }
    m_acts->add({ Menu::Go, u"go.cluster"_s, tr("Choose c&luster"), { Qt::CTRL | Qt::Key_L }, u"db"_s,
        { tr("scope") }, [this] { m_navigation->clusterList()->setFocus(Qt::ShortcutFocusReason); }, true });
    m_acts->add({ Menu::Go, u"go.all"_s, tr("&All clusters"), { Qt::CTRL | Qt::SHIFT | Qt::Key_L }, u"db"_s,
        { tr("scope") }, [this] { setScope({}); } });
}

// Those of one menu stand together, under a line.
void ShellWindow::addPageActs()
{
    for (const PageEntry &entry : m_table.pages) {
        QSet<Menu> begun;
        for (const PageAct &act : entry.acts) {
            const auto run = [this, id = entry.id, run = act.run] {
                if (Page *page = current(); page && currentPage() == id)
                    run(*page);
            };
            QAction *action = m_acts->add({ act.menu, act.id, act.text, act.keys, act.icon, act.synonyms, run,
                !begun.contains(act.menu) });
            begun.insert(act.menu);
            if (act.heardByPage)
                action->setShortcutContext(Qt::WidgetShortcut); // named here, heard there
        }
    }
}

void ShellWindow::enablePageActs()
{
    for (const PageEntry &entry : m_table.pages)
        for (const PageAct &act : entry.acts)
            m_acts->action(act.id)->setEnabled(entry.id == currentPage());
}

void ShellWindow::addHelpActs()
{
    m_acts->add({ Menu::Help, u"help.keyboard"_s, tr("&Keyboard"), { Qt::Key_F1 }, u"key"_s,
        { tr("shortcuts"), tr("help") }, [this] { makeKeyboardDialog(*m_acts, this)->open(); } });
    m_acts->add({ Menu::Help, u"help.about"_s, tr("&About Tidemark"), { Qt::SHIFT | Qt::Key_F1 }, u"doc"_s,
        { tr("version") }, [this] { makeAboutDialog(this)->open(); } });
}

void ShellWindow::chooseFile()
{
    auto *dialog = new QFileDialog(
        this, tr("Open fleet file"), documentsFolder(), tr("Fleet files (*.yaml *.yml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ShellWindow::openFleetFile);
    dialog->open();
}

void ShellWindow::closeFleet()
{
    keep();
    m_context.preferences->setText(preference::fleet(), {});
    m_context.fleet->close();
}

void ShellWindow::refresh()
{
    m_context.monitor->refreshNow();
    if (m_context.catalogue)
        m_context.catalogue->refreshNow();
    if (Page *page = current())
        page->refresh();
}

void ShellWindow::focusFilter()
{
    const Page *page = current();
    if (QWidget *field = page ? const_cast<Page *>(page)->filterField() : nullptr)
        field->setFocus(Qt::ShortcutFocusReason);
}

void ShellWindow::toggleTable()
{
    Page *page = current();
    if (!page || !page->offersTable())
        return;
    const bool table = m_acts->action(u"view.table"_s)->isChecked();
    m_context.preferences->setText(preference::asTable(currentPage()), table ? u"yes"_s : QString());
    page->showAsTable(table);
    orderTabs();
}

void ShellWindow::chooseTheme(Theme::Choice choice)
{
    m_context.theme->choose(choice);
    m_context.preferences->setText(preference::theme(), Theme::choiceName(choice));
}

std::vector<QWidget *> ShellWindow::panes() const
{
    std::vector<QWidget *> all { m_navigation->pageList(), m_navigation->clusterList(), m_header };
    const auto own = pagePanes();
    all.insert(all.end(), own.begin(), own.end());
    std::erase_if(all, [](QWidget *pane) { return !pane->isVisible() || !firstFocusable(pane); });
    return all;
}

std::vector<QWidget *> ShellWindow::pagePanes() const
{
    Page *page = current();
    if (!page)
        return {};
    const auto own = page->panes();
    return own.empty() ? std::vector<QWidget *> { page } : own;
}

// Header, content, side pane, footer: the header's controls are the page's own and would come last.
void ShellWindow::orderTabs()
{
    std::vector<QWidget *> order { m_navigation->pageList(), m_navigation->clusterList() };
    const auto add = [&order](QWidget *pane) {
        for (QWidget *widget : inTabOrder(pane))
            if (std::ranges::find(order, widget) == order.end())
                order.push_back(widget);
    };
    add(m_header);
    for (QWidget *pane : pagePanes())
        add(pane);
    for (std::size_t i = 1; i < order.size(); ++i)
        QWidget::setTabOrder(order[i - 1], order[i]);
}

// The focus goes along to the page that is shown, but stays with a person who walks the navigation.
void ShellWindow::focusPage()
{
    const QWidget *focused = focusWidget();
    const auto holds = [focused](const QWidget *part) { return part && part->isAncestorOf(focused); };
    if (focused && focused->isVisible() && (holds(m_navigation) || holds(m_header) || holds(current())))
        return;
    for (QWidget *pane : pagePanes()) {
        if (QWidget *first = firstFocusable(pane))
            return first->setFocus(Qt::OtherFocusReason);
    }
}

void ShellWindow::movePane(int step)
{
    const auto all = panes();
    if (all.empty())
        return;
    const QWidget *focused = QApplication::focusWidget();
    const auto at = std::ranges::find_if(all,
        [&](const QWidget *pane) { return pane == focused || (focused && pane->isAncestorOf(focused)); });
    const int count = int(all.size());
    const int from = at == all.end() ? (step > 0 ? -1 : count) : int(at - all.begin());
    firstFocusable(all[std::size_t((from + step + count) % count)])->setFocus(Qt::ShortcutFocusReason);
}

void ShellWindow::openPalette()
{
    const int left = m_navigation->isVisible() ? m_navigation->width() : 0;
    const int top = std::min(m_context.theme->px(136), height() / 4);
    const QRect content(mapToGlobal(QPoint(left, top)), QSize(width() - left, height() - top));
    m_palette->popUp(paletteItems(), content);
}

std::vector<PaletteItem> ShellWindow::paletteItems()
{
    using Group = PaletteItem::Group;
    std::vector<PaletteItem> items;
    addPageEntries(items);
    for (const Acts::Entry &entry : m_acts->entries()) {
        if (!entry.action->isEnabled() || entry.row.id == "go.palette"_L1)
            continue;
        const bool page = entry.row.id.startsWith("go.page."_L1);
        items.push_back({ page ? Group::GoTo : Group::Run, plainActText(entry.row.text), {},
            entry.row.synonyms, entry.row.icon, entry.action->shortcut().toString(QKeySequence::NativeText),
            {}, {}, [action = entry.action] { action->trigger(); } });
    }
    addClusters(items);
    return items;
}

void ShellWindow::addPageEntries(std::vector<PaletteItem> &items)
{
    std::vector<Page *> pages;
    for (int i = 0; m_context.fleet->isOpen() && i < int(m_pages.size()); ++i)
        pages.push_back(pageAt(i));
    if (!m_context.fleet->isOpen() && m_welcome)
        pages.push_back(m_welcome);
    for (Page *page : pages) {
        for (PaletteEntry &entry : page->paletteEntries()) {
            const Cluster *cluster = m_context.fleet->cluster(entry.cluster);
            const auto group = entry.goesTo ? PaletteItem::Group::GoTo : PaletteItem::Group::Run;
            items.push_back({ group, entry.text, entry.hint, entry.synonyms, entry.icon, {}, entry.cluster,
                cluster ? std::optional(cluster->environment) : std::nullopt, std::move(entry.open) });
        }
    }
}

void ShellWindow::addClusters(std::vector<PaletteItem> &items)
{
    for (const Cluster &cluster : m_context.fleet->fleet().clusters)
        items.push_back({ PaletteItem::Group::Clusters, cluster.name, cluster.description,
            { tr("cluster"), tr("scope") }, u"db"_s, {}, cluster.name, cluster.environment,
            [this, name = cluster.name] { setScope(name); } });
}

} // namespace tidemark
