#pragma once

#include "values/error.h"

#include <QByteArray>
#include <QStringList>
#include <qcorotask.h>

#include <stop_token>

namespace tidemark {

// Small files of this machine that pages show or hand on, read and written away from the GUI thread.
class LocalFiles
{
public:
    virtual ~LocalFiles() = default;
    // Where libpq looks for connection services: PGSERVICEFILE, else ~/.pg_service.conf, else the system's.
    [[nodiscard]] virtual QString serviceFilePath() const = 0;
    // Refuses what is not a regular file or is larger than a person writes (4 MiB) with "file.unreadable".
    [[nodiscard]] virtual QCoro::Task<Result<QByteArray>> read(QString path, std::stop_token stop) = 0;
    // A file a person asked for, whole or not at all; an older one is replaced. Fails with "file.unwritable".
    [[nodiscard]] virtual QCoro::Task<Result<>> write(QString path, QByteArray bytes, std::stop_token stop)
        = 0;
    // The example fleets that came with the program, by path.
    [[nodiscard]] virtual QCoro::Task<Result<QStringList>> examples(std::stop_token stop) = 0;
    // A copy in the person's data folder that cannot be written; an older one is replaced. Answers its path.
    [[nodiscard]] virtual QCoro::Task<Result<QString>> readOnlyCopy(QString path, std::stop_token stop) = 0;
};

} // namespace tidemark
