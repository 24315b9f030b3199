#include "knowing.h"

#include "insight/insight.h"

namespace tidemark {

namespace {

InsightRules rules()
{
    InsightRules made;
    made.conclude
        = [](const CatalogueFacts &facts, const Fleet &fleet, const FleetState &state, Instant now) {
              return std::make_shared<const Insight>(insightOf(facts, fleet, state, now));
          };
    made.write = [](const Insight &insight) { return toBytes(insight); };
    made.read = [](const QByteArray &bytes) {
        auto insight = insightFromBytes(bytes);
        return insight ? std::make_shared<const Insight>(*std::move(insight)) : nullptr;
    };
    return made;
}

CatalogueMonitor::Parts partsOf(const KnowingWing::Needs &needs)
{
    CatalogueMonitor::Parts parts;
    parts.makeSource = [sources = needs.sources](const Source &source, const Fleet &fleet) {
        return makeSource(source, fleet, sources);
    };
    parts.servers = needs.servers;
    parts.clock = needs.clock;
    parts.inFlight = needs.inFlight;
    parts.rules = rules();
    return parts;
}

} // namespace

KnowingWing::KnowingWing(const Needs &needs)
    : CatalogueMonitor(partsOf(needs))
    , m_copies({ .servers = needs.servers,
          .copier = needs.copier,
          .catalogue = nullptr,
          .clock = needs.clock,
          .inFlight = needs.inFlight })
{
}

void KnowingWing::keepAllIn(const std::shared_ptr<Catalogue> &catalogue)
{
    keepIn(catalogue);
    m_copies.keepIn(catalogue);
}

void KnowingWing::follow(Fleet fleet)
{
    m_copies.follow(fleet);
    CatalogueMonitor::follow(std::move(fleet));
}

} // namespace tidemark
