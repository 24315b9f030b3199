#pragma once

#include "items/rowsmodel.h"
#include "moment/momentscene.h"
#include "shell/clocks.h"

#include <QTableView>

namespace tidemark {

// One bar of the picture.
struct MomentBarRow {
    Instant at;
    WalHistogram::Bucket bucket;
    bool read = false; // false: nothing is known of that time
    bool missing = false; // and never will be: its WAL is not in the archive

    [[nodiscard]] QString key() const { return QString::number(at.sinceEpoch.count()); }
    bool operator==(const MomentBarRow &) const = default;
};

class MomentBarModel : public RowsModel<MomentBarRow>
{
    Q_OBJECT

public:
    enum class Column { From, Commits, Deleted, Updated, Inserted, State, Count };
    explicit MomentBarModel(Words words, QObject *parent = nullptr);
};

// What the bars show, as rows: the same stretch of time in the same steps, without those in which nothing was
// committed.
class MomentBarsTable : public QTableView
{
    Q_OBJECT

public:
    explicit MomentBarsTable(std::shared_ptr<Clocks> clocks, QWidget *parent = nullptr);
    void show(const MomentScene &scene, const MomentBars &bars);

private:
    [[nodiscard]] Cell cell(const MomentBarRow &row, int column) const;

    std::shared_ptr<Clocks> m_clocks;
    MomentBarModel *m_model;
};

} // namespace tidemark
