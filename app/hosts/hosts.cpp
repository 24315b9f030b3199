#include "hosts/hosts.h"

#include "fleet/fleet.h"
#include "hosts/localreader.h"
#include "hosts/shellreader.h"

#include <map>

namespace tidemark {

namespace {

class KeptHostReaders : public HostReaders
{
public:
    [[nodiscard]] std::shared_ptr<HostReader> of(const Host &host) override
    {
        auto &reader = m_readers[{ host.name, host.ssh, host.runAs }];
        if (!reader)
            reader = make(host);
        return reader;
    }

private:
    [[nodiscard]] static std::shared_ptr<HostReader> make(const Host &host)
    {
        if (host.ssh.isEmpty() && host.runAs.isEmpty())
            return std::make_shared<LocalHostReader>(host.name);
        const auto way = host.ssh.isEmpty() ? makeLocalWay() : makeSshWay(host.ssh);
        return std::make_shared<ShellHostReader>(host.name, way, host.runAs);
    }

    // By name, destination and account: a host that was described anew is read anew.
    std::map<QStringList, std::shared_ptr<HostReader>> m_readers;
};

} // namespace

std::shared_ptr<HostReader> makeLocalHostReader()
{
    return std::make_shared<LocalHostReader>(QString());
}

std::shared_ptr<HostReaders> makeHostReaders()
{
    return std::make_shared<KeptHostReaders>();
}

} // namespace tidemark
