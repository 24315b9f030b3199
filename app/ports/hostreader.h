#pragma once

#include "values/bytes.h"
#include "values/error.h"
#include "values/instant.h"

#include <QByteArray>
#include <QStringList>
#include <qcorotask.h>

#include <chrono>
#include <functional>
#include <stop_token>
#include <vector>

namespace tidemark {

enum class EntryKind { File, Folder, Link, Other };

// Names are bytes: a file system promises no encoding.
struct HostEntry {
    QByteArray path; // relative to the listed folder, parts joined by '/'
    EntryKind kind = EntryKind::File;
    qint64 size = 0;
    Instant modified;

    bool operator==(const HostEntry &) const = default;
};

struct HostListing {
    QByteArray folder; // absolute
    int depth = 1; // 1: the folder's own entries; 0: all below. Links are not followed below the folder.
    std::vector<QByteArray> skip; // names of folders not to descend into
};

struct HostCommand {
    QStringList words; // program and arguments, quoted by the reader as the way demands
    QByteArray input;
    std::chrono::milliseconds limit = std::chrono::minutes(2);
    qint64 mostOutput = 256 << 20; // more than this is "host.too-much"
};

struct HostOutput {
    int exit = 0;
    QByteArray out;
    QByteArray err;
};

struct HostSpace {
    Bytes total;
    Bytes available;
    QByteArray fileSystem; // the same text for two folders on one file system
};

// Reads files and asks programs on one machine: this one, or a host over the person's own OpenSSH, as the
// account the fleet file names. Changes nothing there. Errors are "host.…" (host.missing, host.denied,
// host.not-a-folder, host.too-much, host.no-program) and "ssh.…".
class HostReader
{
public:
    virtual ~HostReader() = default;
    [[nodiscard]] virtual QString name() const = 0; // of the host in the fleet file, empty: this machine
    // Hands entries on in portions, in no order; `take` is called on another thread, one call at a time.
    // Folders that may not be entered end up in the answer, relative to the listed one; the rest is listed.
    [[nodiscard]] virtual QCoro::Task<Result<std::vector<QByteArray>>> list(
        HostListing listing, std::function<void(std::vector<HostEntry>)> take, std::stop_token stop)
        = 0;
    // At most `length` bytes from `offset`; fewer at the end of the file.
    [[nodiscard]] virtual QCoro::Task<Result<QByteArray>> read(
        QByteArray path, qint64 offset, qint64 length, std::stop_token stop)
        = 0;
    // Parts of many files in one go: as many answers as asked for, in their order.
    struct Part {
        QByteArray path;
        qint64 offset = 0;
        qint64 length = 0;
    };
    [[nodiscard]] virtual QCoro::Task<Result<std::vector<Result<QByteArray>>>> readMany(
        std::vector<Part> parts, std::stop_token stop)
        = 0;
    // A file from `from` to its end in portions, for checks of its contents; on another thread, one call at a
    // time. `take` answers false when it has seen enough.
    [[nodiscard]] virtual QCoro::Task<Result<>> stream(
        QByteArray path, qint64 from, std::function<bool(QByteArrayView)> take, std::stop_token stop)
        = 0;
    [[nodiscard]] virtual QCoro::Task<Result<HostOutput>> run(HostCommand command, std::stop_token stop) = 0;
    [[nodiscard]] virtual QCoro::Task<Result<HostSpace>> space(QByteArray folder, std::stop_token stop) = 0;
};

// One reader for each host, kept and shared.
class HostReaders
{
public:
    virtual ~HostReaders() = default;
    // `host` as the fleet file describes it; a default one is this machine.
    [[nodiscard]] virtual std::shared_ptr<HostReader> of(const struct Host &host) = 0;
};

} // namespace tidemark
