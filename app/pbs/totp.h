#pragma once

#include "values/error.h"
#include "values/instant.h"
#include "values/secret.h"

#include <chrono>

namespace tidemark::pbs {

// RFC 6238. The secret is a base32 seed or a whole otpauth:// address, whose digits, period and algorithm
// count.
struct TotpSeed {
    enum class Hash { Sha1, Sha256, Sha512 };
    Secret key; // raw bytes
    Hash hash = Hash::Sha1;
    int digits = 6;
    std::chrono::seconds period { 30 };

    [[nodiscard]] static Result<TotpSeed> parse(const Secret &text);
    [[nodiscard]] qint64 step(Instant when) const;
    [[nodiscard]] QByteArray code(qint64 step) const;
};

} // namespace tidemark::pbs
