#pragma once

#include "ports/pbsprobe.h"
#include "ports/pbsreader.h"
#include "ports/secretstore.h"

#include <memory>

class QNetworkAccessManager;

namespace tidemark {

// The adapters for Proxmox Backup Server, all over the one network access manager of the program. They share
// its connections and their logins; keep the object as long as the program runs.
class PbsAdapters
{
public:
    // Without a manager they make their own.
    explicit PbsAdapters(std::shared_ptr<SecretStore> secrets, QNetworkAccessManager *network = nullptr);
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
