#include "insight/rules/rules.h"

#include <algorithm>

namespace tidemark::rules {

namespace {

constexpr double Filling = 0.85;
constexpr double Full = 0.95;
constexpr std::chrono::days Soon { 30 };

std::optional<double> shareOf(const StoreUsage &usage)
{
    if (!usage.total || usage.total->count <= 0)
        return {};
    if (usage.used)
        return double(usage.used->count) / double(usage.total->count);
    if (usage.available)
        return 1 - double(usage.available->count) / double(usage.total->count);
    return {};
}

Finding &addStore(const SourceView &view, const QString &part, const char *code, Found &found)
{
    Finding &finding = found.add(code, {}, view.source->name);
    finding.subject = part.isEmpty() ? view.source->name : part;
    finding.part = part;
    return finding;
}

// One finding for one store: the worst of what its space says.
void space(const SourceView &view, const StoreUsage &usage, Instant now, Found &found)
{
    const auto share = shareOf(usage);
    const double limit = view.source->maxUsed.value_or(100) / 100;
    const char *code = nullptr;
    if (share && *share >= Full)
        code = "store.full";
    else if (share && *share > limit)
        code = "store.over-limit";
    else if (share && *share >= Filling)
        code = "store.filling";
    const bool soon = usage.estimatedFull && *usage.estimatedFull > now && *usage.estimatedFull - now < Soon;
    if (!code && !soon)
        return;
    Finding &finding = addStore(view, usage.part, code ? code : "store.full-soon", found);
    finding.measured = share;
    finding.limit = code && finding.code == u"store.over-limit" ? limit : 1;
    finding.until = soon ? usage.estimatedFull : std::nullopt;
}

StoreUsage usageOf(const DatastoreFacts &store)
{
    StoreUsage usage;
    usage.part = store.name;
    usage.total = store.total;
    usage.used = store.used;
    usage.available = store.available;
    usage.estimatedFull = store.estimatedFull;
    return usage;
}

bool told(const SourceView &view, const QString &part)
{
    return view.facts
        && std::any_of(view.facts->usage.begin(), view.facts->usage.end(), [&](const StoreUsage &one) {
               return one.part == part || one.part.startsWith(part + u':')
                   || one.part.startsWith(part + u'/');
           });
}

// The scan met the same: its trouble is a finding already.
bool troubled(const SourceView &view, const QString &part)
{
    return view.facts
        && std::any_of(view.facts->troubles.begin(), view.facts->troubles.end(),
            [&](const SourceTrouble &trouble) { return trouble.part == part; });
}

void datastore(const SourceView &view, const DatastoreFacts &store, Instant now, Found &found)
{
    if (troubled(view, store.name))
        return;
    // One in maintenance cannot be read for that reason.
    if (!store.maintenance.isEmpty())
        addStore(view, store.name, "store.maintenance", found).said = store.maintenance;
    else if (!store.error.isEmpty())
        addStore(view, store.name, "store.error", found).said = store.error;
    else if (!told(view, store.name))
        space(view, usageOf(store), now, found);
}

} // namespace

void stores(const Scene &scene, Found &found)
{
    for (const SourceView &view : scene.sources()) {
        if (view.facts)
            for (const StoreUsage &usage : view.facts->usage)
                space(view, usage, scene.now(), found);
        if (view.pbs && view.pbs->facts && view.pbs->reach != Reach::Offline)
            for (const DatastoreFacts &store : view.pbs->facts->datastores)
                datastore(view, store, scene.now(), found);
    }
}

} // namespace tidemark::rules
