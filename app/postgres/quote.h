#pragma once

#include "values/error.h"

#include <QString>

namespace tidemark {

// The only way a name or a value gets into SQL text, where a parameter cannot stand. PostgreSQL knows no zero
// character in either; such text is cut off nowhere but refused as "pg.zero-character".
[[nodiscard]] Result<QString> quoteIdentifier(const QString &name);
[[nodiscard]] Result<QString> quoteLiteral(const QString &value);

} // namespace tidemark
