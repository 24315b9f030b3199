#pragma once

#include "pbs/stops.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QThreadPool>
#include <QUrl>

#include <memory>
#include <vector>

namespace tidemark::pbs {

// What every request of the program shares: the network access manager with its open connections, the servers
// that are stopped, and the threads large answers are read on. A manager uses an open connection again
// without telling whose check it has passed; so each manager serves a server with one confirmed fingerprint
// only, and a second fingerprint for the same server gets a manager of its own.
class Connections
{
public:
    explicit Connections(
        QNetworkAccessManager *network = nullptr, std::shared_ptr<Preferences> memory = nullptr);
    Connections(const Connections &) = delete;
    Connections &operator=(const Connections &) = delete;
    ~Connections();

    [[nodiscard]] QNetworkAccessManager *managerFor(const QUrl &url, const QString &fingerprint);
    [[nodiscard]] QThreadPool *readers() { return &m_readers; }
    // Shared, because a reply that notes a stop must not keep the manager it belongs to.
    [[nodiscard]] const std::shared_ptr<Stops> &stops() const { return m_stops; }

private:
    struct Lane {
        QNetworkAccessManager *manager;
        QHash<QString, QString> fingerprints; // of each host:port served here
    };
    QNetworkAccessManager *addLane();

    std::unique_ptr<QNetworkAccessManager> m_own;
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_more;
    std::vector<Lane> m_lanes;
    QThreadPool m_readers;
    std::shared_ptr<Stops> m_stops;
};

} // namespace tidemark::pbs
