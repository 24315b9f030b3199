#pragma once

#include <span>

namespace tidemark {

// One stable code with its words, untranslated; context "Error".
struct ErrorCodeRow {
    const char *code;
    const char *sentence;
    const char *hint;
};

[[nodiscard]] std::span<const ErrorCodeRow> errorCodes();

} // namespace tidemark
