#pragma once

#include "fleet/fleetstate.h"

#include <QByteArray>

namespace tidemark {

// Facts as compact JSON and back. A key that is missing leaves its field as it was made, an unknown key is
// passed over; text that is not JSON, or a value of the wrong type, is "store.facts" naming its place.
[[nodiscard]] QByteArray toJson(const ServerFacts &facts);
[[nodiscard]] QByteArray toJson(const PbsFacts &facts);
[[nodiscard]] Result<ServerFacts> serverFactsFromJson(const QByteArray &json);
[[nodiscard]] Result<PbsFacts> pbsFactsFromJson(const QByteArray &json);

// The facts without what changes all the time: counters, positions, sizes and the time of reading.
[[nodiscard]] ServerFacts standing(ServerFacts facts);
[[nodiscard]] PbsFacts standing(PbsFacts facts);

} // namespace tidemark
