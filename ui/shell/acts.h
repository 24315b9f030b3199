#pragma once

#include <QKeySequence>
#include <QObject>

#include <functional>
#include <vector>

class QAction;
class QMenu;
class QMenuBar;

namespace tidemark {

// Every act of the window: a row each, from which the menus, the palette and the keyboard map are made.
class Acts : public QObject
{
    Q_OBJECT

public:
    enum class Menu { File, Edit, View, Go, Recover, Tools, Help };

    struct Row {
        Menu menu;
        QString id; // "view.refresh"
        QString text; // with its mnemonic
        QKeySequence keys;
        QString icon;
        QStringList synonyms; // for the palette
        std::function<void()> run;
        bool divide = false; // a line before it
    };

    explicit Acts(QWidget *window);
    QAction *add(Row row);
    [[nodiscard]] QAction *action(const QString &id) const;
    // Menus without acts are left out.
    void fill(QMenuBar *bar) const;

    struct Entry {
        Row row;
        QAction *action;
    };
    [[nodiscard]] const std::vector<Entry> &entries() const { return m_entries; }
    [[nodiscard]] static QString menuWords(Menu menu);

private:
    QWidget *m_window;
    std::vector<Entry> m_entries;
};

// The text of an act as it reads outside a menu: no mnemonic mark.
[[nodiscard]] QString plainActText(const QString &text);

} // namespace tidemark
