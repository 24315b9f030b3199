#pragma once

#include <QString>

namespace tidemark {

// What Tidemark needs to read, as statements and commands to be run elsewhere by a person.
[[nodiscard]] QString leastPrivilegeText();

} // namespace tidemark
