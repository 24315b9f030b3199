#include "pbs/contents.h"

#include <algorithm>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {
constexpr QLatin1StringView Manifest("index.json.blob");
}

bool SnapshotItem::finished() const
{
    return std::any_of(files.begin(), files.end(), [](const FileItem &f) { return f.name == Manifest; });
}

bool SnapshotItem::damaged() const
{
    return finished() && !size;
}

bool SnapshotItem::encrypted() const
{
    return std::any_of(
        files.begin(), files.end(), [](const FileItem &f) { return f.cryptMode == u"encrypt"_s; });
}

} // namespace tidemark::pbs
