#include "basebackupcontract.h"
#include "hosts/hosts.h"

class TestBaseBackupContract : public tidemark::test::BaseBackupContract
{
    Q_OBJECT

protected:
    std::shared_ptr<tidemark::HostReader> host() override { return tidemark::makeLocalHostReader(); }
};

QTEST_GUILESS_MAIN(TestBaseBackupContract)
#include "tst_basebackup_contract.moc"
