#include "insight/dumpruns.h"

#include <algorithm>
#include <map>
#include <set>

namespace tidemark {

namespace {

// As far apart as a dump and its globals may be written, as where dumps are read.
constexpr std::chrono::microseconds SameRun = std::chrono::hours(12);

struct Member {
    qint32 artifact = -1;
    Instant at;
    Confidence confidence = Confidence::Claimed;
};

std::optional<Member> memberOf(
    const ClusterFacts &facts, std::size_t index, const Objectives &aims, Instant now)
{
    const ArtifactFact &fact = facts.artifacts[index];
    const auto at = momentOf(fact);
    const auto confidence = confidenceOf(fact, aims, now);
    if (!at || *at > now || !confidence)
        return {};
    return Member { qint32(index), *at, *confidence };
}

std::chrono::microseconds apart(Instant a, Instant b)
{
    return a < b ? b - a : a - b;
}

// The nearest one of a list by time.
const Member *nearest(const std::vector<Member> &globals, Instant at)
{
    const auto after = std::partition_point(
        globals.begin(), globals.end(), [at](const Member &one) { return one.at < at; });
    const Member *best = after == globals.end() ? nullptr : &*after;
    if (after != globals.begin())
        if (const Member &before = *std::prev(after); !best || apart(before.at, at) <= apart(best->at, at))
            best = &before;
    return best && apart(best->at, at) <= SameRun ? best : nullptr;
}

using Databases = std::map<QString, Member>;

DumpRun runOf(const std::optional<Member> &globals, const Databases &databases)
{
    const Member &first = databases.begin()->second;
    DumpRun run { first.at, first.at, first.confidence, {}, globals.has_value() };
    if (globals) {
        run.confidence = globals->confidence;
        run.artifacts.push_back(globals->artifact);
    }
    for (const auto &[name, dump] : databases) {
        run.from = std::min(run.from, dump.at);
        run.to = std::max(run.to, dump.at);
        run.confidence = std::min(run.confidence, dump.confidence);
        run.artifacts.push_back(dump.artifact);
    }
    return run;
}

} // namespace

std::vector<DumpRun> dumpRuns(const ClusterFacts &facts, const Objectives &objectives, Instant now)
{
    std::set<QString> named;
    std::map<qint32, std::vector<Member>> globals; // by source
    for (std::size_t at = 0; at < facts.artifacts.size(); ++at) {
        const ArtifactFact &fact = facts.artifacts[at];
        if (fact.kind == ArtifactKind::Dump && !fact.database.isEmpty() && !fact.foreign)
            named.insert(fact.database);
        if (fact.kind == ArtifactKind::Globals)
            if (const auto member = memberOf(facts, at, objectives, now))
                globals[fact.source].push_back(*member);
    }
    if (named.empty() || globals.empty())
        return {};
    for (auto &[source, list] : globals)
        std::sort(list.begin(), list.end(), [](const Member &a, const Member &b) { return a.at < b.at; });
    std::map<const Member *, Databases> runs;
    for (std::size_t at = 0; at < facts.artifacts.size(); ++at) {
        const ArtifactFact &fact = facts.artifacts[at];
        const auto beside = globals.find(fact.source);
        if (fact.kind != ArtifactKind::Dump || fact.database.isEmpty() || beside == globals.end())
            continue;
        const auto member = memberOf(facts, at, objectives, now);
        const Member *own = member ? nearest(beside->second, member->at) : nullptr;
        if (!own)
            continue;
        const auto [known, isNew] = runs[own].try_emplace(fact.database, *member);
        if (!isNew && known->second.at < member->at)
            known->second = *member;
    }
    std::vector<DumpRun> whole;
    for (const auto &[own, databases] : runs)
        if (databases.size() == named.size())
            whole.push_back(runOf(*own, databases));
    std::sort(whole.begin(), whole.end(), [](const DumpRun &a, const DumpRun &b) {
        return std::tie(a.to, a.artifacts) < std::tie(b.to, b.artifacts);
    });
    return whole;
}

void addNewestDumps(Recoverability &found, const ClusterFacts &facts, const Objectives &objectives,
    const std::optional<std::set<QString>> &there, Instant now)
{
    std::map<QString, std::optional<Member>> newest;
    std::optional<Member> globals;
    const auto keep = [](std::optional<Member> &known, const std::optional<Member> &one) {
        if (one && (!known || known->at < one->at))
            known = one;
    };
    for (std::size_t at = 0; at < facts.artifacts.size(); ++at) {
        const ArtifactFact &fact = facts.artifacts[at];
        if (fact.kind == ArtifactKind::Globals)
            keep(globals, memberOf(facts, at, objectives, now));
        if (fact.kind != ArtifactKind::Dump || fact.database.isEmpty() || fact.foreign
            || (there && !there->contains(fact.database)))
            continue;
        keep(newest[fact.database], memberOf(facts, at, objectives, now));
    }
    Databases databases;
    for (const auto &[database, dump] : newest) {
        if (!dump)
            return;
        databases.emplace(database, *dump);
    }
    if (databases.empty())
        return;
    const DumpRun run = runOf(globals, databases);
    found.newest = std::max(found.newest, std::optional(run.from));
    if (std::ranges::none_of(found.runs, [&](const DumpRun &one) { return one.from >= run.from; }))
        found.runs.insert(std::ranges::upper_bound(found.runs, run.to, {}, &DumpRun::to), run);
}

} // namespace tidemark
