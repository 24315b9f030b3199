#pragma once

#include "standin/call.h"
#include "standin/http.h"
#include "standin/schema.h"

#include <vector>

namespace tidemark::standin {

// Who may call a route at all; handlers ask further.
struct Access {
    enum Kind { World, Anybody, Privilege, Superuser } kind = Anybody;
    QString path; // may name {parameters} of the route
    QStringList privileges; // one of them suffices
};

class Route
{
public:
    Route(const QString &spec, const QString &parameters, Handler handler);

    Route &world();
    Route &superuser();
    Route &needs(const QString &path, const QString &privileges); // separated by |
    // Runs in the privileged daemon, which can be down.
    Route &privileged();

    [[nodiscard]] bool matches(const QByteArray &method, const QStringList &path) const;
    [[nodiscard]] TextPairs pathParameters(const QStringList &path) const;
    [[nodiscard]] bool allows(const State &state, const QString &authId, const TextPairs &path) const;

    [[nodiscard]] const Schema &schema() const { return m_schema; }
    [[nodiscard]] const Handler &handler() const { return m_handler; }
    [[nodiscard]] bool isWorld() const { return m_access.kind == Access::World; }
    [[nodiscard]] bool isPrivileged() const { return m_privileged; }

private:
    QByteArray m_method;
    QStringList m_parts; // "{name}" for a parameter
    Schema m_schema;
    Handler m_handler;
    Access m_access;
    bool m_privileged = false;
};

class Routes
{
public:
    // "GET admin/datastore/{store:store}/status", parameters as Schema::parse reads them.
    Route &add(const QString &spec, const QString &parameters, Handler handler);
    // An index answers its sub-directories.
    void index(const QString &path, const QString &names);
    [[nodiscard]] const Route *find(const QByteArray &method, const QStringList &path) const;

private:
    std::vector<std::unique_ptr<Route>> m_routes;
};

// Answers one request to /api2, now or later.
class Dispatcher
{
public:
    explicit Dispatcher(Site &site);
    void answer(const HttpRequest &request, std::function<void(HttpResponse, int delayMs)> done) const;

private:
    Site &m_site;
    Routes m_routes;
};

} // namespace tidemark::standin
