#pragma once

#include "fleet/fleet.h"
#include "ports/secretstore.h"

#include <chrono>
#include <memory>

namespace tidemark {

// The password a spec names, in this order: one that is given, its password command, the secret store.
// Nothing: libpq's own ways (.pgpass …).
[[nodiscard]] QCoro::Task<Result<std::optional<Secret>>> passwordFor(ConnectSpec spec,
    std::optional<Secret> given, std::shared_ptr<SecretStore> secrets, std::stop_token stop);

// Runs a command that prints a password: the first line of its output. A shell is used only for a command
// that has words for one. Errors are "pg.password-command"; what the command printed is in none of them.
[[nodiscard]] QCoro::Task<Result<Secret>> passwordFromCommand(
    QString command, std::chrono::milliseconds limit, std::stop_token stop);

// The program and arguments a command line means.
[[nodiscard]] QStringList commandLine(const QString &command);

} // namespace tidemark
