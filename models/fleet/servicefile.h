#pragma once

#include "fleet/fleet.h"

#include <QByteArray>

#include <vector>

namespace tidemark {

// One [section] of a pg_service.conf.
struct Service {
    QString name;
    ConnectSpec connect; // by service name; host, port, database and user are what the file says of it
    int line = 0;

    bool operator==(const Service &) const = default;
};

struct ServiceProblem {
    int line = 0;
    QString text;

    bool operator==(const ServiceProblem &) const = default;
};

struct Services {
    std::vector<Service> list;
    std::vector<ServiceProblem> problems;

    bool operator==(const Services &) const = default;
};

// Reads the text of a connection service file the way libpq does: sections, key=value, '#' comments, no
// continuation. What libpq would refuse is a problem with its line; the other services are kept.
[[nodiscard]] Services parseServices(const QByteArray &text);

} // namespace tidemark
