#pragma once

#include "values/instant.h"

namespace tidemark {

class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

} // namespace tidemark
