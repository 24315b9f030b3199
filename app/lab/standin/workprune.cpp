#include "standin/privileges.h"
#include "standin/work.h"

#include <algorithm>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

static const QStringList KeepNames { u"keep-last"_s, u"keep-hourly"_s, u"keep-daily"_s, u"keep-weekly"_s,
    u"keep-monthly"_s, u"keep-yearly"_s };

KeepOptions keepOptions(const QJsonObject &p)
{
    const auto n = [&](int i) { return p[KeepNames[i]].toInt(); };
    return { .last = n(0), .hourly = n(1), .daily = n(2), .weekly = n(3), .monthly = n(4), .yearly = n(5) };
}

QString keepText(const QJsonObject &properties)
{
    QStringList words;
    if (properties.contains(u"ns"_s))
        words.append(u"--ns "_s + properties[u"ns"_s].toString());
    if (properties.contains(u"max-depth"_s))
        words.append(u"--max-depth %1"_s.arg(properties[u"max-depth"_s].toInteger()));
    for (const QString &name : KeepNames)
        if (properties.contains(name))
            words.append(u"--%1 %2"_s.arg(name).arg(properties[name].toInteger()));
    return words.join(u' ');
}

std::vector<PruneVerdict> pruneVerdicts(const State &state, const Group &group, const KeepOptions &keep)
{
    std::vector<PruneCandidate> candidates;
    for (const auto &[time, snapshot] : group.snapshots)
        candidates.push_back({ time, snapshot.isProtected, snapshot.finished() });
    auto verdicts = pbsPrune(std::move(candidates), keep, QTimeZone(state.timeZone.toLatin1()));
    std::reverse(verdicts.begin(), verdicts.end());
    return verdicts;
}

QStringList namespacesBelow(const Datastore &store, const QString &ns, std::optional<int> maxDepth)
{
    QStringList result;
    const auto depth = [](const QString &name) { return name.isEmpty() ? 0 : name.count(u'/') + 1; };
    for (const auto &[name, groups] : store.namespaces) {
        const bool within = ns.isEmpty() || name == ns || name.startsWith(ns + u'/');
        if (within && (!maxDepth || depth(name) - depth(ns) <= *maxDepth))
            result.append(name);
    }
    return result;
}

// The log of one group, and its removals.
static TaskStep groupStep(Site &site, const PruneOrder &order, const QString &ns, const Group &group)
{
    TaskStep step;
    const KeepOptions keep = keepOptions(order.keep);
    QList<qint64> doomed;
    for (const PruneVerdict &verdict : pruneVerdicts(site.state, group, keep)) {
        const QString verb = (order.dryRun ? u"would "_s : QString()) + wordFor(verdict.mark);
        step.lines.append(u"%1 %2/%3"_s.arg(verb, group.path(), isoTime(verdict.time)));
        if (verdict.mark == PruneMark::Remove)
            doomed.append(verdict.time);
    }
    if (order.dryRun || keep.keepsEverything())
        return step;
    step.effect = [&site, store = order.store, ns, path = group.path(), doomed] {
        const auto found = site.state.stores.find(store);
        Group *target = found == site.state.stores.end() ? nullptr : found->second.group(ns, path);
        for (const qint64 time : target ? doomed : QList<qint64>())
            target->snapshots.erase(time);
    };
    return step;
}

static QString where(const QString &ns, std::optional<int> maxDepth)
{
    const QString name = ns.isEmpty() ? u"root namespace"_s : u"namespace '%1'"_s.arg(ns);
    if (!maxDepth)
        return name + u", down to full depth"_s;
    return *maxDepth == 0 ? name + u", non-recursive"_s : name + u", down to depth %1"_s.arg(*maxDepth);
}

static QString selection(const QJsonObject &keep)
{
    return keepOptions(keep).keepsEverything() ? u"No prune selection - keeping all files."_s
                                               : u"retention options: "_s + keepText(keep);
}

TaskPlan pruneStorePlan(Site &site, const PruneOrder &order)
{
    TaskPlan plan;
    plan.type = u"prune"_s;
    plan.id = order.store + u':' + order.ns;
    plan.authId = order.authId;
    TaskStep head;
    head.lines.append(u"Starting datastore prune on datastore '%1', %2"_s.arg(
        order.store, where(order.ns, order.maxDepth)));
    if (order.dryRun)
        head.lines.append(u"(dry test run)"_s);
    head.lines.append(selection(order.keep));
    plan.steps.push_back(head);
    const Datastore &store = site.state.stores.at(order.store);
    if (!store.namespaces.contains(order.ns)) {
        plan.outcome = [] { return u"ENOENT: No such file or directory"_s; };
        return plan;
    }
    for (const QString &ns : namespacesBelow(store, order.ns, order.maxDepth))
        for (const auto &[path, group] : store.namespaces.at(ns)) {
            if (order.ownOnly && !ownsAs(order.authId, group.owner))
                continue;
            TaskStep step = groupStep(site, order, ns, group);
            step.lines.prepend(u"Pruning group %1:\"%2\""_s.arg(ns, path));
            plan.steps.push_back(step);
        }
    return plan;
}

TaskPlan pruneGroupPlan(Site &site, const PruneOrder &order, const QString &group)
{
    TaskPlan plan;
    plan.type = u"prune"_s;
    plan.id = u"%1:%2:%3"_s.arg(order.store, order.ns, group);
    plan.authId = order.authId;
    const QString space = order.ns.isEmpty() ? u"root namespace"_s : u"namespace '%1'"_s.arg(order.ns);
    plan.steps.push_back(
        { { selection(order.keep),
              u"Starting prune on datastore '%1', %2 group \"%3\""_s.arg(order.store, space, group) },
            {} });
    plan.steps.push_back(
        groupStep(site, order, order.ns, *site.state.stores.at(order.store).group(order.ns, group)));
    return plan;
}

} // namespace tidemark::standin
