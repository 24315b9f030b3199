#pragma once

#include "dumps/inspector.h"
#include "dumps/items.h"
#include "ports/hostreader.h"

#include <memory>

namespace tidemark {

// Bytes that may still be read, shared by all dumps of a scan.
struct DumpBudget {
    qint64 file = 0; // for each dump
    qint64 left = 0; // for all of them
};

// First and last bytes of a file, fetched together with those of many others.
struct FileEnds {
    QByteArray head;
    QByteArray tail;
};
inline constexpr qint64 HeadLength = 32 * 1024;
inline constexpr qint64 TailLength = PlainTailSize;

// Looks at one dump. Errors are those of the host; `path` is absolute.
[[nodiscard]] QCoro::Task<Result<DumpFacts>> readFile(std::shared_ptr<HostReader> reader, QByteArray path,
    qint64 size, FileEnds ends, std::shared_ptr<DumpBudget> budget, std::stop_token stop);
[[nodiscard]] QCoro::Task<Result<DumpFacts>> readFolder(
    std::shared_ptr<HostReader> reader, QByteArray path, DumpItem item, std::stop_token stop);

} // namespace tidemark
