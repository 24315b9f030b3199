#pragma once

#include "../story.h"
#include "../world.h"

#include <vector>

namespace tidemark::test {

// What is done to a world in which nothing is wrong, and all that is found in it then; nothing: a twin that
// looks like a fault and is none.
struct Breakage {
    const char *name;
    void (*apply)(World &world);
    const char *raises;
};

// One table for each family of rules.
[[nodiscard]] std::vector<Breakage> restorabilityBreakages();
[[nodiscard]] std::vector<Breakage> walBreakages();
[[nodiscard]] std::vector<Breakage> archiverBreakages();
[[nodiscard]] std::vector<Breakage> baseBackupBreakages();
[[nodiscard]] std::vector<Breakage> dumpBreakages();
[[nodiscard]] std::vector<Breakage> snapshotBreakages();
[[nodiscard]] std::vector<Breakage> jobBreakages();
[[nodiscard]] std::vector<Breakage> storeBreakages();
[[nodiscard]] std::vector<Breakage> sourceBreakages();
[[nodiscard]] std::vector<Breakage> serverBreakages();
[[nodiscard]] std::vector<Breakage> retentionBreakages();
[[nodiscard]] std::vector<Breakage> clockBreakages();
[[nodiscard]] std::vector<Breakage> allBreakages();

// For several of them.
void gap(World &w);
[[nodiscard]] ArtifactFact like(World &w, const QString &id, const QString &newId);
[[nodiscard]] Followed<PbsFacts> backupServer();
[[nodiscard]] Job &jobOf(World &w, const QString &kind);

} // namespace tidemark::test
