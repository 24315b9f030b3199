#pragma once

#include "overview/overviewwords.h"
#include "reports/statusreport.h"

namespace tidemark {

// What stands on the page, in the page's words.
struct OverviewShown {
    VerdictWords verdict;
    QString fleet;
    QString asOf; // empty: as it is now
    QStringList counts;
    const OverviewTableModel &clusters;
    const FindingModel &findings;
    const NextDayModel &planned;
    const DatastoreModel &stores;
};
[[nodiscard]] StatusReport reportOf(const OverviewShown &shown, const Clocks &clocks, Instant now);

} // namespace tidemark
