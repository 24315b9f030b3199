#pragma once

#include "fleet/fleet.h"
#include "values/instant.h"

#include <QMetaType>
#include <QString>
#include <QVariant>

namespace tidemark {

// What a cell, a row or an entry means. The theme paints it as a shape, a colour and a weight.
enum class Standing {
    None,
    Ok,
    Quiet, // ok, the thin form for tables
    Attention,
    Failed,
    Missing, // expected and not there, or never done
    Running,
    Waived, // not well, and a person lets it be
    Stale, // the last value, which may no longer hold
    Unknown // not read yet
};

// Roles that every item model of the house answers, beside Qt's own.
enum ItemRole {
    StandingRole = Qt::UserRole + 1, // Standing
    DetailRole, // QString: the second line
    AsideRole, // QString: at the right, in secondary text
    EnvironmentRole, // Environment: the row's edge
    ActionRole, // QString: the one link of the cell
    BarRole, // double 0…1: a bar in the cell
    SortRole, // raw value
    KeyRole, // QString: what the row is about, by name
    FaintRole // bool: of less interest, in secondary text
};

// One cell as a person reads it. A page words it, because times and languages are its business.
struct Cell {
    QString text;
    QString detail;
    QString aside;
    QString action;
    QString tip;
    Standing standing = Standing::None;
    bool faint = false;
    std::optional<double> bar;
    QVariant sort;

    bool operator==(const Cell &) const = default;
};

} // namespace tidemark

Q_DECLARE_METATYPE(tidemark::Standing)
Q_DECLARE_METATYPE(tidemark::Environment)
