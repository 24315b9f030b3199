#pragma once

#include <QString>

namespace tidemark {

// One of the SQL files of resources/sql, compiled in: sqlText(u"probe/identity").
[[nodiscard]] QString sqlText(const QString &name);

} // namespace tidemark
