#pragma once

#include "fleet/setup.h"
#include "items/rowsmodel.h"

namespace tidemark {

// The servers of the first run: what was found, which are chosen, what a test told.
class ServerTableModel : public RowsModel<SetupServer>
{
    Q_OBJECT

public:
    enum class Column { Chosen, Name, Where, Version, Environment, Access, Count };
    explicit ServerTableModel(Words words, QObject *parent = nullptr);

    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    // CheckStateRole in the first column; EnvironmentRole in the environment's.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    // A person chose something in row `row`.
    void edited(int row);

protected:
    [[nodiscard]] tidemark::Environment environmentOf(const SetupServer &row) const override;
};

} // namespace tidemark
