#pragma once

#include <memory>

namespace tidemark {

class OpenFleet;
class ShellWindow;

// Prints, once the window has painted a page over an open fleet, how long that took since the process began
// and how much memory is resident, as one line of JSON; then closes the window.
void reportStart(ShellWindow &window, std::shared_ptr<OpenFleet> fleet);

} // namespace tidemark
