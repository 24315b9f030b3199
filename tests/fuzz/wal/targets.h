#pragma once

#include <QByteArrayView>

namespace tidemark::test {

// What the fuzzers run: each takes any bytes at all. The first bytes choose how; what must hold whatever the
// bytes are is checked, and ends the program when it does not.
void fuzzSegment(QByteArrayView input); // pages of segments, in portions: records, checksums, their meaning
void fuzzRecords(QByteArrayView input); // records whose checksums hold, of any content: their meaning
void fuzzParts(QByteArrayView input); // one record's parts, page images, rows of catalogues
void fuzzHistory(QByteArrayView input); // ".history" and ".backup" files
void fuzzName(QByteArrayView input); // file names, LSNs

// By its file's folder: "segment", "records" …; nullptr: there is none.
using FuzzTarget = void (*)(QByteArrayView);
[[nodiscard]] FuzzTarget fuzzTarget(QByteArrayView name);

} // namespace tidemark::test
