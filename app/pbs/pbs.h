#pragma once

#include "ports/pbsprobe.h"
#include "ports/pbsreader.h"
#include "ports/preferences.h"
#include "ports/secretstore.h"

#include <memory>

namespace tidemark {

// The adapters for Proxmox Backup Server, all over the one network access manager of the program. They share
// its connections and their logins; keep the object as long as the program runs.
class PbsAdapters
{
public:
    // Which servers showed another certificate than the confirmed one is remembered in the preferences;
    // without them the program's end forgets it.
    explicit PbsAdapters(std::shared_ptr<SecretStore> secrets, std::shared_ptr<Preferences> memory = nullptr);
    PbsAdapters(const PbsAdapters &) = delete;
    PbsAdapters &operator=(const PbsAdapters &) = delete;
    ~PbsAdapters();

    [[nodiscard]] std::shared_ptr<PbsProbe> probe() const;
    [[nodiscard]] std::shared_ptr<PbsReader> reader() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

// For a program that needs one of them only.
[[nodiscard]] std::shared_ptr<PbsProbe> makePbsProbe(std::shared_ptr<SecretStore> secrets);
[[nodiscard]] std::shared_ptr<PbsReader> makePbsReader(std::shared_ptr<SecretStore> secrets);

} // namespace tidemark
