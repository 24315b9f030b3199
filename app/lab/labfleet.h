#pragma once

#include "fleet/fleet.h"
#include "lab/service.h"

#include <QJsonObject>
#include <QMap>

namespace tidemark::lab {

// What the console opens: the lab's clusters, every place their backups are kept, and what is promised of
// them. `facts` are those of the services by name.
[[nodiscard]] Fleet labFleet(const Place &place, const QMap<QString, QJsonObject> &facts);

// Writes fleet.yaml. A file that somebody changed since is kept as it is, and said so.
[[nodiscard]] Result<> writeFleet(Place place, const QMap<QString, QJsonObject> &facts, const Say &say);

} // namespace tidemark::lab
