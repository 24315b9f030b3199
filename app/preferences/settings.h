#pragma once

#include "ports/preferences.h"

#include <memory>
#include <vector>

namespace tidemark {

struct PreferencesOpened {
    std::shared_ptr<Preferences> preferences;
    std::vector<QString> messages; // what the person should know, one sentence each
};

// $XDG_CONFIG_HOME/tidemark/tidemark.ini.
[[nodiscard]] QString defaultSettingsPath();

// Reads an INI file; one that is not there is empty. A damaged one is kept aside and everything is as by
// itself. Changes are written half a second later in a thread of their own, and what is left of them when the
// preferences go; where they cannot be written they hold for this session, which is said once, on opening or
// to the log.
[[nodiscard]] PreferencesOpened makeSettingsPreferences(const QString &path = defaultSettingsPath());

} // namespace tidemark
