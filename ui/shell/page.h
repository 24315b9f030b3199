#pragma once

#include "ports/cataloguewatch.h"
#include "ports/clock.h"
#include "ports/desktopnotifier.h"
#include "ports/fleetmonitor.h"
#include "ports/localfiles.h"
#include "ports/momentreader.h"
#include "ports/pbsprobe.h"
#include "ports/practicelab.h"
#include "ports/preferences.h"
#include "ports/secretstore.h"
#include "ports/serverprobe.h"
#include "ports/sessionboard.h"
#include "ports/taskscope.h"
#include "shell/acts.h"
#include "shell/clocks.h"
#include "shell/openfleet.h"
#include "theme/theme.h"

#include <QKeySequence>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

namespace tidemark {

// Everything a page may need, handed in. Copies are cheap and mean the same things. The theme and the ports
// outlive every page.
struct PageContext {
    std::shared_ptr<FleetMonitor> monitor;
    std::shared_ptr<ServerProbe> servers;
    std::shared_ptr<PbsProbe> backupServers;
    std::shared_ptr<FleetFile> fleetFile;
    std::shared_ptr<SecretStore> secrets;
    std::shared_ptr<PracticeLab> lab;
    std::shared_ptr<Preferences> preferences;
    std::shared_ptr<Clock> clock;
    std::shared_ptr<OpenFleet> fleet;
    std::shared_ptr<Clocks> clocks;
    InFlight inFlight; // hand it to every TaskScope
    Theme *theme = nullptr;
    std::shared_ptr<LocalFiles> files;
    std::vector<std::pair<QString, QString>> folders {}; // where the program keeps things: name and path
    std::shared_ptr<CatalogueWatch> catalogue {}; // what can be got back
    std::shared_ptr<DesktopNotifier> desktop {}; // null: nobody is notified
    std::shared_ptr<MomentReader> moments {}; // null: nothing here can read WAL
    std::shared_ptr<SessionBoard> sessions {}; // null: nothing can be run here
};

// Something the command palette can open from a page. Opening asks; it never runs anything by itself.
struct PaletteEntry {
    QString text; // "Recover olap-db to a moment…"
    QString hint; // "any instant since 21 Aug"
    QStringList synonyms; // other words a person may type
    QString icon;
    QString cluster; // whose edge it carries, empty: none
    std::function<void()> open;
    bool goesTo = false; // shows a place rather than asks what to do
};

// One page of the window. The shell shows its title, header controls and badge, and tells it the scope. What
// a page shows it reads from the context; it starts work through a TaskScope of its own, its last member.
class Page : public QWidget
{
    Q_OBJECT

public:
    explicit Page(PageContext context, QWidget *parent = nullptr)
        : QWidget(parent)
        , m_context(std::move(context))
    {
    }

    // Widgets for the page header, right of the title and at its right end. They are the page's children; the
    // shell borrows them while the page is shown. The same ones each time.
    [[nodiscard]] virtual std::vector<QWidget *> headerControls() { return {}; }
    [[nodiscard]] virtual std::vector<QWidget *> headerActions() { return {}; }
    // A short line in t2 beside the title, or nothing.
    [[nodiscard]] virtual QString subtitle() const { return {}; }

    // A cluster's name, or empty for all of them. Told before the page is first shown and on each change.
    virtual void setScope(const QString &cluster) { m_scope = cluster; }
    [[nodiscard]] const QString &scope() const { return m_scope; }

    // Another page sends here, to one thing or one value of it: its path in the fleet file, such as
    // { "clusters", "oltp-db", "connect", "host" }. The page chooses it and gives it the focus.
    virtual void showItem(const QStringList &) { }

    // F5. The monitor is asked by the shell; this is for what the page reads itself.
    virtual void refresh() { }
    // Ctrl+F goes there; null: the page has no filter and the act is disabled.
    [[nodiscard]] virtual QWidget *filterField() { return nullptr; }
    // View > Show as table: what the page paints, as rows and columns of the same facts. A page that offers
    // it answers true and overrides both; the shell remembers the choice for each page and tells it when the
    // page is made and on each change.
    [[nodiscard]] virtual bool offersTable() const { return false; }
    virtual void showAsTable(bool) { }
    // Where F6 goes, in order; the focus goes to the first focusable widget inside. Empty: the page as one.
    [[nodiscard]] virtual std::vector<QWidget *> panes() { return {}; }
    // Shown in the navigation: a count or two words ("6", "1 due"); empty: nothing.
    [[nodiscard]] virtual QString badge() const { return {}; }
    [[nodiscard]] virtual std::vector<PaletteEntry> paletteEntries() { return {}; }
    // Splitters, columns, sort: whatever the page wants back next time, as bytes of its own.
    [[nodiscard]] virtual QByteArray saveState() const { return {}; }
    virtual void restoreState(const QByteArray &) { }

Q_SIGNALS:
    void headerChanged(); // subtitle()
    void badgeChanged();
    void openPage(const QString &id); // asks the shell to show another page
    void openItem(const QString &id, const QStringList &item); // and showItem() there
    void openScope(const QString &cluster); // asks the shell to set the scope everywhere
    void statusMessage(const QString &words); // shown in the status bar for a while, and read out

protected:
    PageContext m_context;

private:
    QString m_scope;
};

// An act of one page. It stands in the menu bar and the palette, and can be chosen while the page is shown.
struct PageAct {
    Acts::Menu menu = Acts::Menu::View;
    QString id; // "timeline.fit"
    QString text; // with its mnemonic
    QKeySequence keys;
    QString icon;
    QStringList synonyms; // for the palette
    std::function<void(Page &page)> run;
    // The keys mean this only in some of the page's widgets, which hear them themselves: "Left" is another
    // thing in a text field.
    bool heardByPage = false;
};

// One row of the shell's list of pages. Alt+1 … follow the order.
struct PageEntry {
    QString id; // "overview", for preferences and openPage()
    QString title;
    QString icon;
    QStringList synonyms; // for the palette
    std::function<Page *(PageContext, QWidget *)> make;
    std::vector<PageAct> acts {};
};

// The pages that exist, in the order of the navigation, and the one shown while no fleet is open.
struct PageTable {
    std::vector<PageEntry> pages;
    PageEntry welcome;
};

[[nodiscard]] PageTable pageTable();

} // namespace tidemark
