#include "shots.h"

#include "ports/cataloguewatch.h"
#include "ports/fleetmonitor.h"
#include "shell/page.h"
#include "shell/shellwindow.h"

#include <QTimer>

#include <algorithm>
#include <array>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

struct Shot {
    QString page;
    Theme::Choice theme = Theme::Choice::Light;
    bool welcome = false; // shown when no fleet is open
};

bool hasSpoken(const FleetState &state)
{
    const auto spoken
        = [](const auto &item) { return item.reach == Reach::Live || item.reach == Reach::Offline; };
    return std::ranges::all_of(state.servers, spoken) && std::ranges::all_of(state.backupServers, spoken);
}

bool hasRead(const Knowledge &known)
{
    const auto read = [](const SourceWatch &one) { return !one.read || one.reading.triedAt; };
    return known.insight && !known.kept && std::ranges::all_of(known.sources, read);
}

class Photographer : public QObject
{
public:
    Photographer(ShellWindow &window, Theme &theme, const Watches &watches, std::shared_ptr<OpenFleet> fleet,
        QString folder)
        : QObject(&window)
        , m_window(window)
        , m_theme(theme)
        , m_watches(watches)
        , m_fleet(std::move(fleet))
        , m_folder(std::move(folder))
    {
        m_timer.setInterval(1000); // a page that works something out aside has it by then
        connect(&m_timer, &QTimer::timeout, this, [this] { next(); });
        m_timer.start();
    }
    void add(Shot shot) { m_shots.push_back(std::move(shot)); }

private:
    void next()
    {
        const bool closed = m_posed && m_shots[m_at].welcome; // nobody is asked any more
        const bool told
            = closed || (hasSpoken(m_watches.servers->state()) && hasRead(*m_watches.catalogue->knowledge()));
        const bool ready = told || --m_patience < 0;
        if (!ready)
            return;
        if (m_posed)
            take();
        m_posed = m_at < m_shots.size();
        if (!m_posed) {
            m_timer.stop();
            m_window.close();
            return;
        }
        m_theme.choose(m_shots[m_at].theme);
        if (m_shots[m_at].welcome)
            m_fleet->close();
        m_window.showPage(m_shots[m_at].page);
    }

    void take()
    {
        const Shot &shot = m_shots[m_at++];
        const QString name = u"%1/%2-%3.png"_s.arg(m_folder, shot.page, Theme::choiceName(shot.theme));
        if (m_window.grab().save(name))
            qInfo("%s", qUtf8Printable(name));
        else
            qWarning("could not write %s", qUtf8Printable(name));
    }

    ShellWindow &m_window;
    Theme &m_theme;
    Watches m_watches;
    std::shared_ptr<OpenFleet> m_fleet;
    QString m_folder;
    std::vector<Shot> m_shots;
    std::size_t m_at = 0;
    bool m_posed = false;
    int m_patience = 60;
    QTimer m_timer;
};

} // namespace

void takeShots(ShellWindow &window, Theme &theme, const PageTable &pages, const Watches &watches,
    std::shared_ptr<OpenFleet> fleet, const QString &folder)
{
    constexpr std::array choices { Theme::Choice::Light, Theme::Choice::Dark };
    window.resize(1440, 900);
    auto *photographer = new Photographer(window, theme, watches, std::move(fleet), folder);
    for (const Theme::Choice choice : choices) {
        for (const PageEntry &entry : pages.pages)
            photographer->add({ .page = entry.id, .theme = choice });
    }
    for (const Theme::Choice choice : choices)
        photographer->add({ .page = pages.welcome.id, .theme = choice, .welcome = true });
}

} // namespace tidemark
