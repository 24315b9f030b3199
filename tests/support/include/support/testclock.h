#pragma once

#include "ports/clock.h"

namespace tidemark::test {

// Stands until it is set.
class TestClock : public Clock
{
public:
    explicit TestClock(Instant at)
        : m_now(at)
    {
    }
    [[nodiscard]] Instant now() const override { return m_now; }
    void set(Instant at) { m_now = at; }

private:
    Instant m_now;
};

} // namespace tidemark::test
