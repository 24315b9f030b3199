#pragma once

#include "standin/faults.h"
#include "standin/site.h"
#include "values/error.h"

#include <QString>

#include <memory>

namespace tidemark::standin {

// A stand-in Proxmox Backup Server 3.2.4 in this process: real HTTPS on loopback, state in one folder. It
// works on the caller's event loop. Destroying it saves the state and closes every connection.
class Server
{
public:
    struct Options {
        QString folder; // made when missing; empty: nothing is kept
        int port = 0; // 0: any free one
        QString address = QStringLiteral("127.0.0.1");
        double haste = 1; // factor on the security delays (3 s for 401, 0.5 s for 403, 10 s for a lock)
        int stepMs = 20; // pace of the tasks
        std::function<qint64()> clock; // epoch seconds; the real one when empty
        bool schedules = false; // jobs run when they are due; else only when they are asked for
    };
    explicit Server(Options options);
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;
    ~Server();

    [[nodiscard]] Result<> start();
    void stop();
    [[nodiscard]] int port() const;
    [[nodiscard]] QString url() const; // "https://127.0.0.1:8007"
    [[nodiscard]] QString fingerprint() const;

    [[nodiscard]] Site &site(); // to read and change what it knows
    [[nodiscard]] State &state() { return site().state; }
    [[nodiscard]] Faults &faults();
    // Every ticket given out so far is worth nothing any more.
    void expireTickets();
    // A new key and certificate from now on; open connections are closed.
    [[nodiscard]] Result<> changeCertificate();
    // The one before the last change is shown again.
    [[nodiscard]] Result<> restoreCertificate();
    // Starts the jobs that are due, as it does by itself with `schedules`.
    void runDueJobs();
    [[nodiscard]] int requestsServed() const;
    [[nodiscard]] bool save();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark::standin
