#pragma once

#include "values/error.h"
#include "values/instant.h"

#include <QString>

#include <chrono>
#include <optional>
#include <sys/types.h>
#include <vector>

namespace tidemark::lab {

// Every process of a lab carries these in its environment, and so do its children. The id is random: what has
// it was started by this lab and by nobody else.
inline constexpr const char *LabIdVariable = "TIDEMARK_LAB_ID";
inline constexpr const char *ServiceVariable = "TIDEMARK_LAB_SERVICE";

// One process, told apart from a later one with the same pid by when it started.
struct Process {
    pid_t pid = 0;
    quint64 startTicks = 0; // clock ticks since boot
    QString service; // empty: a helper of the lab as a whole
    QString program; // name of the executable, as the kernel has it

    bool operator==(const Process &) const = default;
};

// The processes of a lab, or of one of its services. This process is left out.
[[nodiscard]] std::vector<Process> processesOf(const QString &labId, const QString &service = {});
// What the pid is now, whoever started it.
[[nodiscard]] std::optional<Process> processAt(pid_t pid);
[[nodiscard]] bool alive(const Process &process);
[[nodiscard]] std::optional<Instant> startedAt(const Process &process);

// Ends all processes of a service (of the whole lab when empty): gently, then by force. Only processes with
// the lab's id are touched.
[[nodiscard]] Result<> endProcesses(const QString &labId, const QString &service = {},
    std::chrono::milliseconds patience = std::chrono::seconds(8));

} // namespace tidemark::lab
