#pragma once

#include "ports/once.h"
#include "values/error.h"

#include <qcorotask.h>

#include <stop_token>
#include <vector>

namespace tidemark::pbs {

// One goes first, the others wait for how that ended: one login for many callers, and no second wrong
// password before the first has been answered.
class Turnstile
{
public:
    // True: go, and call leave() at the end. False: wait().
    [[nodiscard]] bool enter() { return !std::exchange(m_busy, true); }
    // An error ends those who wait too; without one they look again.
    void leave(const Result<> &outcome);
    [[nodiscard]] QCoro::Task<Result<>> wait(std::stop_token stop);

private:
    bool m_busy = false;
    std::vector<Once<Result<>>> m_waiting;
};

} // namespace tidemark::pbs
