#pragma once

#include <QString>

namespace tidemark {

// A value as postgresql.conf takes it, quotes included: the only place that quotes for it.
[[nodiscard]] QString settingValue(const QString &value);

} // namespace tidemark
