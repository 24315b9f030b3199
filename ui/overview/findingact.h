#pragma once

#include "insight/findings.h"

namespace tidemark {

// Where opening a finding leads.
struct FindingAct {
    enum class Kind {
        Timeline, // item: cluster and instant
        Backup, // item: cluster, instant, source and id
        Calendar, // item: cluster and instant
        Settings, // item: a path in the fleet file
        TryServer, // item: name
        TrySource,
        Grants, // statements to be copied
        Steps // evidence, consequence and what to do by hand
    };
    Kind kind = Kind::Steps;
    QStringList item;

    bool operator==(const FindingAct &) const = default;
};
[[nodiscard]] FindingAct actOf(const Finding &finding);

// The value of the fleet file that a person changes to end a finding, as its path there:
// { "clusters", "oltp-db", "connect", "secret" }.
[[nodiscard]] QStringList settingOf(const Finding &finding);

} // namespace tidemark
