#pragma once

#include <qcorotask.h>

namespace tidemark {

enum class KeychainState { Absent, Locked, Open };

// Asks the Secret Service over D-Bus whether it is there and whether its default collection is locked:
// libsecret tells a locked item and a missing one apart in no other way. A service without a default
// collection is Open, for it has nothing locked away.
[[nodiscard]] QCoro::Task<KeychainState> askKeychainState();

} // namespace tidemark
