#pragma once

#include "hosts/blocking.h"

#include <QByteArray>

#include <functional>

namespace tidemark {

// Regular files of this machine. Both block.
[[nodiscard]] Result<QByteArray> readPart(const QByteArray &path, qint64 offset, qint64 length);
[[nodiscard]] Result<> streamFile(
    const QByteArray &path, qint64 from, const std::function<bool(QByteArrayView)> &take, Delivery &delivery);

} // namespace tidemark
