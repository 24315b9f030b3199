#pragma once

#include "fleet/concerns.h"

#include <QStringList>

namespace tidemark {

// The value of the fleet file that a person changes to end a concern, as its path there:
// { "clusters", "oltp-db", "connect", "user" }.
[[nodiscard]] QStringList settingOf(const Concern &concern);

} // namespace tidemark
