#pragma once

#include "ports/desktopnotifier.h"

#include <memory>

namespace tidemark {

// org.freedesktop.Notifications on the session bus. The bus is sought on a thread of its own, everything else
// is asked without waiting; where there is no bus or no service, nothing is shown and nothing complains.
[[nodiscard]] std::shared_ptr<DesktopNotifier> makeDbusNotifier();

} // namespace tidemark
