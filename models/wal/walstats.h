#pragma once

#include "wal/recordparts.h"

#include <array>

namespace tidemark {

// Who wrote how much, counted as pg_waldump --stats counts it.
class WalStats
{
public:
    struct Count {
        std::uint64_t records = 0;
        std::uint64_t recordBytes = 0; // without page images
        std::uint64_t imageBytes = 0;

        bool operator==(const Count &) const = default;
    };

    void add(const WalRecord &record, std::uint32_t imageBytes)
    {
        Count &count = m_counts[static_cast<std::size_t>(record.manager)];
        ++count.records;
        count.recordBytes += record.length - imageBytes;
        count.imageBytes += imageBytes;
    }
    void addSince(const WalStats &before, const WalStats &now); // what was counted between the two
    [[nodiscard]] const Count &of(ResourceManager manager) const
    {
        return m_counts[static_cast<std::size_t>(manager)];
    }
    [[nodiscard]] Count total() const;

    // "Heap", as pg_waldump names it; "custom128" for an extension's.
    [[nodiscard]] static QString name(ResourceManager manager);

    bool operator==(const WalStats &) const = default;

private:
    std::array<Count, 256> m_counts;
};

} // namespace tidemark
