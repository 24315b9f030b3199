#pragma once

#include "wal/recordparts.h"

namespace tidemark {

// Operations of the heap resource managers, the same from 13 to 18.
enum class HeapOperation : std::uint8_t {
    Insert = 0x00,
    Delete = 0x10,
    Update = 0x20,
    Truncate = 0x30, // tells oids, only with wal_level=logical
    HotUpdate = 0x40,
    Confirm = 0x50,
    Lock = 0x60,
    Inplace = 0x70
};

[[nodiscard]] inline HeapOperation heapOperation(std::uint8_t info)
{
    return HeapOperation { static_cast<std::uint8_t>(info & 0x70) };
}

inline constexpr std::uint8_t HeapMultiInsert = 0x50; // of Heap2

// Flags of a DELETE's main data.
inline constexpr qsizetype DeleteFlagsAt = 7;
inline constexpr std::uint8_t DeleteTakesBack = 0x08; // a speculative insert
inline constexpr std::uint8_t DeleteMovesPartition
    = 0x10; // an UPDATE that moves the row to another partition

} // namespace tidemark
