#include "shell/acts.h"

#include "theme/theme.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace tidemark {

Acts::Acts(QWidget *window)
    : QObject(window)
    , m_window(window)
{
}

QAction *Acts::add(Row row)
{
    auto *action = new QAction(row.text, this);
    action->setObjectName(row.id);
    action->setShortcut(row.keys);
    connect(action, &QAction::triggered, this, [run = row.run] { run(); });
    m_window->addAction(action); // so that its keys work while its menu is closed
    m_entries.push_back({ std::move(row), action });
    return action;
}

QAction *Acts::action(const QString &id) const
{
    const auto found = std::ranges::find(m_entries, id, [](const Entry &entry) { return entry.row.id; });
    return found == m_entries.end() ? nullptr : found->action;
}

void Acts::fill(QMenuBar *bar) const
{
    for (const Menu menu :
        { Menu::File, Menu::Edit, Menu::View, Menu::Go, Menu::Recover, Menu::Tools, Menu::Help }) {
        QMenu *made = nullptr;
        for (const Entry &entry : m_entries) {
            if (entry.row.menu != menu)
                continue;
            if (!made)
                made = bar->addMenu(menuWords(menu));
            else if (entry.row.divide)
                made->addSeparator();
            made->addAction(entry.action);
        }
    }
}

QString Acts::menuWords(Menu menu)
{
    switch (menu) {
    case Menu::File:
        return tr("&File");
    case Menu::Edit:
        return tr("&Edit");
    case Menu::View:
        return tr("&View");
    case Menu::Go:
        return tr("&Go");
    case Menu::Recover:
        return tr("&Recover");
    case Menu::Tools:
        return tr("&Tools");
    case Menu::Help:
        return tr("&Help");
    }
    return {};
}

QString plainActText(const QString &text)
{
    QString plain = text;
    return plain.remove(u'&');
}

} // namespace tidemark
