#pragma once

#include <QString>

#include <memory>

namespace tidemark {

class CatalogueWatch;
class FleetMonitor;
class OpenFleet;
class ShellWindow;
class Theme;
struct PageTable;

// Whose first answers are waited for.
struct Watches {
    std::shared_ptr<FleetMonitor> servers;
    std::shared_ptr<CatalogueWatch> catalogue;
};

// Opens every page in turn, light and dark, once every server and source has answered or failed, and writes a
// PNG of the window of each; the welcome comes last, with the fleet closed. Then closes the window.
void takeShots(ShellWindow &window, Theme &theme, const PageTable &pages, const Watches &watches,
    std::shared_ptr<OpenFleet> fleet, const QString &folder);

} // namespace tidemark
