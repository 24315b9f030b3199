#pragma once

#include "procedure/procedure.h"

namespace tidemark {

// The procedure as a bash script that runs by itself: the steps' scripts byte for byte, one after the other,
// until one fails. `--from STEP` takes it up again. Steps on other hosts go through the person's own ssh.
[[nodiscard]] QByteArray procedureScript(const Procedure &procedure);

// All of it as a text to read: what, where, why, and each script.
[[nodiscard]] QString procedureMarkdown(const Procedure &procedure);

} // namespace tidemark
