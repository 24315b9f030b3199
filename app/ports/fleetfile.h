#pragma once

#include "fleet/fleet.h"
#include "ports/fileproblem.h"
#include "values/error.h"

#include <qcorotask.h>

#include <stop_token>
#include <vector>

namespace tidemark {

struct LoadedFleet {
    Fleet fleet;
    std::vector<FileProblem> warnings;
    QByteArray text; // the file as read; edits start from it

    bool operator==(const LoadedFleet &) const = default;
};

// Sets one value at a path of keys and item names ("clusters", "oltp-db", "objectives", "rpo"); an empty
// value removes the key, or the item when the path ends at one. Items that are not there are appended. A list
// of texts is written one to a line.
struct FleetEdit {
    QStringList path;
    QString value;

    bool operator==(const FleetEdit &) const = default;
};

// The fleet file on disk. A file with mistakes is an Error "fleet.invalid" whose detail lists every one with
// its line; nothing of it is used.
class FleetFile
{
public:
    virtual ~FleetFile() = default;
    [[nodiscard]] virtual QCoro::Task<Result<LoadedFleet>> load(QString path, std::stop_token stop) = 0;
    // The text as edit() would write it; touches no file.
    [[nodiscard]] virtual QCoro::Task<Result<QByteArray>> preview(
        QByteArray before, std::vector<FleetEdit> edits, std::stop_token stop)
        = 0;
    // Changes only the lines concerned: other lines and comments stay byte for byte. Refused with
    // "fleet.changed" when the file on disk is not `before` any more. A file that does not exist yet is made.
    [[nodiscard]] virtual QCoro::Task<Result<LoadedFleet>> edit(
        QString path, QByteArray before, std::vector<FleetEdit> edits, std::stop_token stop)
        = 0;
};

} // namespace tidemark
