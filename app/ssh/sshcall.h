#pragma once

#include "values/error.h"

#include <QStringList>

#include <chrono>
#include <sys/types.h>

namespace tidemark {

// The program: ssh, or what TIDEMARK_SSH names.
[[nodiscard]] QString sshProgram();
// Whether ssh can be handed this destination without taking it for something else.
[[nodiscard]] Result<> checkDestination(const QString &destination);
// What every call says: the person's configuration (or the file TIDEMARK_SSH_CONFIG names), host keys checked
// strictly, nothing asked, nothing forwarded, no command of the configuration's own.
[[nodiscard]] QStringList sshOptions(std::chrono::milliseconds timeout);
// After fork, before exec: only calls that are safe there. The process gets a group of its own, so that
// Ctrl+C in the terminal the console was started from does not reach it first, and ends with its parent.
void dieWithParent(pid_t parent);

} // namespace tidemark
