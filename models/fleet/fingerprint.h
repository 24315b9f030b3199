#pragma once

#include <QString>
#include <QStringList>

namespace tidemark {

enum class FingerprintMatch { Empty, Incomplete, NotAFingerprint, Same, Different };

// A SHA-256 fingerprint as pairs, upper case ("7A", "1E" …); empty when it is not one.
[[nodiscard]] QStringList fingerprintPairs(const QString &fingerprint);

// What a person pasted against what the server showed: separators, case and a "SHA256 Fingerprint=" before it
// do not matter.
[[nodiscard]] FingerprintMatch compareFingerprint(const QString &pasted, const QString &shown);

} // namespace tidemark
