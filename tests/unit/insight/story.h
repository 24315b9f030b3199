#pragma once

#include "insight/recoverability.h"
#include "insight/restorepath.h"

#include <QStringList>

namespace tidemark::test {

// A cluster's history in a few words. Positions are counted in segments of 1 MiB and times in minutes: "4.5"
// is the middle of segment 4, written at minute 4.5; a segment arrives in the archive when it is full.
//
//   wal A 1 2-9            timeline 1's segments 2 to 9 are in archive A ("untimed": without arrival;
//   late=20: the last came then) bad A 1 5 empty        its segment 5 is of no use history A 2 1@5.5 timeline
//   2 left 1 there (a longer line names all ancestors: 1@5.5 2@7) full b 1 2.1-2.6       a base backup; words
//   behind: verified proven listed refuted foreign carries
//                          damaged running failed unfinished nostop notime badpages at=<minute>
//   incr i b 1 4.1-4.3     an increment on b
//   ends A 1 2.1-2.6       the archive's ".backup" file
//   dump d shop 4          a dump of a database ("-": of all); words: globals
//   globals g 4            roles and tablespaces beside dumps
//   vm v 4                 a snapshot
//   claims A               archive A was not listed
//   id A 77                archive A is of that cluster
//   server 1               the server is on timeline 1
//   proof 10               proof age in minutes
//   now 20
struct Story {
    ClusterFacts facts;
    Objectives objectives;
    std::optional<TimelineId> server;
    Instant now = minute(100);

    [[nodiscard]] static Instant minute(double minutes);
    [[nodiscard]] static Lsn at(double segments);
    [[nodiscard]] static Story of(const QString &text); // lines end with ';' or a new line
    [[nodiscard]] Recoverability result() const;
    [[nodiscard]] RestorePath pathTo(double minutes) const;
};

// "window 1 2.6-10 b A verified open; gap 1 10- wal 5+1 A" …
[[nodiscard]] QString print(const Recoverability &found, const ClusterFacts &facts);
// "exact 7 b+i wal A 1>2 4-7 3 segments, claimed"
[[nodiscard]] QString print(const RestorePath &path, const ClusterFacts &facts);

} // namespace tidemark::test
