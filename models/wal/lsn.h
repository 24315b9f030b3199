#pragma once

#include <QString>

#include <compare>
#include <cstdint>
#include <optional>

namespace tidemark {

// A position in the WAL, printed the way PostgreSQL prints it ("4C/9A1F3B28").
struct Lsn {
    std::uint64_t value = 0;

    auto operator<=>(const Lsn &) const = default;

    [[nodiscard]] static std::optional<Lsn> parse(const QString &text);
    [[nodiscard]] QString toString() const;
};

// Timelines are counted from 1; file names carry them as eight hex digits.
struct TimelineId {
    std::uint32_t value = 0;

    auto operator<=>(const TimelineId &) const = default;
};

// pg_control's system identifier: the identity of a cluster across every tool that sees it.
struct SystemId {
    std::uint64_t value = 0;

    auto operator<=>(const SystemId &) const = default;
};

} // namespace tidemark
