#include "insight/rules/rules.h"
#include "insight/walruns.h"

#include <array>

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

constexpr std::size_t Faults = 8;

const char *codeOf(WalFault fault)
{
    switch (fault) {
    case WalFault::Empty:
        return "wal.empty";
    case WalFault::WrongSize:
        return "wal.wrong-size";
    case WalFault::Foreign:
        return "wal.foreign";
    case WalFault::Misnamed:
        return "wal.misnamed";
    case WalFault::BadPage:
        return "wal.bad-page";
    case WalFault::BadChecksum:
        return "wal.bad-checksum";
    case WalFault::Unreadable:
        return "wal.unreadable";
    case WalFault::BadHistory:
        return "wal.bad-history";
    }
    return "wal.unreadable";
}

// One finding for each kind of fault, about the first file it was seen in.
void faults(const ClusterView &view, const WalArchive &archive, Instant now, Found &found)
{
    std::array<std::optional<Finding>, Faults> byFault;
    Found made;
    for (const WalTrouble &trouble : archive.troubles) {
        if (stillArriving(trouble, archive, now))
            continue;
        std::optional<Finding> &finding = byFault[std::size_t(trouble.fault)];
        if (!finding) {
            finding = made.add(codeOf(trouble.fault), view.cluster->name, archive.source);
            finding->subject = trouble.name;
            finding->part = archive.part;
            finding->timeline = trouble.timeline;
            finding->since = trouble.arrived;
            finding->said = trouble.detail;
        }
        addItem(*finding, trouble.name);
    }
    std::vector<Finding> all;
    for (std::optional<Finding> &finding : byFault)
        if (finding)
            all.push_back(std::move(*finding));
    found.take(std::move(all));
}

void foreignArchive(const ClusterView &view, const WalArchive &archive, Found &found)
{
    if (!view.facts->systemId || !archive.systemId || *archive.systemId == *view.facts->systemId)
        return;
    Finding &finding = found.add("wal.archive-foreign", view.cluster->name, archive.source);
    finding.part = archive.part;
    finding.subject = QString::number(archive.systemId->value);
    finding.said = QString::number(view.facts->systemId->value);
}

} // namespace

void wal(const Scene &scene, Found &found)
{
    for (const ClusterView &view : scene.clusters())
        for (const WalArchive &archive : view.facts->archives) {
            foreignArchive(view, archive, found);
            faults(view, archive, scene.now(), found);
        }
}

} // namespace tidemark::rules
