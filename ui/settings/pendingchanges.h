#pragma once

#include "ports/fleetfile.h"

#include <QMap>
#include <QObject>

namespace tidemark {

// What a person changed in the settings and has not saved: one value for each path of the fleet file.
class PendingChanges : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Replaces everything below the item by these.
    void put(const QStringList &item, const std::vector<FleetEdit> &edits);
    void add(const FleetEdit &edit);
    void clear();

    [[nodiscard]] std::vector<FleetEdit> all() const;
    [[nodiscard]] std::vector<FleetEdit> below(const QStringList &item) const;
    [[nodiscard]] int count() const { return int(m_values.size()); }

Q_SIGNALS:
    void changed();

private:
    void removeBelow(const QStringList &item);

    QMap<QStringList, QString> m_values;
};

} // namespace tidemark
