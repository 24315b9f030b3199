#pragma once

#include "postgres/conninfo.h"
#include "values/error.h"

#include <libpq-fe.h>
#include <memory>
#include <vector>

namespace tidemark {

struct FinishConnection {
    void operator()(PGconn *connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, FinishConnection>;

// Wakes threads that wait for a server, for good. Safe from any thread.
class Interrupt
{
public:
    Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;
    ~Interrupt();
    void raise() const;
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    int m_descriptor = -1;
};

// The numeric addresses of a host name: asks the name server, so it may take long. An error is "pg.name".
[[nodiscard]] Result<QList<QByteArray>> addressesOf(const QByteArray &host);

// One try at one address, on the calling thread: key exchange, password arithmetic and certificate files keep
// it busy. Ends with a session, an error, after the timeout, or when interrupted.
[[nodiscard]] Result<Connection> dial(
    const Target &target, const Endpoint &at, const std::shared_ptr<Interrupt> &interrupt);

} // namespace tidemark
