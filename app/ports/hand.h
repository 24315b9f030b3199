#pragma once

#include "fleet/fleet.h"
#include "values/error.h"

#include <QByteArray>
#include <qcorotask.h>

#include <chrono>
#include <stop_token>

namespace tidemark {

// A script that runs on a host by itself. Its id names it there: small letters, digits, points and dashes.
struct HostJob {
    Host host;
    QString id;
};

enum class HostJobState {
    NotStarted, // the host has never heard of it
    Running,
    Ended,
    Lost // it was started and is gone, and nothing says how it ended: killed, or the host restarted
};

struct JobSeen {
    HostJobState state = HostJobState::NotStarted;
    int exit = 0; // Ended
    QByteArray output; // from the asked position on, a portion
    qint64 size = 0; // of all output so far
};

// What a script said that was waited for.
struct Said {
    int exit = 0;
    QByteArray output;
};

// Does things on a machine: this one, or another over the person's own OpenSSH, as the account the fleet
// names. Jobs outlive the call, the connection and this program. Errors are those of HostReader.
class Hand
{
public:
    virtual ~Hand() = default;
    // Starts a script, unless a job of that id was started before: any number of calls start it once. An
    // error does not say that it was not started.
    [[nodiscard]] virtual QCoro::Task<Result<JobSeen>> start(
        HostJob job, QByteArray script, std::stop_token stop)
        = 0;
    // Waits for output behind a position, or for the end, but no longer than that.
    [[nodiscard]] virtual QCoro::Task<Result<JobSeen>> look(
        HostJob job, qint64 from, std::chrono::milliseconds patience, std::stop_token stop)
        = 0;
    // Ends it with all it started in its group, TERM before KILL, and says how it ended. That there is no
    // such job is no error.
    [[nodiscard]] virtual QCoro::Task<Result<JobSeen>> end(HostJob job, std::stop_token stop) = 0;
    // Removes what the host keeps of a job that is not running.
    [[nodiscard]] virtual QCoro::Task<Result<>> forget(HostJob job, std::stop_token stop) = 0;
    // Runs a script that only looks, and waits for it.
    [[nodiscard]] virtual QCoro::Task<Result<Said>> ask(Host host, QByteArray script, std::stop_token stop)
        = 0;
};

} // namespace tidemark
