#pragma once

#include "ports/once.h"

#include <qcorotask.h>

#include <utility>
#include <vector>

namespace tidemark::test {

// Counts questions on their way, and holds them while it is closed.
class Gate
{
public:
    void close() { m_closed = true; }
    void open()
    {
        m_closed = false;
        for (const Once<bool> &one : std::exchange(m_waiting, {}))
            one.settle(true);
    }
    [[nodiscard]] int asked() const { return m_asked; }
    [[nodiscard]] QCoro::Task<> pass()
    {
        ++m_asked;
        if (!m_closed)
            co_return;
        const Once<bool> opened;
        m_waiting.push_back(opened);
        static_cast<void>(co_await opened);
    }

private:
    bool m_closed = false;
    int m_asked = 0;
    std::vector<Once<bool>> m_waiting;
};

} // namespace tidemark::test
