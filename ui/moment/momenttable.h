#pragma once

#include "items/rowsmodel.h"
#include "moment/momentscene.h"
#include "shell/clocks.h"

#include <QTableView>

namespace tidemark {

struct MomentRow {
    int event = 0; // index into the scene's events
    MomentEvent told;

    [[nodiscard]] QString key() const
    {
        return QStringLiteral("%1/%2")
            .arg(told.transaction->timeline.value)
            .arg(told.transaction->lsn.toString());
    }
    bool operator==(const MomentRow &other) const
    {
        return event == other.event && told.transaction == other.told.transaction
            && told.usual == other.told.usual && told.usualAt == other.told.usualAt;
    }
};

class MomentModel : public RowsModel<MomentRow>
{
    Q_OBJECT

public:
    enum class Column { Time, Transaction, Event, Relations, Rows, Lsn, Count };
    explicit MomentModel(Words words, QObject *parent = nullptr);
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

// The events as rows, suspicious ones first, one of them chosen.
class MomentTable : public QTableView
{
    Q_OBJECT

public:
    explicit MomentTable(std::shared_ptr<Clocks> clocks, QWidget *parent = nullptr);
    // The pieces that the events point into have to outlive what is shown.
    void show(const std::vector<MomentEvent> &events, std::shared_ptr<const void> keep);
    void reword(); // the clock was switched
    void choose(int event); // without telling
    [[nodiscard]] int chosen() const; // -1: none

Q_SIGNALS:
    void eventWanted(int event);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] Cell cell(const MomentRow &row, int column) const;

    std::shared_ptr<Clocks> m_clocks;
    MomentModel *m_model;
    std::shared_ptr<const void> m_keep;
    bool m_choosing = false;
};

} // namespace tidemark
