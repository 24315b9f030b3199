#pragma once

#include "hosts/blocking.h"
#include "ports/hostreader.h"

namespace tidemark {

// Lists a folder of this machine, entry by entry, and hands them on in portions. Blocks. Answers the folders
// below it that could not be read.
[[nodiscard]] Result<std::vector<QByteArray>> walkFolder(
    const HostListing &listing, const std::function<void(std::vector<HostEntry>)> &take, Delivery &delivery);

} // namespace tidemark
