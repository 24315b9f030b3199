#pragma once

#include <QByteArray>

namespace tidemark::test {

// Pages of WAL after random changes, put right again in what nearly every change breaks: addresses, what a
// page continues, links and checksums of records. What reads the pages then comes further. `fill`: where the
// log ends early, one long record reaches into the next segment.
[[nodiscard]] QByteArray mendedPages(QByteArray pages, bool fill);

} // namespace tidemark::test
