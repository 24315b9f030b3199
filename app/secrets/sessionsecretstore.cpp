#include "secrets/acceptable.h"
#include "secrets/secrets.h"

#include <map>

namespace tidemark {

namespace {

class SessionSecretStore : public SecretStore
{
public:
    QCoro::Task<Result<Secret>> read(QString name, std::stop_token) override
    {
        if (auto good = acceptableName(name); !good)
            co_return tl::unexpected(std::move(good).error());
        const auto found = m_secrets.find(name);
        if (found == m_secrets.end())
            co_return tl::unexpected(missingSecret(name));
        // A copy: what is named after co_return is moved from, members of a map too.
        const Secret kept = found->second;
        co_return kept;
    }

    QCoro::Task<Result<>> write(QString name, Secret secret, std::stop_token) override
    {
        auto good = acceptable(name, secret);
        if (good)
            m_secrets.insert_or_assign(name, secret);
        co_return good;
    }

    QCoro::Task<Result<>> remove(QString name, std::stop_token) override
    {
        auto good = acceptableName(name);
        if (good)
            m_secrets.erase(name);
        co_return good;
    }

private:
    std::map<QString, Secret> m_secrets;
};

} // namespace

std::shared_ptr<SecretStore> makeSessionSecretStore()
{
    return std::make_shared<SessionSecretStore>();
}

} // namespace tidemark
