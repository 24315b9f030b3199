#pragma once

#include <QString>

namespace tidemark {

// "key='value'" as libpq takes it in a connection string: the only place that quotes for one.
[[nodiscard]] QString conninfoPair(const QString &key, const QString &value);

} // namespace tidemark
