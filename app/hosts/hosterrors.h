#pragma once

#include "values/error.h"

#include <QByteArray>

namespace tidemark {

[[nodiscard]] Error hostCancelled();
// What an errno means for one path.
[[nodiscard]] Error hostError(int number, const QByteArray &path);
[[nodiscard]] Error notAFile(const QByteArray &path);
[[nodiscard]] Error notAbsolute(const QByteArray &path);
[[nodiscard]] Error tooMuchOutput(qint64 most);
[[nodiscard]] Error outOfTime(const QString &words);

} // namespace tidemark
