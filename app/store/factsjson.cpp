#include "store/factsjson.h"

#include "store/factsfields.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QByteArray toJson(const ServerFacts &facts)
{
    return writtenAsJson(facts);
}

QByteArray toJson(const PbsFacts &facts)
{
    return writtenAsJson(facts);
}

Result<ServerFacts> serverFactsFromJson(const QByteArray &json)
{
    return readFromJson<ServerFacts>(json, u"store.facts"_s);
}

Result<PbsFacts> pbsFactsFromJson(const QByteArray &json)
{
    return readFromJson<PbsFacts>(json, u"store.facts"_s);
}

ServerFacts standing(ServerFacts facts)
{
    facts.readAt = {};
    facts.currentLsn.reset();
    facts.archiver.reset();
    facts.walSize.reset();
    facts.segmentsWaiting.reset();
    facts.walFree.reset();
    facts.clockAhead.reset();
    facts.standbys.clear();
    for (DatabaseFacts &database : facts.databases)
        database.size.reset();
    for (SlotFacts &slot : facts.slots)
        slot = { .name = slot.name, .logical = slot.logical, .database = slot.database };
    return facts;
}

PbsFacts standing(PbsFacts facts)
{
    facts.readAt = {};
    for (DatastoreFacts &store : facts.datastores)
        store = { .name = store.name, .maintenance = store.maintenance, .error = store.error };
    return facts;
}

} // namespace tidemark
