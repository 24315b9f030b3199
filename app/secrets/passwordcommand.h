#pragma once

#include "values/error.h"
#include "values/secret.h"

#include <QStringList>
#include <qcorotask.h>

#include <chrono>
#include <stop_token>

namespace tidemark {

// The program and arguments of a command line. Words and quotes are cut here; a line that needs more (pipes,
// variables, globs …) becomes sh -c, and one whose quotes stay open is "secrets.command-invalid".
[[nodiscard]] Result<QStringList> commandWords(const QString &command);

// Runs the command without input in a session of its own, and answers with what it printed, less one newline
// at the end. It is killed, with all it started, after the limit or a stop request.
[[nodiscard]] QCoro::Task<Result<Secret>> secretFromCommand(
    QString command, std::chrono::milliseconds limit, std::stop_token stop);

} // namespace tidemark
