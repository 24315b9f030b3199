#pragma once

#include <QString>

class QApplication;

namespace tidemark {

class FleetMonitor;
class ShellWindow;
class Theme;
struct PageTable;

// Opens every page in turn, light and dark, once every server and source has answered or failed, and writes a
// PNG of the window of each; then closes the window.
void takeShots(
    ShellWindow &window, Theme &theme, const PageTable &pages, FleetMonitor &monitor, const QString &folder);

} // namespace tidemark
