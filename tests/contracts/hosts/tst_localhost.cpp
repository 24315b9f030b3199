#include "hostreadercontract.h"
#include "hosts/hosts.h"

class TestLocalHost : public tidemark::test::HostReaderContract
{
    Q_OBJECT

protected:
    std::shared_ptr<tidemark::HostReader> make() override { return tidemark::makeLocalHostReader(); }
};

QTEST_GUILESS_MAIN(TestLocalHost)
#include "tst_localhost.moc"
