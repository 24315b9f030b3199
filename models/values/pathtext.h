#pragma once

#include <QByteArray>
#include <QString>

namespace tidemark {

// A path of any bytes as text and back. UTF-8 stays as it is; a byte that is none becomes "\xHH", and a
// backslash two, so that different paths never become the same text.
[[nodiscard]] QString pathText(const QByteArray &path);
[[nodiscard]] QByteArray pathBytes(const QString &text);

} // namespace tidemark
