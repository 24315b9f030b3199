#include "hosts/hosts.h"
#include "walarchivecontract.h"

class TestWalArchiveContract : public tidemark::test::WalArchiveContract
{
    Q_OBJECT

protected:
    std::shared_ptr<tidemark::HostReader> host() override { return tidemark::makeLocalHostReader(); }
};

QTEST_GUILESS_MAIN(TestWalArchiveContract)
#include "tst_walarchive_contract.moc"
