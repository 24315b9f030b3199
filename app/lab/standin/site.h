#pragma once

#include "standin/state.h"
#include "standin/taskbook.h"

#include <functional>

namespace tidemark::standin {

// The one thing all calls work on.
struct Site {
    explicit Site(std::function<qint64()> clock);
    Site(const Site &) = delete;
    Site &operator=(const Site &) = delete;

    [[nodiscard]] int delay(int milliseconds) const { return int(milliseconds * haste); }

    State state;
    std::function<qint64()> now; // epoch seconds
    std::function<void()> changed = [] {}; // the state wants to be saved
    double haste = 1; // factor on every delay that is there for security's sake
    int port = 0;
    QString fingerprint;
    QByteArray certificatePem;
    bool apiDaemonDown = false; // as if the privileged daemon were stopped
    qint64 started = 0;
    TaskBook tasks;
};

} // namespace tidemark::standin
