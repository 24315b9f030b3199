#pragma once

#include "wal/walevents.h"

#include <chrono>
#include <map>

namespace tidemark {

// How much was going on, by commit time. It grows with the time that was read, not with the WAL.
class WalHistogram : public WalListener
{
public:
    struct Bucket {
        std::uint64_t commits = 0;
        std::uint64_t rollbacks = 0;
        std::uint64_t inserted = 0; // rows of what was committed
        std::uint64_t updated = 0;
        std::uint64_t deleted = 0;

        bool operator==(const Bucket &) const = default;
    };

    explicit WalHistogram(std::chrono::microseconds width)
        : m_width(width)
    {
    }
    void ended(const WalEndTold &end) override;
    // By where the bucket begins, a whole number of widths since the epoch; empty ones are left out.
    [[nodiscard]] const std::map<Instant, Bucket> &buckets() const { return m_buckets; }

private:
    std::chrono::microseconds m_width;
    std::map<Instant, Bucket> m_buckets;
    Instant m_begin; // of the bucket used last
    Bucket *m_last = nullptr;
};

} // namespace tidemark
