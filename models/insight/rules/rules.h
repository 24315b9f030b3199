#pragma once

#include "insight/rules/scene.h"

// One function for each family of findings; each adds what it sees and looks at nothing but the scene.
namespace tidemark::rules {

void restorability(const Scene &scene, Found &found); // gaps, lost bases, stray branches, nothing at all
void wal(const Scene &scene, Found &found); // what is wrong with files of an archive
void archiver(const Scene &scene, Found &found); // what the server says of archiving, against the archive
void baseBackups(const Scene &scene, Found &found);
void dumps(const Scene &scene, Found &found);
void snapshots(const Scene &scene, Found &found);
void jobs(const Scene &scene, Found &found); // a source's own: verify, prune, garbage collection, sync
void schedules(const Scene &scene, Found &found); // what was declared and did not run
void runs(const Scene &scene, Found &found); // what ran and failed, or took too long
void stores(const Scene &scene, Found &found); // space
void sources(const Scene &scene, Found &found); // cannot be read, read in part, empty, long ago
void servers(const Scene &scene, Found &found); // offline, rights, identity, slots
void retention(const Scene &scene, Found &found); // promises
void clocks(const Scene &scene, Found &found);

} // namespace tidemark::rules
