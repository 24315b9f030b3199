#pragma once

#include "pbs/fields.h"
#include "pbs/json.h"

namespace tidemark::pbs {

// An answer of /api2 read into a value. What cannot be is "pbs.garbled" with the place in its detail.
template <class T>
[[nodiscard]] Result<Envelope<T>> decode(const QByteArray &json)
{
    return Document(json).read<T>();
}

} // namespace tidemark::pbs
