#pragma once

#include "dumps/items.h"

namespace tidemark {

// A dump as the finding of its globals needs it.
struct NightMember {
    QString id;
    QByteArray path;
    Instant modified;
    QString cluster; // a dump's globals are those of its own cluster
    bool hasGlobals = false; // holds roles and tablespaces: globals, or all of a cluster
};

// For each dump the globals of the same run: in the same folder of one night, else named with the same day,
// else written within twelve hours of it. The nearest wins, one of the same folder before others. Ids by ids;
// what has globals itself names itself.
[[nodiscard]] QHash<QString, QString> globalsOfRuns(const std::vector<NightMember> &members);

} // namespace tidemark
