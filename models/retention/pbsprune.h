#pragma once

#include <QString>
#include <QTimeZone>

#include <vector>

namespace tidemark {

// Retention options of a Proxmox Backup Server; 0 is as good as not given.
struct KeepOptions {
    int last = 0;
    int hourly = 0;
    int daily = 0;
    int weekly = 0;
    int monthly = 0;
    int yearly = 0;

    bool operator==(const KeepOptions &) const = default;
    // Without any option the server keeps everything, whatever the marks say.
    [[nodiscard]] bool keepsEverything() const { return *this == KeepOptions {}; }
};

struct PruneCandidate {
    qint64 time = 0; // epoch seconds
    bool isProtected = false;
    bool finished = true;

    bool operator==(const PruneCandidate &) const = default;
};

enum class PruneMark { Keep, Remove, Protected, KeepPartial };
enum class PruneReason {
    KeepLast,
    KeepHourly,
    KeepDaily,
    KeepWeekly,
    KeepMonthly,
    KeepYearly,
    Protected,
    NewestUnfinished,
    NotSelected,
    StaleUnfinished
};

struct PruneVerdict {
    qint64 time = 0;
    PruneMark mark = PruneMark::Remove;
    PruneReason reason = PruneReason::NotSelected;

    bool operator==(const PruneVerdict &) const = default;
};

// What a Proxmox Backup Server in that time zone would do with the snapshots of one group, newest first.
[[nodiscard]] std::vector<PruneVerdict> pbsPrune(
    std::vector<PruneCandidate> snapshots, const KeepOptions &keep, const QTimeZone &zone);

// "keep", "remove", "protected", "keep-partial"; "keep-last" … "stale-unfinished"
[[nodiscard]] QString wordFor(PruneMark mark);
[[nodiscard]] QString wordFor(PruneReason reason);

} // namespace tidemark
