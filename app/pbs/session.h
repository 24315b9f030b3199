#pragma once

#include "pbs/call.h"
#include "pbs/connections.h"
#include "pbs/endpoint.h"
#include "pbs/exchange.h"
#include "pbs/node.h"
#include "pbs/turnstile.h"
#include "pbs/version.h"

#include <QElapsedTimer>
#include <qcorotask.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace tidemark::pbs {

struct SessionLimits {
    std::chrono::milliseconds renewAfter = std::chrono::minutes(45); // a ticket lives two hours
    std::chrono::milliseconds renewUntil = std::chrono::minutes(110); // later it is a new login
    std::chrono::milliseconds loginLimit = ReadLimit;
};

// Who we are at one server. Logs in once for all callers, renews the ticket before it ends, and logs in again
// once when the server does not take it any more. The first request with a credential is a GET /version by
// itself; only when it has succeeded do calls go out side by side.
class Session : public std::enable_shared_from_this<Session>
{
public:
    Session(std::shared_ptr<Connections> connections, Endpoint endpoint, SessionLimits limits = {});

    // Any HTTP status is an answer. Repeated at most once: a GET after a dropped connection, any call after a
    // ticket was refused (it was not carried out then).
    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> perform(Call call, std::stop_token stop);

    // Logged in, or the token has been taken.
    [[nodiscard]] QCoro::Task<Result<Version>> ready(std::stop_token stop);

    [[nodiscard]] const Endpoint &endpoint() const { return m_endpoint; }
    [[nodiscard]] const std::shared_ptr<Connections> &connections() const { return m_connections; }

private:
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] QCoro::Task<Result<>> prove(std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> logIn(std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> renew(std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<Ticket>> askForTicket(Params params, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<Ticket>> secondFactor(Ticket partial, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<>> askVersion(std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> send(Call call, std::stop_token stop);
    [[nodiscard]] Result<HttpRequest> requestFor(const Call &call) const;
    void addCredential(HttpRequest &request) const;
    void keep(Ticket ticket);
    // True when another attempt may help: the refused ticket is gone.
    [[nodiscard]] bool forget(const QString &refusedTicket);

    std::shared_ptr<Connections> m_connections;
    Endpoint m_endpoint;
    SessionLimits m_limits;
    Turnstile m_turnstile;
    std::optional<Version> m_version; // also: a credential has been taken
    std::optional<Ticket> m_ticket;
    QElapsedTimer m_ticketAge;
    qint64 m_lastTotpStep = -1; // a code works once
    std::chrono::microseconds m_serverAhead {};
};

} // namespace tidemark::pbs
