#pragma once

#include "fleet/fleetstate.h"

namespace tidemark {

// Failing now: the last attempt failed, later than the last success.
[[nodiscard]] bool archiverFails(const ServerFacts &facts);
// Whether this server is expected to archive at all in the state it is in.
[[nodiscard]] bool archives(const ServerFacts &facts);

[[nodiscard]] bool isCertificateError(const Error &error);
[[nodiscard]] bool isRefusal(const Error &error);
// The other side was not asked: its password or token could not be had.
[[nodiscard]] bool isSecretError(const Error &error);

} // namespace tidemark
