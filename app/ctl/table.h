#pragma once

#include <QStringList>

namespace tidemark::ctl {

// Rows under a heading in columns as wide as they need to be; the last column is not padded. Empty without
// rows. Cells must be safe to print.
[[nodiscard]] QString table(const QStringList &heading, const QList<QStringList> &rows);

} // namespace tidemark::ctl
