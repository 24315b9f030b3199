#pragma once

#include "fleet/fleet.h"
#include "ports/sqlsession.h"
#include "values/secret.h"

#include <QByteArray>
#include <QMap>

#include <vector>

namespace tidemark {

// One place to knock at. A folder or an empty host is a Unix socket.
struct Endpoint {
    QByteArray host;
    QByteArray address; // libpq's hostaddr
    QByteArray port;

    [[nodiscard]] bool isSocket() const
    {
        return address.isEmpty() && (host.isEmpty() || host.startsWith('/') || host.startsWith('@'));
    }
    bool operator==(const Endpoint &) const = default;
};

// What libpq is to be told, merged from service, URI, parts, environment and Tidemark's own defaults. The
// password travels apart from the parameters.
struct Target {
    std::vector<Endpoint> endpoints;
    QMap<QByteArray, QByteArray> parameters;
    Secret password; // one that the URI, the service or PGPASSWORD gave
    std::chrono::milliseconds timeout {};

    [[nodiscard]] bool isChoosy() const
    {
        const QByteArray wanted = parameters.value("target_session_attrs");
        return !wanted.isEmpty() && wanted != "any" && !preferStandby();
    }
    [[nodiscard]] bool preferStandby() const
    {
        return parameters.value("target_session_attrs") == "prefer-standby";
    }
};

// Reads the service file and the environment, so it is called on another thread than the GUI's.
[[nodiscard]] Result<Target> describeTarget(const ConnectSpec &spec, const SqlOptions &options);

// What .pgpass holds for this place, the way libpq looks it up. A tunnel's own end has another host and port,
// so it is looked up beforehand there. Reads a file: another thread than the GUI's.
[[nodiscard]] Secret passwordFromFile(const QMap<QByteArray, QByteArray> &parameters, const Endpoint &at);

// The value of libpq's `options` parameter that sets these limits from the first moment on.
[[nodiscard]] QByteArray startupOptions(const SqlOptions &options);

// libpq's words about a URI quote it, password and all; what stands in quotes is left out.
[[nodiscard]] QString withoutQuotations(const QString &words);

} // namespace tidemark
