#pragma once

#include "shell/page.h"

#include <QMainWindow>
#include <QPointer>

class QStackedWidget;

namespace tidemark {

class Acts;
class Banner;
class CommandPalette;
class EnvironmentEdge;
class Navigation;
class PageHeader;
class SourcesBar;
class TopCorner;
struct PaletteItem;

// The window: frame, navigation and what every page shares. Closing it drops the pages, which asks their work
// to stop, and tells finished() when nothing runs any more or the limit has passed; whoever made it then
// quits (QGuiApplication::quitOnLastWindowClosed is to be off).
class ShellWindow : public QMainWindow
{
    Q_OBJECT

public:
    ShellWindow(PageContext context, PageTable table, QWidget *parent = nullptr);
    ~ShellWindow() override;

    // Reads the file and shows it; a mistake in it is told in the strip, and what is open stays.
    void openFleetFile(const QString &path);
    void showPage(const QString &id);
    [[nodiscard]] QString currentPage() const;
    void setScope(const QString &cluster);
    [[nodiscard]] const QString &scope() const { return m_scope; }
    [[nodiscard]] const Acts &acts() const { return *m_acts; }
    [[nodiscard]] Page *page(const QString &id) const; // null while it has not been shown yet

Q_SIGNALS:
    void finished(bool inTime);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    // shellwindow.cpp
    void build();
    void followContext();
    void restore();
    void showIndex(int index);
    void present(Page *page, const PageEntry &entry);
    [[nodiscard]] Page *pageAt(int index); // made when it is first asked for
    void focusPage();
    void orderTabs();
    void fitToScreen();
    Page *makePage(const PageEntry &entry);
    void followPage(Page *page, const QString &id);
    void openItem(const QString &id, const QStringList &item);
    void showNormalAgain();
    void fleetChanged();
    void stateChanged();
    void tick();
    void tellStrip();
    void tellTitle();
    void adapt();
    [[nodiscard]] int menuWidth() const;
    void keep();
    void leave();
    [[nodiscard]] int indexOf(const QString &id) const;
    [[nodiscard]] Page *current() const;
    [[nodiscard]] QString signedIn() const;

    // shellacts.cpp
    void addActs();
    void addFileActs();
    void addViewActs();
    void addThemeActs();
    void addGoActs();
    void addPageActs();
    void enablePageActs();
    void addHelpActs();
    void chooseFile();
    void closeFleet();
    void refresh();
    void focusFilter();
    void toggleTable();
    [[nodiscard]] bool wantsTable(const QString &page) const;
    void chooseTheme(Theme::Choice choice);
    void movePane(int step);
    [[nodiscard]] std::vector<QWidget *> panes() const;
    [[nodiscard]] std::vector<QWidget *> pagePanes() const;
    void openPalette();
    [[nodiscard]] std::vector<PaletteItem> paletteItems();
    void addPageEntries(std::vector<PaletteItem> &items);
    void addClusters(std::vector<PaletteItem> &items);

    PageContext m_context;
    PageTable m_table;
    QString m_scope;
    QString m_triedName;
    QString m_stripTitle;
    int m_index = -1;
    bool m_leaving = false;
    Acts *m_acts = nullptr;
    TopCorner *m_corner = nullptr;
    EnvironmentEdge *m_edge = nullptr;
    Navigation *m_navigation = nullptr;
    PageHeader *m_header = nullptr;
    Banner *m_strip = nullptr;
    Banner *m_trouble = nullptr;
    QStackedWidget *m_stack = nullptr;
    SourcesBar *m_sources = nullptr;
    CommandPalette *m_palette = nullptr;
    std::vector<QPointer<Page>> m_pages;
    QPointer<Page> m_welcome;
    TaskScope m_tasks;
};

} // namespace tidemark
