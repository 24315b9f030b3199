#pragma once

#include "insight/findings.h"

namespace tidemark {

// What a person can do by hand about a finding, as text to be copied: commands for a shell with what they are
// for, in the order they are run. It changes nothing by itself, and names no secret. Empty: the finding's
// action needs none.
[[nodiscard]] QString nextSteps(const Finding &finding, const Fleet &fleet);

} // namespace tidemark
