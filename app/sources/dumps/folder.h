#pragma once

#include "dumps/inspector.h"

#include <QHash>

namespace tidemark {

// Whether a file's name is one that pg_dump gives to the data of a directory dump: "2992.dat.gz".
[[nodiscard]] bool isDataFile(QByteArrayView name);

// Lists of large objects that a directory dump keeps beside its table of contents, as they have to be read.
[[nodiscard]] QByteArrayList objectLists(const DumpToc &toc);

// A directory dump by its toc.dat, the sizes of the files beside it and the contents of its lists of large
// objects: whether each file is there and holds something.
[[nodiscard]] DumpFacts folderFacts(const tl::expected<DumpToc, TocFault> &toc,
    const QHash<QByteArray, qint64> &files, const QHash<QByteArray, QByteArray> &lists);

} // namespace tidemark
