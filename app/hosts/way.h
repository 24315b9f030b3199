#pragma once

#include "fleet/fleet.h"
#include "values/error.h"

#include <QByteArrayList>
#include <qcorotask.h>

#include <memory>
#include <optional>
#include <stop_token>

namespace tidemark {

// How a command line gets to a shell: here, or on another machine. Main thread only.
class Way
{
public:
    virtual ~Way() = default;
    // The words a local program is started with; the command line for the shell follows as the last one.
    [[nodiscard]] virtual QCoro::Task<Result<QByteArrayList>> open(std::stop_token stop) = 0;
    // Why a call ended that nothing came back from, or that ended with exit status 255; nothing: not the way.
    [[nodiscard]] virtual QCoro::Task<std::optional<Error>> broken(int exit, QByteArray err) = 0;
};

// A shell of this machine; `program` is sh.
[[nodiscard]] std::shared_ptr<Way> makeLocalWay(const QByteArray &program = "sh");
// One connection over the person's own OpenSSH, kept while it is used and two minutes longer.
[[nodiscard]] std::shared_ptr<Way> makeSshWay(const QString &destination);

} // namespace tidemark
