#pragma once

#include "items/rowsmodel.h"
#include "timeline/timelinewords.h"

#include <QWidget>

class QTableView;

namespace tidemark {

class TextLabel;

// What the timeline paints, as rows: the same things of the same time in the same order.
struct TimelineTableRow {
    QString cluster;
    Environment environment = Environment::Unset;
    int lane = 0;
    TimelineItem item;

    bool operator==(const TimelineTableRow &) const = default;
    [[nodiscard]] QString key() const;
};

class TimelineTableModel : public RowsModel<TimelineTableRow>
{
    Q_OBJECT

public:
    enum class Column { Cluster, What, State, From, To, Details, Count };
    explicit TimelineTableModel(Words words, QObject *parent = nullptr);

protected:
    [[nodiscard]] Environment environmentOf(const TimelineTableRow &row) const override
    {
        return row.environment;
    }
};

class TimelineTable : public QWidget
{
    Q_OBJECT

public:
    using ItemsOf = std::function<std::vector<TimelineItem>(int lane)>;

    explicit TimelineTable(PageContext context, QWidget *parent = nullptr);
    void show(const TimelineScene &scene, std::shared_ptr<const CatalogueFacts> facts, const ItemsOf &items);

Q_SIGNALS:
    void rowWanted(int lane, Instant at);

private:
    [[nodiscard]] Cell cell(const TimelineTableRow &row, int column) const;

    PageContext m_context;
    TimelineWords m_words;
    std::vector<std::shared_ptr<const Lane>> m_lanes;
    std::shared_ptr<const CatalogueFacts> m_facts;
    TimelineTableModel *m_model;
    QTableView *m_table;
    TextLabel *m_range;
};

} // namespace tidemark
