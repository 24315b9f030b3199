#include "dumpsdiskcontract.h"
#include "hosts/hosts.h"

class TestDumpsOnDisk : public tidemark::test::DumpsDiskContract
{
    Q_OBJECT

protected:
    std::shared_ptr<tidemark::HostReader> host() override { return tidemark::makeLocalHostReader(); }
};

QTEST_GUILESS_MAIN(TestDumpsOnDisk)
#include "tst_dumpsondisk.moc"
