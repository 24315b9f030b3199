#pragma once

#include <QString>

#include <chrono>
#include <compare>
#include <optional>

namespace tidemark {

// Microseconds since the epoch, UTC. A wall-clock time without a zone is not an Instant.
struct Instant {
    std::chrono::microseconds sinceEpoch {};

    auto operator<=>(const Instant &) const = default;

    [[nodiscard]] static Instant fromSeconds(qint64 seconds) { return { std::chrono::seconds(seconds) }; }
    [[nodiscard]] static Instant fromMicroseconds(qint64 us) { return { std::chrono::microseconds(us) }; }
    // ISO 8601 with an offset ("2026-11-20 02:31:07.482+00", "…Z", "…+01:00"); nothing when the zone is
    // missing.
    [[nodiscard]] static std::optional<Instant> parse(const QString &text);

    // "2026-11-20T02:31:07Z", with as many fractional digits (0, 3 or 6) as it needs.
    [[nodiscard]] QString toIso() const;
    [[nodiscard]] qint64 seconds() const
    {
        return std::chrono::duration_cast<std::chrono::seconds>(sinceEpoch).count();
    }
};

[[nodiscard]] inline std::chrono::microseconds operator-(Instant a, Instant b)
{
    return a.sinceEpoch - b.sinceEpoch;
}
[[nodiscard]] inline Instant operator+(Instant a, std::chrono::microseconds d)
{
    return { a.sinceEpoch + d };
}
[[nodiscard]] inline Instant operator-(Instant a, std::chrono::microseconds d)
{
    return { a.sinceEpoch - d };
}

} // namespace tidemark
