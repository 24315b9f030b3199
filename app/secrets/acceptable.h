#pragma once

#include "values/error.h"
#include "values/secret.h"

#include <QString>

namespace tidemark {

inline constexpr qsizetype LargestSecret = 64 * 1024;

// What SecretStore promises of names and secrets; every store asks here.
[[nodiscard]] Result<> acceptableName(const QString &name);
[[nodiscard]] Result<> acceptable(const QString &name, const Secret &secret);
[[nodiscard]] Error missingSecret(const QString &name);

} // namespace tidemark
