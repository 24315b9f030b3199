#pragma once

#include <QtGlobal>

#include <compare>

namespace tidemark {

// An amount of data. 64 bits, never negative by itself; a difference may be.
struct Bytes {
    qint64 count = 0;

    auto operator<=>(const Bytes &) const = default;
};

} // namespace tidemark
