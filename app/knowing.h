#pragma once

#include "monitor/cataloguemonitor.h"
#include "monitor/copykeeper.h"
#include "sources/registry.h"

namespace tidemark {

// The knowing wing put together: sources of every kind, insight's rules, and daily copies of the servers.
class KnowingWing : public CatalogueMonitor
{
    Q_OBJECT

public:
    struct Needs {
        SourceParts sources;
        std::shared_ptr<FleetMonitor> servers;
        std::shared_ptr<ServerCopier> copier;
        std::shared_ptr<Clock> clock;
        InFlight inFlight;
    };
    explicit KnowingWing(const Needs &needs);

    // From the next follow() on.
    void keepAllIn(const std::shared_ptr<Catalogue> &catalogue);
    void follow(Fleet fleet) override;

private:
    CopyKeeper m_copies;
};

} // namespace tidemark
