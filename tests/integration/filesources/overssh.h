#pragma once

#include "support/sshgate.h"
#include "support/toolmachine.h"

#include <chrono>

namespace tidemark::test {

// The contract of a source of files over a real sshd.
template <class Contract>
class FilesOverSsh : public Contract
{
protected:
    std::shared_ptr<HostReader> host() override { return m_gate.reader(); }
    [[nodiscard]] std::chrono::milliseconds patience() const override { return std::chrono::seconds(60); }

private:
    SshGate m_gate;
};

// The contract of a source that asks a tool: a made-up one, on a host behind a real sshd, as an account that
// sudo leads to.
template <class Contract>
class ToolOverSsh : public Contract
{
protected:
    std::shared_ptr<ToolMachine> machine() override
    {
        m_tools->forget();
        return m_tools;
    }
    std::shared_ptr<HostReader> host() override { return m_gate.reader(QString::fromLatin1(Account)); }
    [[nodiscard]] std::chrono::milliseconds patience() const override { return std::chrono::seconds(60); }

private:
    static constexpr const char *Account = "keeper";
    std::shared_ptr<DiskTools> m_tools = std::make_shared<DiskTools>(TIDEMARK_TOOL, Account);
    SshGate m_gate { { QStringLiteral("SetEnv PATH=") + QString::fromUtf8(m_tools->path()) } };
};

} // namespace tidemark::test
