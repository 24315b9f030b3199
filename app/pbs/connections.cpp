#include "pbs/connections.h"

namespace tidemark::pbs {

Connections::Connections(QNetworkAccessManager *network, std::shared_ptr<Preferences> memory)
    : m_stops(std::make_shared<Stops>(std::move(memory)))
{
    if (!network) {
        m_own = std::make_unique<QNetworkAccessManager>();
        network = m_own.get();
    }
    m_lanes.push_back({ network, {} });
    m_readers.setMaxThreadCount(2);
}

Connections::~Connections() = default;

QNetworkAccessManager *Connections::addLane()
{
    m_more.push_back(std::make_unique<QNetworkAccessManager>());
    m_lanes.push_back({ m_more.back().get(), {} });
    return m_more.back().get();
}

QNetworkAccessManager *Connections::managerFor(const QUrl &url, const QString &fingerprint)
{
    const QString server = url.authority();
    for (Lane &lane : m_lanes) {
        const auto known = lane.fingerprints.find(server);
        if (known == lane.fingerprints.end())
            lane.fingerprints.insert(server, fingerprint);
        else if (*known != fingerprint)
            continue;
        return lane.manager;
    }
    QNetworkAccessManager *manager = addLane();
    m_lanes.back().fingerprints.insert(server, fingerprint);
    return manager;
}

} // namespace tidemark::pbs
