#pragma once

#include "fleet/fleet.h"

#include <QModelIndex>
#include <QWidget>

#include <functional>

class QListView;
class QStandardItemModel;

namespace tidemark {

struct Insight;
struct PageEntry;
class EnvironmentBlock;
class TextLabel;

// The left column: environment block, pages, clusters. Wide 194 px, or a 48 px rail of icons.
class Navigation : public QWidget
{
    Q_OBJECT

public:
    explicit Navigation(const std::vector<PageEntry> &pages, QWidget *parent = nullptr);

    void setFleet(const Fleet &fleet);
    void setInsight(const Insight *insight); // null: nothing was concluded
    void setBadge(int page, const QString &badge);
    // Without telling of it.
    void showPage(int page);
    void showScope(const QString &cluster);
    void setNarrow(bool narrow);
    [[nodiscard]] bool isNarrow() const { return m_narrow; }
    [[nodiscard]] QListView *pageList() const { return m_pages; }
    [[nodiscard]] QListView *clusterList() const { return m_clusters; }

Q_SIGNALS:
    void pageChosen(int page);
    void scopeChosen(const QString &cluster);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QListView *makeList(const QString &name, const QString &spoken);
    void follow(QListView *list, std::function<void(const QModelIndex &)> chosen);
    void fillPages(const std::vector<PageEntry> &pages);
    void showBlock();
    void choose(QListView *list, int row);

    bool m_narrow = false;
    bool m_telling = true;
    Fleet m_fleet;
    QString m_scope;
    EnvironmentBlock *m_block;
    TextLabel *m_heading;
    QListView *m_pages;
    QListView *m_clusters;
    QStandardItemModel *m_pageItems;
    QStandardItemModel *m_clusterItems;
};

// "5 production, 1 test"
[[nodiscard]] QString fleetSummary(const Fleet &fleet);

} // namespace tidemark
