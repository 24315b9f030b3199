#pragma once

#include "ports/secretprompt.h"
#include "ports/secretstore.h"
#include "secrets/composedsecretstore.h"

#include <chrono>
#include <memory>

namespace tidemark {

// The desktop's keychain (Secret Service or KWallet) under the service name "tidemark". Never a plain file.
// What the keychain has not answered within the limit counts as locked: somebody may be sitting before its
// unlock dialog, or nobody.
[[nodiscard]] std::shared_ptr<SecretStore> makeKeychainSecretStore(
    std::chrono::milliseconds limit = std::chrono::seconds(60));

// In memory, gone with the program.
[[nodiscard]] std::shared_ptr<SecretStore> makeSessionSecretStore();

} // namespace tidemark
