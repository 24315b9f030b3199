#pragma once

#include "backup/scan.h"
#include "ports/hostreader.h"

#include <qcorotask.h>

#include <memory>
#include <stop_token>

namespace tidemark {

// What a source can tell, so that pages ask this and never what kind of source it is.
struct Capabilities {
    bool wal = false; // it keeps WAL: instants, not only points
    bool runs = false; // it remembers runs of its own
    bool jobs = false; // it runs jobs by itself
    bool usage = false; // it knows how full it is
    bool verify = false; // its checks are checks of contents

    bool operator==(const Capabilities &) const = default;
};

// Where an archive's files can be read.
struct WalPlace {
    std::shared_ptr<HostReader> files; // null: nowhere
    QByteArray folder; // all below it
};

// One place backups are kept, read by one adapter. Reading changes nothing there.
class BackupSource
{
public:
    virtual ~BackupSource() = default;
    [[nodiscard]] virtual QString name() const = 0; // in the fleet file
    [[nodiscard]] virtual Capabilities capabilities() const = 0;
    // Reads what changed since what is known. An error means that nothing could be read; what could be read
    // in part comes as a scan with troubles, and is not `whole`. A second scan of an unchanged source answers
    // no artifacts, no runs, and archives equal to those known. May be called again at any time; two at once
    // are served one after the other.
    [[nodiscard]] virtual QCoro::Task<Result<Scan>> scan(Known known, std::stop_token stop) = 0;
    // Of an archive that a scan of it has told.
    [[nodiscard]] virtual QCoro::Task<Result<WalPlace>> walPlace(WalArchive archive, std::stop_token stop);
};

} // namespace tidemark
