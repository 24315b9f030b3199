#pragma once

#include "ports/hostreader.h"
#include "toolanswer/segments.h"

#include <memory>
#include <mutex>

namespace tidemark::barman {

// The names in a server's WAL folder, as its listing hands them on. Barman compresses and encrypts in place,
// so a file's size tells nothing but that it is empty.
class WalFolder
{
public:
    void take(const std::vector<HostEntry> &entries); // on another thread
    struct History {
        QByteArray path; // below the folder
        TimelineId timeline;
        Instant arrived;
    };
    struct Names {
        std::vector<ListedSegment> segments;
        std::vector<ListedSegment> partials;
        std::vector<History> histories;
        qint64 files = 0;
        qint64 bytes = 0;
    };
    [[nodiscard]] Names names();

private:
    std::mutex m_guard;
    Names m_names;
};

} // namespace tidemark::barman
