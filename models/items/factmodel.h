#pragma once

#include "items/rowsmodel.h"

namespace tidemark {

// One line of a list of facts: what it is, and its value as a person reads and copies it.
struct Fact {
    QString label;
    QString value;
    bool machine = false; // monospaced

    bool operator==(const Fact &) const = default;
    [[nodiscard]] QString key() const { return label; }
};

class FactModel : public RowsModel<Fact>
{
    Q_OBJECT

public:
    enum class Column { Label, Value, Count };
    explicit FactModel(QObject *parent = nullptr);

    // "label<tab>value" lines of all rows.
    [[nodiscard]] QString asText() const;
};

} // namespace tidemark
