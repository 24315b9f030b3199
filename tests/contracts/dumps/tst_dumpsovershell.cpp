#include "dumpsdiskcontract.h"
#include "hosts/shellreader.h"

// As on a host that is reached over OpenSSH: scripts for a shell, here without the way to another machine.
class TestDumpsOverShell : public tidemark::test::DumpsDiskContract
{
    Q_OBJECT

protected:
    std::shared_ptr<tidemark::HostReader> host() override
    {
        return std::make_shared<tidemark::ShellHostReader>(
            QStringLiteral("here"), tidemark::makeLocalWay(), QString());
    }
    [[nodiscard]] std::chrono::milliseconds patience() const override { return std::chrono::seconds(60); }
};

QTEST_GUILESS_MAIN(TestDumpsOverShell)
#include "tst_dumpsovershell.moc"
