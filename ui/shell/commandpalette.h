#pragma once

#include "fleet/fleet.h"
#include "shell/fuzzy.h"

#include <QFrame>

#include <functional>
#include <vector>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace tidemark {

class KeyHints;

// One thing the palette opens. It never runs anything that changes a server: opening asks first.
struct PaletteItem {
    enum class Group { Run, GoTo, Clusters };
    Group group = Group::Run;
    QString text;
    QString hint;
    QStringList synonyms;
    QString icon;
    QString keys; // shortcut, shown at the right
    QString cluster; // empty: of none
    std::optional<Environment> environment; // its edge
    std::function<void()> open;
};

// What fits, best first within each group; groups in the order of their best entry.
struct PaletteHit {
    std::size_t item = 0;
    FuzzyMatch match;
};
[[nodiscard]] std::vector<PaletteHit> paletteHits(
    const std::vector<PaletteItem> &items, const QString &typed, const QString &onlyCluster);

// Ctrl+K: type, choose, Enter opens, Tab limits to the chosen entry's cluster, Esc closes.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *parent);
    void popUp(std::vector<PaletteItem> items, const QRect &over);
    [[nodiscard]] QString plainText() const; // what is listed, a line each; for tests

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void list();
    void addHeading(PaletteItem::Group group);
    void addHit(const PaletteHit &hit);
    bool handleKey(int key);
    void move(int step);
    void limit();
    void unlimit();
    void openCurrent();
    [[nodiscard]] const PaletteItem *current() const;
    void fit();
    void tellKeys();

    std::vector<PaletteItem> m_items;
    QString m_onlyCluster;
    QRect m_over;
    QLineEdit *m_field;
    QListView *m_view;
    QStandardItemModel *m_model;
    KeyHints *m_keys;
};

} // namespace tidemark
