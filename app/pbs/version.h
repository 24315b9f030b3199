#pragma once

#include <QString>

#include <compare>
#include <optional>

namespace tidemark::pbs {

struct Release {
    int major = 0;
    int minor = 0;
    int patch = 0;
    auto operator<=>(const Release &) const = default;
};

// What a server says it is. What may be asked of it is decided by its release, because a parameter it does
// not know makes the whole call fail.
struct Version {
    QString version; // "3.2"
    QString release; // "4"
    QString repoId;

    // Nothing of an unreadable part counts: "4" is 4.0.0.
    [[nodiscard]] Release number() const;
    [[nodiscard]] QString text() const; // "3.2.4"

    [[nodiscard]] bool hasNamespaces() const { return number() >= Release { 2, 2, 0 }; }
    [[nodiscard]] bool hasPruneJobs() const { return number() >= Release { 2, 2, 0 }; }
    [[nodiscard]] bool hasPruneAsTask() const { return number() >= Release { 3, 2, 0 }; }
    [[nodiscard]] bool hasGcJobs() const { return number() >= Release { 3, 2, 0 }; }
    [[nodiscard]] bool hasSyncDirection() const { return number() >= Release { 3, 3, 0 }; }
    [[nodiscard]] bool tellsRemovals() const { return number() >= Release { 3, 3, 0 }; }

    bool operator==(const Version &) const = default;
};

} // namespace tidemark::pbs
