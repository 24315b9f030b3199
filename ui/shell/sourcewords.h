#pragma once

#include "fleet/fleetstate.h"
#include "theme/glyphs.h"

#include <optional>
#include <vector>

namespace tidemark {

class Clocks;

// What the frame of the window says of the servers and sources: pure functions of the monitor's state.

struct Freshness {
    enum class Level { NotConnected, Live, Stale, Offline };
    Level level = Level::NotConnected;
    QString words; // "Live · 4 s ago", "pbs01 offline"

    bool operator==(const Freshness &) const = default;
};
[[nodiscard]] Freshness freshnessOf(const FleetState &state, Instant now);

// One entry of the status bar.
struct SourceEntry {
    Glyph glyph = Glyph::None;
    QString words;

    bool operator==(const SourceEntry &) const = default;
};
[[nodiscard]] std::vector<SourceEntry> sourceEntries(
    const FleetState &state, Instant now, const Clocks &clocks);

// The strip above a page while something does not answer.
struct OfflineNotice {
    QString name; // whom "Try now" tries
    QString title; // "pbs01 has not answered for 34 min"
    QString text; // since when its figures are, what still works
    std::optional<Instant> nextTry;

    bool operator==(const OfflineNotice &) const = default;
};
[[nodiscard]] std::optional<OfflineNotice> offlineNotice(
    const FleetState &state, Instant now, const Clocks &clocks);
[[nodiscard]] QString nextTryWords(std::optional<Instant> nextTry, Instant now); // "next try 22 s"

// The role the console signed in with, when all servers agree; empty otherwise.
[[nodiscard]] QString commonRole(const FleetState &state);

} // namespace tidemark
