#pragma once

#include "values/instant.h"

#include <QString>

#include <optional>

namespace tidemark::pbs {

// The name of a task: UPID:node:pid:pstart:taskid:starttime:type:id:authid: . One field more than PVE's.
struct Upid {
    QString node;
    quint32 pid = 0;
    quint64 pstart = 0;
    quint64 taskId = 0;
    Instant started;
    QString type;
    QString workerId; // decoded; may be empty
    QString authId;

    [[nodiscard]] static std::optional<Upid> parse(const QString &text);
    [[nodiscard]] QString format() const;
    bool operator==(const Upid &) const = default;
};

// systemd's unit-name escaping: '/' becomes '-', what is not a letter, digit, '_' or '.' becomes \xNN.
[[nodiscard]] QString escapeWorkerId(const QString &id);
// Nothing when the text is not an escaped one.
[[nodiscard]] std::optional<QString> unescapeWorkerId(const QString &text);

} // namespace tidemark::pbs
