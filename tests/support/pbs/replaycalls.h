#pragma once

#include "recordedfields.h"

#include <functional>
#include <memory>

namespace tidemark::test {

// The client's own call for a recorded request, ready to be made; it prints how it ended. Empty: the client
// has none, or none that carries these parameters.
[[nodiscard]] std::function<QString()> typedCall(
    const Recording &recording, const std::shared_ptr<pbs::Client> &client);

} // namespace tidemark::test
