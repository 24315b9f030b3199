#include "hostreadercontract.h"
#include "hosts/shellreader.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The same through a shell of this machine, as another account's would be: no sshd needed.
class TestShellHost : public test::HostReaderContract
{
    Q_OBJECT

protected:
    std::shared_ptr<HostReader> make() override
    {
        return std::make_shared<ShellHostReader>(u"here"_s, makeLocalWay(), QString());
    }
};

QTEST_GUILESS_MAIN(TestShellHost)
#include "tst_shellhost.moc"
