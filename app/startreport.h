#pragma once

#include <memory>

namespace tidemark {

class CatalogueWatch;
class OpenFleet;
class ShellWindow;

// Prints, once the window has painted a page over an open fleet with conclusions about its backups, how long
// that took since the process began, when the page was first painted at all, and how much memory is resident,
// as one line of JSON; then closes the window. Where nothing was ever concluded (-1), after three seconds.
void reportStart(
    ShellWindow &window, std::shared_ptr<OpenFleet> fleet, std::shared_ptr<CatalogueWatch> catalogue);

} // namespace tidemark
