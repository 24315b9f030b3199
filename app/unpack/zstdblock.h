#pragma once

#include <QByteArrayView>

namespace tidemark {

// One zstd frame to exactly `size` bytes, as page images in WAL are packed; false: it is not that.
[[nodiscard]] bool unpackZstdFrame(QByteArrayView packed, char *to, qsizetype size);

} // namespace tidemark
