#pragma once

#include "insight/findings.h"
#include "items/rowsmodel.h"

namespace tidemark {

// What needs attention, worst first.
class FindingModel : public RowsModel<Finding>
{
    Q_OBJECT

public:
    enum class Column { Subject, What, Action, Count };
    explicit FindingModel(Words words, QObject *parent = nullptr);
};

// Those about a cluster, those of the sources that keep its backups among them, in the same order; each key
// once. `scope` empty: all of them.
[[nodiscard]] std::vector<Finding> findingsInScope(
    const std::vector<Finding> &findings, const Fleet &fleet, const QString &scope);

} // namespace tidemark
